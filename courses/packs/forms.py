"""Reading one mapping of a pack field by field: each wrong, missing or unknown field is a problem.

A reader goes on after a problem with an empty value, so that one run tells an author everything.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from courses.packs.errors import Findings
from courses.packs.yaml_text import Broken, Fields, Rows

LONGEST_TEXT = 20_000
_NO_UUID = UUID(int=0)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 100


class Form:
    """One mapping of a file, its fields taken one after the other, then closed."""

    def __init__(self, value: Any, file: str, findings: Findings, line: int = 1) -> None:
        self.file = file
        # What is missing from a text that could not be parsed is no news.
        self.findings = Findings() if isinstance(value, Broken) else findings
        self.line = getattr(value, "line", line)
        self.fields = value if isinstance(value, Fields) else Fields()
        self._taken: set[str] = set()
        if not isinstance(value, Fields):
            self.findings.add(file, line, f"a mapping of fields is expected here, not {_shown(value)}")
            self.fields.lines = {}
            self.close = lambda: None  # type: ignore[method-assign]  # nothing more to say of it

    def problem(self, key: str, reason: str) -> None:
        """Note a problem at the line of a field."""
        self.findings.add(self.file, self.line_of(key), f"{key}: {reason}")

    def line_of(self, key: str) -> int:
        """Return the line of a field, or of the mapping where the field is missing."""
        return self.fields.lines.get(key, self.line)

    def has(self, key: str) -> bool:
        """Tell whether a field is given and not empty."""
        return self.fields.get(key) is not None

    def take(self, key: str, *, required: bool = True) -> Any:
        """Return the raw value of a field."""
        self._taken.add(key)
        value = self.fields.get(key)
        if value is None and required:
            self.problem(key, "it is missing")
        return value

    def text(self, key: str, *, required: bool = True, longest: int = LONGEST_TEXT) -> str:
        """Return a text without white space around it."""
        return self._as_text(key, self.take(key, required=required), longest)

    def number(self, key: str, low: int, high: int, *, default: int | None = None) -> int:
        """Return a whole number from low to high; without a default it must be given."""
        value = self.take(key, required=default is None)
        if type(value) is int and low <= value <= high:
            return value
        if value is not None:
            self.problem(key, f"a whole number from {low} to {high} is expected, not {_shown(value)}")
        return low if default is None else default

    def one_of(self, key: str, accepted: Collection[str], *, default: str | None = None) -> str:
        """Return one of some words; without a default it must be given."""
        value = self.text(key, required=default is None)
        if value and value not in accepted:
            self.problem(key, f"one of {', '.join(sorted(accepted))} is expected, not {_shown(value)}")
        return value if value in accepted else default or ""

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false; without a default it must be given."""
        value = self.take(key, required=default is None)
        if value is not None and type(value) is not bool:
            self.problem(key, f"true or false is expected, not {_shown(value)}")
            return False
        return bool(default if value is None else value)

    def uuid(self, key: str) -> UUID:
        """Return a UUID in its plain form."""
        value = self.take(key)
        try:
            found = UUID(value)
        except (TypeError, ValueError, AttributeError):
            found = _NO_UUID
        if value is not None and str(found) != value:
            self.problem(key, f"a UUID in lower case is expected, not {_shown(value)}")
        return found

    def slug(self, key: str) -> str:
        """Return a word of an address."""
        value = self.text(key, longest=LONGEST_SLUG)
        if value and not _SLUG.fullmatch(value):
            self.problem(key, f"small letters a-z, digits and single dashes are expected, not {_shown(value)}")
            return ""
        return value

    def form(self, key: str) -> "Form":
        """Return a mapping as a form of its own."""
        return Form(self.take(key, required=False), self.file, self.findings, self.line_of(key))

    def forms(self, key: str, low: int, high: int) -> list["Form"]:
        """Return a list of low to high mappings."""
        rows = self._rows(key, low, high)
        return [Form(row, self.file, self.findings, line) for row, line in zip(rows, rows.lines, strict=True)]

    def tables(self, key: str, low: int, high: int, width: int, longest: int) -> list[list[str]]:
        """Return a list of low to high lists, each of `width` texts."""
        rows = self._rows(key, low, high)
        found = []
        for row, line in zip(rows, rows.lines, strict=True):
            if not isinstance(row, Rows) or len(row) != width:
                self.findings.add(self.file, line, f"{key}: a list of {width} texts is expected, one for each column")
                continue
            found.append([self._as_text(key, cell, longest) for cell in row])
            if None in row:
                self.findings.add(
                    self.file, line, f"{key}: a cell is empty; write a dash where there is nothing to say"
                )
        return found

    def texts(self, key: str, low: int, high: int, longest: int = LONGEST_TEXT) -> list[str]:
        """Return a list of low to high texts."""
        return [self._as_text(key, row, longest) for row in self._rows(key, low, high)]

    def words(self, key: str, languages: Sequence[str], longest: int = LONGEST_TEXT) -> dict[str, str]:
        """Return a text in each language of the pack."""
        inner = self.form(key)
        found = {language: inner.text(language, longest=longest) for language in languages}
        inner.close()
        return found

    def close(self) -> None:
        """Note the fields that nobody took."""
        for key in self.fields:
            if key not in self._taken:
                accepted = ", ".join(sorted(self._taken))
                self.problem(key, f"this field is unknown here. Accepted: {accepted}")

    def _as_text(self, key: str, value: Any, longest: int) -> str:
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.problem(key, f"a text is expected, not {_shown(value)}; put quotes around a number or true/false")
            return ""
        if len(value) > longest:
            self.problem(key, f"at most {longest} characters, not {len(value)}")
        return value.strip()

    def _rows(self, key: str, low: int, high: int) -> Rows:
        value = self.take(key, required=low > 0)
        rows = value if isinstance(value, Rows) else Rows()
        if not isinstance(value, Rows):
            rows.lines = []
            if value is not None:
                self.problem(key, f"a list is expected, not {_shown(value)}")
        elif not low <= len(rows) <= high:
            self.problem(key, f"{low} to {high} entries are expected, not {len(rows)}")
        return rows


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = repr(value) if isinstance(value, str | int) else f"a {'list' if isinstance(value, list) else 'mapping'}"
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004
