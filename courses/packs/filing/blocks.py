"""Each fenced block as its YAML: the other direction of courses.packs.blocks.READERS, with which a test compares it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.packs.filing.codes import Place, SourceCodes
from courses.packs.filing.markdown import to_markdown
from courses.packs.model import Block

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """What one block is written with: its sources' codes, its language, its place; captions go to files."""

    codes: SourceCodes
    language: str
    place: Place
    captions: dict[str, bytes] = field(default_factory=dict)

    def source(self, fields: Mapping[str, Any], *place: object) -> Plain:
        """Return the sources as codes; nothing where there is none."""
        readable = fields.get("source") or ""
        return {"source": self.codes.coded(readable, self.language, (*self.place, *place))} if readable else {}

    def items(self, rows: Sequence[Mapping[str, Any]], key: str) -> list[Plain]:
        """Return items with a text and perhaps a source."""
        return [{"text": row["text"]} | self.source(row, key, number) for number, row in enumerate(rows)]


def some(fields: Mapping[str, Any], *keys: str) -> Plain:
    """Return the fields of these names that hold something."""
    return {key: fields[key] for key in keys if fields.get(key) not in (None, "", [], False)}


def _key_points(_writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    return {"items": list(fields["items"])}


def _checklist(writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    return {"title": fields["title"], "items": writer.items(fields["items"], "items")}


def _do_dont(writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    return {key: writer.items(fields[key], key) for key in ("do", "dont")}


def _indicators(writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    return _checklist(writer, fields) | some(fields, "note")


def _case_study(writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    return (
        {"title": fields["title"]}
        | some(fields, "invented")
        | {"body": to_markdown(fields["body"])}
        | some(fields, "questions")
        | writer.source(fields)
    )


def _legal_text(writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    body = {"body": to_markdown(fields["body"])}
    return {"instrument": fields["instrument"], "article": fields["article"]} | body | writer.source(fields)


def _image(_writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    return {"file": fields["image"], "alt": fields["alt"]} | some(fields, "caption")


def _glossary_term(writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    return {"term": fields["term"], "definition": fields["definition"]} | writer.source(fields)


def _self_check(_writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    choices = [{key: each[key] for key in ("text", "right", "feedback")} for each in fields["choices"]]
    return {"question": fields["question"], "choices": choices}


def _safety_notice(_writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    return {"title": fields["title"], "body": to_markdown(fields["body"])}


def _contact_sheet(_writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    rows = [{"label": each["label"]} | some(each, "hint") for each in fields["fields"]]
    return {"title": fields["title"], "fields": rows} | some(fields, "note")


def _table(writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    rows = [list(row["cells"]) for row in fields["rows"]]
    return {"title": fields["title"], "columns": list(fields["columns"]), "rows": rows} | writer.source(fields)


def _session_plan(_writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    plan = {key: fields[key] for key in ("minutes", "audience", "group")} | {"materials": list(fields["materials"])}
    plan["steps"] = [
        {"minutes": each["minutes"], "title": each["title"], "text": to_markdown(each["text"])}
        for each in fields["steps"]
    ]
    return plan | {key: to_markdown(fields[key]) for key in ("local_law", "safety")}


def _further_reading(_writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    return {"items": [{"title": each["title"]} | some(each, "detail", "code") for each in fields["items"]]}


def _decision_path(writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    steps = [
        {"id": step["id"], "text": to_markdown(step["text"])}
        | ({"choices": [some(each, "text", "to", "feedback") for each in step["choices"]]} if step["choices"] else {})
        | some(step, "ending")
        for step in fields["steps"]
    ]
    head = {"title": fields["title"]} | some(fields, "invented") | writer.source(fields)
    return head | {"start": fields["start"], "steps": steps}


def _video(writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    captions = f"{fields['video'].rpartition('.')[0]}.{writer.language}.vtt"
    writer.captions[captions] = fields["captions"].encode()
    return (
        {"file": fields["video"], "title": fields["title"], "captions": captions}
        | {"transcript": to_markdown(fields["transcript"])}
        | some(fields, "audio")
        | {"minutes": fields["minutes"]}
    )


def _audio(_writer: BlockWriter, fields: Mapping[str, Any]) -> Plain:
    words = {"transcript": to_markdown(fields["transcript"])}
    return {"file": fields["audio"], "title": fields["title"]} | words | {"minutes": fields["minutes"]}


WRITERS: dict[str, Callable[[BlockWriter, Mapping[str, Any]], Plain]] = {
    "key_points": _key_points,
    "checklist": _checklist,
    "do_dont": _do_dont,
    "indicators": _indicators,
    "case_study": _case_study,
    "legal_text": _legal_text,
    "image": _image,
    "glossary_term": _glossary_term,
    "self_check": _self_check,
    "safety_notice": _safety_notice,
    "contact_sheet": _contact_sheet,
    "table": _table,
    "session_plan": _session_plan,
    "further_reading": _further_reading,
    "decision_path": _decision_path,
    "video": _video,
    "audio": _audio,
}


def block_as_plain(block: Block, writer: BlockWriter) -> Plain:
    """Return the YAML fields of a fenced block."""
    return WRITERS[block.kind](writer, block.fields)
