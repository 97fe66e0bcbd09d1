"""What a design says, checked and cleaned, before it is anybody's row. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from certificates.errors import DesignRefusedError
from certificates.pdf import LANGUAGES, Look, Signatory, clean_text
from certificates.pdf.facts import Ground

SIGNATORIES_MAX = 3
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Officer:
    """Who signs: name and office as typed, and between which days the office was held, where that is known."""

    name: str
    office: str
    since: dt.date | None = None
    until: dt.date | None = None

    def holds_office_on(self, day: dt.date) -> bool:
        """Tell whether certificates of that day name this person."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def as_row(self) -> dict[str, str]:
        """Return it as it is stored."""
        since, until = (day.isoformat() if day else "" for day in (self.since, self.until))
        return {"name": self.name, "office": self.office, "since": since, "until": until}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "Officer":
        """Return it as it was stored."""
        since, until = (dt.date.fromisoformat(row[end]) if row.get(end) else None for end in ("since", "until"))
        return cls(row["name"], row["office"], since, until)


@dataclass(frozen=True, slots=True)
class Design:
    """All that a programme decides about its certificates; texts by language."""

    ground: Ground = "dark"
    shows_score: bool = True
    title: Mapping[str, str] = field(default_factory=dict)
    subtitle: Mapping[str, str] = field(default_factory=dict)
    funding: Mapping[str, str] = field(default_factory=dict)
    footer: Mapping[str, str] = field(default_factory=dict)
    seal_png: bytes = field(default=b"", repr=False)
    seal_alt: str = ""
    officers: tuple[Officer, ...] = ()

    def look(self, language: str, day: dt.date, *, shows_hijri: bool) -> Look:
        """Return what a certificate of that day and language takes from it."""
        here = {part: getattr(self, part).get(language, "") for part in ("title", "subtitle", "funding", "footer")}
        return Look(
            ground=self.ground,
            shows_score=self.shows_score,
            shows_hijri=shows_hijri,
            seal_png=self.seal_png,
            seal_alt=self.seal_alt,
            signatories=tuple(Signatory(each.name, each.office) for each in self.officers if each.holds_office_on(day)),
            **here,
        )


def checked(design: Design) -> Design:
    """Return the design with clean texts; raise DesignRefusedError for one that could mislead or not print."""
    texts = {part: _texts(getattr(design, part)) for part in ("title", "subtitle", "funding", "footer")}
    officers = tuple(_officer(each) for each in design.officers)
    alt = clean_text(design.seal_alt)
    if design.seal_png and not alt:
        raise DesignRefusedError(why="seal_alt")
    days = {each.since for each in officers if each.since}
    # The most that stand at once: it grows only on a day on which somebody's time begins.
    if any(sum(each.holds_office_on(day) for each in officers) > SIGNATORIES_MAX for day in days | {dt.date.min}):
        raise DesignRefusedError(why="too_many")
    return Design(
        ground=design.ground,
        shows_score=design.shows_score,
        seal_png=design.seal_png,
        seal_alt=alt if design.seal_png else "",
        officers=officers,
        **texts,
    )


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    cleaned = {code: clean_text(texts[code]) for code in LANGUAGES if texts.get(code)}
    if any(len(text) > LONGEST_TEXT for text in cleaned.values()):
        raise DesignRefusedError(why="too_long")
    return {code: text for code, text in cleaned.items() if text}


def _officer(officer: Officer) -> Officer:
    name, office = clean_text(officer.name), clean_text(officer.office)
    if not name or not office:
        raise DesignRefusedError(why="officer_half")
    if max(len(name), len(office)) > LONGEST_TEXT:
        raise DesignRefusedError(why="too_long")
    if officer.since and officer.until and officer.until < officer.since:
        raise DesignRefusedError(why="officer_days")
    return Officer(name, office, officer.since, officer.until)
