"""The figures of the coordinator's desk, added up from rows of totals. Pure.

A line without any enrolment says so in words: no data is not zero. The table, the chart and the
export are made from the same lines, so that they cannot disagree.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Figures:
    """How many enrolments there are, and how many of them got how far. Each stage is a part of the one before.

    `pending` are on a cohort's list and have not begun; None where that is not known under the filter.
    """

    enrolled: int = 0
    completed: int = 0
    certified: int = 0
    started: int = 0
    finished: int = 0
    pending: int | None = 0
    trained_others: int | None = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.enrolled + other.enrolled,
            self.completed + other.completed,
            self.certified + other.certified,
            self.started + other.started,
            self.finished + other.finished,
            _sum(self.pending, other.pending),
            _sum(self.trained_others, other.trained_others),
        )

    @property
    def has_data(self) -> bool:
        """Tell whether anybody is enrolled: without, there is no share to speak of."""
        return self.enrolled > 0

    @property
    def invited(self) -> int | None:
        """Everybody who was put on a list or came without one; None where that is not known."""
        return None if self.pending is None else self.enrolled + self.pending

    @property
    def completed_percent(self) -> int:
        """The share of enrolments completed, rounded down: 99.6% is not all."""
        return share(self.completed, self.enrolled)

    @property
    def certified_percent(self) -> int:
        """The share of enrolments certified, rounded down."""
        return share(self.certified, self.enrolled)

    def with_heads(self, pending: int | None, trained_others: int | None) -> "Figures":
        """Return these figures with what is counted beside the log."""
        return replace(self, pending=pending, trained_others=trained_others)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: a country, a cohort of one, a group; with its target where one was set."""

    country_code: str
    country: str
    figures: Figures
    cohort: UUID | None = None
    cohort_name: str = ""
    target: int | None = None
    reported: int | None = None
    sources: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the funnel: how many, and what share of the stage before and of the first."""

    code: str
    count: int
    before: int
    of_previous: int | None
    of_first: int | None


def funnel_of(figures: Figures) -> list[Step]:
    """Return the stages from being invited to training others; a stage that is not known is left out.

    >>> [(step.code, step.count, step.of_previous) for step in funnel_of(Figures(4, 2, 1, 3, 2, 1, 0))]
    [('invited', 5, None), ('enrolled', 4, 80), ('started', 3, 75), ('finished', 2, 66), ('completed', 2, 100), \
('certified', 1, 50), ('trained', 0, 0)]
    """
    counts = [
        ("invited", figures.invited),
        ("enrolled", figures.enrolled),
        ("started", figures.started),
        ("finished", figures.finished),
        ("completed", figures.completed),
        ("certified", figures.certified),
        ("trained", figures.trained_others),
    ]
    known = [(code, count) for code, count in counts if count is not None]
    steps: list[Step] = []
    for place, (code, count) in enumerate(known):
        before = known[place - 1][1] if place else count
        first = known[0][1]
        steps.append(
            Step(
                code,
                count,
                before,
                share(count, before) if place and before else None,
                share(count, first) if place and first else None,
            )
        )
    return steps


def share(part: int, whole: int) -> int:
    """Return a share in percent, rounded down; nought of nothing."""
    return part * 100 // whole if whole else 0


def sum_lines(lines: Sequence[Line]) -> Figures:
    """Return what all lines are together."""
    return sum((line.figures for line in lines), Figures())


def sorting_key(name: str) -> str:
    """Return what to sort a name by: its letters first, then their accents.

    >>> sorted(["Zambia", "Égypte", "Tchad"], key=sorting_key)
    ['Égypte', 'Tchad', 'Zambia']
    """
    return unicodedata.normalize("NFKD", name).casefold()


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
