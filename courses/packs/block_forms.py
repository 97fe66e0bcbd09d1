"""One fenced block of a lesson file, its fields read one after the other."""

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

    def prose(self, key: str, *, required: bool = True) -> str:
        """Return Markdown as safe HTML."""
        return prose_at(
            self.form.text(key, required=required), self.form.file, self.form.line_of(key), self.form.findings
        )

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
