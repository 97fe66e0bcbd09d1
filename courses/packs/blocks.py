"""The blocks of a lesson file: the text block and one reader for each fenced kind.

Adding a block here means adding it to courses.blocks too; a test holds the two together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from courses.packs.errors import Findings
from courses.packs.forms import Form
from courses.packs.media import MediaFiles
from courses.packs.prose import plain_text, read_prose
from courses.packs.sources import SourceList

LONGEST_LINE = 500
LONGEST_SOURCE = 600
MOST_ITEMS = 30


@dataclass(frozen=True, slots=True)
class BlockForm:
    """A block's form with what its fields are read against."""

    form: Form
    sources: SourceList
    media: MediaFiles

    def line(self, key: str, *, required: bool = True, longest: int = LONGEST_LINE) -> str:
        """Return one line of text."""
        return self.form.text(key, required=required, longest=longest)

    def prose(self, key: str) -> str:
        """Return Markdown as safe HTML."""
        return prose_at(self.form.text(key), self.form.file, self.form.line_of(key), self.form.findings)

    def source(self, key: str = "source", *, required: bool = False) -> str:
        """Return the sources of a field as a reader looks them up."""
        text = self.form.text(key, required=required)
        readable = sources_at(text, self.form.file, self.form.line_of(key), self.form.findings, self.sources)
        return "; ".join(readable)

    def items(self, key: str) -> list[dict[str, Any]]:
        """Return items with a text and perhaps a source."""
        return [item.sourced_item() for item in self.inner(key, 1, MOST_ITEMS)]

    def sourced_item(self) -> dict[str, Any]:
        """Return this form as one item with a text and perhaps a source."""
        item = {"text": self.line("text"), "source": self.source()}
        self.form.close()
        return item

    def inner(self, key: str, low: int, high: int) -> list["BlockForm"]:
        """Return the mappings of a list."""
        return [BlockForm(form, self.sources, self.media) for form in self.form.forms(key, low, high)]


def prose_at(text: str, file: str, line: int, findings: Findings) -> str:
    """Return Markdown as safe HTML; note what is wrong with it."""
    html, problems = read_prose(text)
    for reason in problems:
        findings.add(file, line, reason)
    if text and not plain_text(html):
        findings.add(file, line, "the text is empty once it is made safe")
    return html


def sources_at(text: str, file: str, line: int, findings: Findings, sources: SourceList) -> list[str]:
    """Return readable sources; note codes that sources.yaml does not have."""
    readable, unknown = sources.read(text)
    for code in unknown:
        findings.add(file, line, f"the source {code[:40]!r} is not in sources.yaml")
    if sum(map(len, readable)) > LONGEST_SOURCE:
        findings.add(file, line, f"the sources are longer than {LONGEST_SOURCE} characters when written out")
    return readable


def _key_points(block: BlockForm) -> dict[str, Any]:
    return {"items": block.form.texts("items", 1, 6, LONGEST_LINE)}


def _checklist(block: BlockForm) -> dict[str, Any]:
    return {"title": block.line("title"), "items": block.items("items")}


def _do_dont(block: BlockForm) -> dict[str, Any]:
    return {"do": block.items("do"), "dont": block.items("dont")}


def _indicators(block: BlockForm) -> dict[str, Any]:
    return {**_checklist(block), "note": block.line("note", required=False)}


def _case_study(block: BlockForm) -> dict[str, Any]:
    fields = {
        "title": block.line("title"),
        "body": block.prose("body"),
        "questions": block.form.texts("questions", 0, 3, LONGEST_LINE),
        "source": block.source(),
        "invented": block.form.flag("invented", default=False),
    }
    if bool(fields["source"]) == fields["invented"]:
        block.form.problem("source", "a case has either a source or `invented: true`")
    return fields


def _legal_text(block: BlockForm) -> dict[str, Any]:
    return {
        "instrument": block.line("instrument"),
        "article": block.line("article"),
        "body": block.prose("body"),
        "source": block.source(required=True),
    }


def _image(block: BlockForm) -> dict[str, Any]:
    file = block.line("file")
    if file and (reason := block.media.problem_with(file)):
        block.form.problem("file", reason)
    return {
        "image": file,
        "alt": block.line("alt", longest=400),
        "caption": block.line("caption", required=False, longest=300),
    }


def _glossary_term(block: BlockForm) -> dict[str, Any]:
    return {"term": block.line("term"), "definition": block.line("definition", longest=2000), "source": block.source()}


def _self_check(block: BlockForm) -> dict[str, Any]:
    choices = [_choice(choice) for choice in block.inner("choices", 2, 5)]
    if choices and sum(choice["right"] for choice in choices) != 1:
        block.form.problem("choices", "exactly one choice is right")
    return {"question": block.line("question"), "choices": choices}


def _choice(choice: BlockForm) -> dict[str, Any]:
    found = {"text": choice.line("text"), "right": choice.form.flag("right"), "feedback": choice.line("feedback")}
    choice.form.close()
    return found


def _safety_notice(block: BlockForm) -> dict[str, Any]:
    return {"title": block.line("title"), "body": block.prose("body")}


def _contact_sheet(block: BlockForm) -> dict[str, Any]:
    rows = []
    for row in block.inner("fields", 1, MOST_ITEMS):
        rows.append({"label": row.line("label"), "hint": row.line("hint", required=False)})
        row.form.close()
    return {"title": block.line("title"), "fields": rows, "note": block.line("note", required=False)}


READERS: dict[str, Callable[[BlockForm], dict[str, Any]]] = {
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
}
