"""The figures of the coordinator's desk, added up from rows of totals. Pure.

A line without any enrolment says so in words: no data is not zero. The table, the chart and the
export are made from the same report, so that they cannot disagree.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from certificates.places import NO_COHORT


@dataclass(frozen=True, slots=True)
class Figures:
    """How many enrolments there are, and how many of them were completed and certified."""

    enrolled: int = 0
    completed: int = 0
    certified: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.enrolled + other.enrolled, self.completed + other.completed, self.certified + other.certified
        )

    @property
    def has_data(self) -> bool:
        """Tell whether anybody is enrolled: without, there is no share to speak of."""
        return self.enrolled > 0

    @property
    def completed_percent(self) -> int:
        """The share of enrolments completed, rounded down: 99.6% is not all."""
        return self.completed * 100 // self.enrolled if self.enrolled else 0

    @property
    def certified_percent(self) -> int:
        """The share of enrolments certified, rounded down."""
        return self.certified * 100 // self.enrolled if self.enrolled else 0


@dataclass(frozen=True, slots=True)
class TotalFacts:
    """One row of totals."""

    country_code: str
    cohort: UUID
    course: UUID
    figures: Figures


@dataclass(frozen=True, slots=True)
class CohortFacts:
    """One cohort that the viewer sees."""

    uuid: UUID
    name: str
    country_code: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: a country, or a cohort of one (with no name where nobody's cohort is meant)."""

    country_code: str
    country: str
    figures: Figures
    cohort: UUID | None = None
    cohort_name: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What one viewer sees under one filter."""

    figures: Figures
    countries: Sequence[Line]
    cohorts: Sequence[Line]


def build_report(totals: Iterable[TotalFacts], cohorts: Sequence[CohortFacts], names: Mapping[str, str]) -> Report:
    """Add up the totals by country and by cohort; `names` holds the countries to list, by code.

    Cohorts without totals are listed too, without data. A total whose cohort the viewer can't see
    by name (it has not arrived here yet) counts in its country and stands in a line of its own.
    """
    by_place: dict[tuple[str, UUID], Figures] = {(each.country_code, each.uuid): Figures() for each in cohorts}
    by_country: dict[str, Figures] = dict.fromkeys(names, Figures())
    for total in totals:
        place = (total.country_code, total.cohort)
        by_place[place] = by_place.get(place, Figures()) + total.figures
        by_country[total.country_code] = by_country.get(total.country_code, Figures()) + total.figures
    known = {each.uuid: each.name for each in cohorts}
    lines = [
        Line(code, names.get(code, code), figures, None if cohort == NO_COHORT else cohort, known.get(cohort, ""))
        for (code, cohort), figures in by_place.items()
    ]
    countries = [Line(code, names.get(code, code), figures) for code, figures in by_country.items()]
    return Report(
        figures=sum(by_country.values(), Figures()),
        countries=sorted(countries, key=lambda line: sorting_key(line.country)),
        cohorts=sorted(lines, key=_by_country_then_name),
    )


def sorting_key(name: str) -> str:
    """Return what to sort a name by: its letters first, then their accents.

    >>> sorted(["Zambia", "Égypte", "Tchad"], key=sorting_key)
    ['Égypte', 'Tchad', 'Zambia']
    """
    return unicodedata.normalize("NFKD", name).casefold()


def _by_country_then_name(line: Line) -> tuple[str, bool, str, str]:
    return (sorting_key(line.country), line.cohort is None, sorting_key(line.cohort_name), str(line.cohort))
