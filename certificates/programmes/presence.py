"""What attendance adds up to for each person of a cohort. Pure.

A session counts as held when it is over or when somebody's presence in it is known. One whose list was
never taken counts like any other: attendance that nobody wrote down certifies nobody, and the pages name
such sessions so that somebody takes the list. An excuse explains an absence; it does not teach, so the
minutes of an excused session are missed all the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

PRESENT = "present"


@dataclass(frozen=True, slots=True)
class HeldSession:
    """One session that took place, with its minutes of training."""

    uuid: UUID
    minutes: int


@dataclass(frozen=True, slots=True)
class Presence:
    """What is known of one person in one session."""

    session: UUID
    person: UUID
    status: str
    minutes: int


@dataclass(frozen=True, slots=True)
class AttendanceFacts:
    """Minutes and sessions one person attended, of the sessions held; `percent` of the minutes, None of none."""

    minutes: int
    sessions: int
    sessions_held: int
    minutes_held: int

    @property
    def percent(self) -> int | None:
        """The share of the minutes held, rounded down: 89.9 % is not 90 %.

        >>> AttendanceFacts(539, 5, 6, 600).percent, AttendanceFacts(0, 0, 0, 0).percent
        (89, None)
        """
        return self.minutes * 100 // self.minutes_held if self.minutes_held else None

    @property
    def hours(self) -> float:
        """The minutes attended, in hours."""
        return self.minutes / 60


def count_attendance(
    held: Iterable[HeldSession], rows: Iterable[Presence], people: Iterable[UUID]
) -> dict[UUID, AttendanceFacts]:
    """Return the facts of each of these people, and of whoever else is in the rows.

    The rows are in the order in which they were said: of two for one person and session, after a merge, the last
    counts, as it does for one record.
    """
    lengths = {each.uuid: each.minutes for each in held}
    attended: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for row in rows:
        seen = attended[row.person]
        seen.pop(row.session, None)
        if row.status == PRESENT and row.session in lengths:
            seen[row.session] = min(row.minutes, lengths[row.session])
    whole = sum(lengths.values())
    return {
        person: AttendanceFacts(sum(attended[person].values()), len(attended[person]), len(lengths), whole)
        for person in {*people, *attended}
    }
