"""What is known of programmes and cohorts from before this site: data files, read and checked. No database."""

import calendar
import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from elearning.lib.ids import derived_uuid

FOLDER = Path(__file__).resolve().parent.parent / "seeds"
Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class SeedProgramme:
    """One programme of the file, as its fields say it."""

    code: str
    row: list[str]
    name: Texts
    sources: list[str]
    note: Texts
    partners: list[str] = field(default_factory=list)
    donors: list[str] = field(default_factory=list)
    objectives: list[dict[str, Any]] = field(default_factory=list)
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    planned_countries: int | None = None
    budget: str | None = None
    budget_currency: str = ""
    # ISO code to letters: p planned, a carried out.
    countries: dict[str, str] = field(default_factory=dict)

    @property
    def uuid(self) -> UUID:
        """The id, the same on every node."""
        return derived_uuid("seed", "programme", self.code)

    def facts(self) -> dict[str, Any]:
        """Return the columns of Programme."""
        names = ("code", "name", "partners", "donors", "objectives", "starts_on", "ends_on", "planned_countries")
        sources = ", ".join(self.sources)
        note = {language: f"{text}\n{sources}" for language, text in self.note.items()}
        money = {"budget": Decimal(self.budget) if self.budget else None, "budget_currency": self.budget_currency}
        return {name: getattr(self, name) for name in names} | money | {"note": note, "is_historic": True}


@dataclass(frozen=True, slots=True)
class SeedCohort:
    """One cohort or workshop of the file."""

    code: str
    row: list[str]
    kind: str
    name: Texts
    country: str
    time_zone: str
    month: str
    sources: list[str]
    note: Texts
    programme: str = ""
    host: str = ""
    objectives: list[str] = field(default_factory=list)
    participants: list[str] = field(default_factory=list)
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None

    @property
    def uuid(self) -> UUID:
        """The id, the same on every node."""
        return derived_uuid("seed", "cohort", self.code)

    def days(self) -> tuple[dt.date, dt.date]:
        """Return the first and last day it can have been on: of its month, or of its year."""
        if self.starts_on and self.ends_on:
            return self.starts_on, self.ends_on
        year, _dash, month = self.month.partition("-")
        first, last = (int(month), int(month)) if month else (1, 12)
        end = calendar.monthrange(int(year), last)[1]
        return dt.date(int(year), first, 1), dt.date(int(year), last, end)

    def history(self) -> dict[str, Any]:
        """Return what the plan keeps of it."""
        kept = {"name": self.name, "month": self.month, "sources": self.sources, "note": self.note}
        return kept | ({"participants": self.participants} if self.participants else {})


@cache
def seed_programmes() -> tuple[SeedProgramme, ...]:
    """Return the programmes of the file; TypeError names a field that is unknown or missing."""
    return tuple(SeedProgramme(**each) for each in _read("programmes.yaml"))


@cache
def seed_cohorts() -> tuple[SeedCohort, ...]:
    """Return the cohorts of the file."""
    return tuple(SeedCohort(**each) for each in _read("cohorts.yaml"))


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return rows


@dataclass(frozen=True, slots=True)
class HalfDay:
    """One half day of the five-day agenda."""

    day: int
    begins: str
    ends: str
    minutes: int
    title: Texts
    agenda: list[dict[str, Any]]

    def items(self, language: str) -> list[dict[str, Any]]:
        """Return the agenda of a session, in a language."""
        return [
            {"minutes": each["minutes"], "title": each.get(language, each["en"]), "method": ""} for each in self.agenda
        ]


@cache
def five_days() -> tuple[HalfDay, ...]:
    """Return the agenda for training trainers, half day by half day."""
    return tuple(HalfDay(**each) for each in _read("agenda.yaml"))
