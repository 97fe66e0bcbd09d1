"""One lesson or sheet file: front matter, an opening paragraph, then text blocks and fenced blocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from courses.packs.blocks import READERS, BlockForm, prose_at, sources_at
from courses.packs.errors import Findings
from courses.packs.forms import Form
from courses.packs.media import MediaFiles
from courses.packs.model import Block, LessonText, SheetText
from courses.packs.sources import SourceList
from courses.packs.yaml_text import read_yaml

_FENCE = re.compile(r":::\s*(\S+)\s*")
_HEADING = re.compile(r"##\s+(.+?)\s*")
_OTHER_HEADING = re.compile(r"(?:#|#{3,6})\s+\S")
_SOURCES = "Sources:"
LONGEST_HEADING = 120
LONGEST_LEDE = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of the file: the lede, a text under its heading, or the YAML inside a fence."""

    kind: str
    line: int
    lines: list[str]
    heading: str = ""


@dataclass(slots=True)
class LessonReader:
    """Reads the lesson and sheet files of one language."""

    language: str
    sources: SourceList
    media: MediaFiles
    findings: Findings

    def read(self, text: str, file: str) -> LessonText | None:
        """Return the lesson; None where even its front matter is missing."""
        opened = self._open(text, file)
        if opened is None:
            return None
        front, common, line = opened
        found = LessonText(**common, minutes=front.number("minutes", 3, 10), is_sensitive=front.flag("sensitive"))
        front.close()
        if not any(block.kind == "text" for block in found.blocks):
            self.findings.add(file, line, "a lesson needs at least one text under a ## heading")
        return found

    def read_sheet(self, text: str, file: str) -> SheetText | None:
        """Return a page beside the lessons: it may be blocks alone; None where its front matter is missing."""
        opened = self._open(text, file)
        if opened is None:
            return None
        front, common, line = opened
        front.close()
        if not common["blocks"]:
            self.findings.add(file, line, "a sheet needs at least one block or text")
        return SheetText(**common)

    def _open(self, text: str, file: str) -> tuple[Form, dict[str, Any], int] | None:
        """Return the front matter, what lessons and sheets have in common, and the line where it begins."""
        lines = text.splitlines()
        end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
        if not lines or lines[0].rstrip() != "---" or end is None:
            self.findings.add(file, 1, "the file begins with its fields between two lines of ---")
            return None
        front = Form(read_yaml("\n".join(lines[1:end]), file, self.findings, 2), file, self.findings, 2)
        pieces = _split(lines, end + 1, file, self.findings)
        lede = " ".join(line.strip() for piece in pieces if piece.kind == "lede" for line in piece.lines).strip()
        if not lede or len(lede) > LONGEST_LEDE:
            self.findings.add(file, end + 2, f"an opening paragraph of at most {LONGEST_LEDE} characters is expected")
        common = {
            "language": self.language,
            "file": file,
            "title": front.text("title", longest=200),
            "summary": front.text("summary", longest=300),
            "lede": lede,
            "blocks": tuple(block for piece in pieces if (block := self._block(piece, file))),
        }
        return front, common, end + 1

    def _block(self, piece: Piece, file: str) -> Block | None:
        if piece.kind == "lede":
            return None
        if piece.kind == "text":
            return Block("text", self._text(piece, file), piece.line)
        reader = READERS.get(piece.kind)
        if reader is None:
            accepted = ", ".join(sorted(READERS))
            self.findings.add(file, piece.line, f"there is no block {piece.kind!r}. Accepted: {accepted}")
            return None
        value = read_yaml("\n".join(piece.lines), file, self.findings, piece.line + 1)
        form = Form(value, file, self.findings, piece.line)
        fields = reader(BlockForm(form, self.sources, self.media))
        form.close()
        return Block(piece.kind, fields, piece.line)

    def _text(self, piece: Piece, file: str) -> dict[str, Any]:
        """Return the fields of a text block; its sources are its last line."""
        lines, sources = list(piece.lines), ""
        while lines and not lines[-1].strip():
            lines.pop()
        line = piece.line + len(lines)
        if lines and lines[-1].startswith(_SOURCES):
            sources = lines.pop().removeprefix(_SOURCES)
        blank = next((number for number, text in enumerate(lines) if text.strip()), 0)
        body = "\n".join(lines).strip()
        if not body:
            self.findings.add(file, piece.line, "this heading has no text")
        if len(piece.heading) > LONGEST_HEADING:
            self.findings.add(file, piece.line, f"a heading has at most {LONGEST_HEADING} characters")
        return {
            "heading": piece.heading,
            "body": prose_at(body, file, piece.line + 1 + blank, self.findings),
            "sources": sources_at(sources, file, line, self.findings, self.sources),
        }


def _split(lines: Sequence[str], start: int, file: str, findings: Findings) -> list[Piece]:
    """Cut the lines after the front matter into pieces."""
    pieces = [Piece("lede", start + 1, [])]
    open_fence = False
    for number, line in enumerate(lines[start:], start + 1):
        fence, heading = _FENCE.fullmatch(line), _HEADING.fullmatch(line)
        if open_fence:
            open_fence = line.rstrip() != ":::"
            if open_fence:
                pieces[-1].lines.append(line)
        elif fence:
            pieces.append(Piece(fence.group(1), number, []))
            open_fence = True
        elif heading:
            pieces.append(Piece("text", number, [], heading.group(1)))
        elif _OTHER_HEADING.match(line):
            findings.add(file, number, "only headings of the second level (##) are allowed")
        elif pieces[-1].kind in {"lede", "text"}:
            pieces[-1].lines.append(line)
        elif line.strip():
            findings.add(file, number, "text after a block needs a ## heading, and a closing ::: stands alone")
    if open_fence:
        findings.add(file, pieces[-1].line, "this block is never closed by a line of :::")
    return pieces
