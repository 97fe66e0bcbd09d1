"""What one enrolment adds to which totals. Pure.

An enrolment counts in the month in which it began: "of those who began in March, so many are certified by
now". What happened in a month, whoever began when, stands beside it in `completed_then` and `certified_then`:
that is what a report of a quarter asks for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from certificates import dimensions

STAGES = ("enrolled", "started", "finished", "completed", "certified")
MEASURES = (*STAGES, "completed_then", "certified_then")
_THEN = ("completed_then", "certified_then")

# Of a total: country, cohort, course, month. Of a tally: country, course, month, dimension, value.
Place = tuple[str | int | UUID, ...]
TOTAL, TALLY = "total", "tally"


@dataclass(frozen=True, slots=True)
class Counted:
    """One enrolment as the totals see it."""

    country_code: str
    cohort_uuid: UUID
    course_uuid: UUID
    month: int
    groups: Mapping[str, str]
    is_started: bool
    is_finished: bool
    is_completed: bool
    is_certified: bool
    completed_in: int | None
    certified_in: int | None
    expires_in: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What one enrolment adds to one total, or takes from it; one for each total and enrolment it touches."""

    table: str
    place: Place
    enrolment: UUID
    counts: tuple[int, ...]

    @property
    def key(self) -> str:
        """The primary key of the row."""
        return "/".join(str(part) for part in self.place)


def differences(enrolment: UUID, before: Counted | None, after: Counted | None) -> list[Difference]:
    """Return what changes in the totals: the old row goes out, the new row comes in."""
    change: dict[tuple[str, Place], Counter[str]] = {}
    for row, sign in ((before, -1), (after, 1)):
        for table, place, measures in _parts(row) if row else ():
            counts = change.setdefault((table, place), Counter())
            for name in measures:
                counts[name] += sign
    return [
        Difference(table, place, enrolment, tuple(counts[name] for name in MEASURES))
        for (table, place), counts in change.items()
        if any(counts.values())
    ]


def _parts(row: Counted) -> Iterator[tuple[str, Place, tuple[str, ...]]]:
    """Yield each total that an enrolment is in, and the measures it adds one to."""
    stages = _stages(row)
    yield TOTAL, (row.country_code, row.cohort_uuid, row.course_uuid, row.month), stages
    groups = {dimensions.ALL: "", **row.groups}
    for dimension, value in groups.items():
        for month, measures in _by_month(row, stages).items():
            yield TALLY, (row.country_code, row.course_uuid, month, dimension, value), tuple(measures)
    if row.is_certified and row.expires_in is not None:
        place = (row.country_code, row.course_uuid, row.month, dimensions.EXPIRY, str(row.expires_in))
        yield TALLY, place, ("certified",)


def _stages(row: Counted) -> tuple[str, ...]:
    reached = (True, row.is_started, row.is_finished, row.is_completed, row.is_certified)
    return tuple(name for name, is_reached in zip(STAGES, reached, strict=True) if is_reached)


def _by_month(row: Counted, stages: tuple[str, ...]) -> dict[int, list[str]]:
    months = {row.month: list(stages)}
    for name, month in zip(_THEN, (row.completed_in, row.certified_in), strict=True):
        if month is not None:
            months.setdefault(month, []).append(name)
    return months
