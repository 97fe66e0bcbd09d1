"""A lesson or a sheet as its file."""

from typing import Any
from uuid import UUID

from courses.packs.filing.blocks import BlockWriter, block_as_plain
from courses.packs.filing.codes import SourceCodes
from courses.packs.filing.markdown import to_markdown
from courses.packs.filing.yaml_writing import write_yaml
from courses.packs.model import Block, LessonText, SheetText


def text_as_file(uuid: UUID, text: SheetText, codes: SourceCodes) -> dict[str, bytes]:
    """Return the file of a lesson or sheet in one language, and those of its captions, by name."""
    captions: dict[str, bytes] = {}
    parts = [f"---\n{write_yaml(_front(text))}---\n{text.lede}\n"]
    for index, block in enumerate(text.blocks):
        writer = BlockWriter(codes, text.language, (uuid, index), captions)
        parts.append(_text(block, writer) if block.kind == "text" else _fenced(block, writer))
    return {text.file: "\n".join(parts).encode(), **captions}


def _front(text: SheetText) -> dict[str, Any]:
    front: dict[str, Any] = {"title": text.title, "summary": text.summary}
    if isinstance(text, LessonText):
        front |= {"minutes": text.minutes, "sensitive": text.is_sensitive}
    return front


def _text(block: Block, writer: BlockWriter) -> str:
    sources = [
        writer.codes.coded(readable, writer.language, (*writer.place, number))
        for number, readable in enumerate(block.fields["sources"])
    ]
    end = f"\nSources: {'; '.join(sources)}\n" if sources else ""
    return f"## {block.fields['heading']}\n\n{to_markdown(block.fields['body'])}\n{end}"


def _fenced(block: Block, writer: BlockWriter) -> str:
    return f"::: {block.kind}\n{write_yaml(block_as_plain(block, writer))}:::\n"
