"""How the rows of attendance follow from statements `attended`: the latest by time, then by id, counts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from elearning.lib.ids import derived_uuid

ATTENDANCE = "attendance"
STATUSES = ("present", "absent", "excused")
WAYS = ("list", "code", "csv", "paper")
_LONGEST_DAY = 24 * 60


class Words(Protocol):
    """What is read of a statement."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def timestamp(self) -> str: ...  # noqa: D102
    @property
    def facts(self) -> Mapping[str, Any]: ...  # noqa: D102


def attendance_uuid(session: UUID, person: UUID) -> UUID:
    """Return the id of what is said of one person in one session, the same on every node."""
    return derived_uuid(ATTENDANCE, session, person)


def attendance_columns(unit: UUID, said: Sequence[Words]) -> dict[str, Any] | None:
    """Return the columns of a row, or None where nothing sound was said. Pure."""
    sound = [(moment, str(each.id), read) for each in said if (read := _read(unit, each)) for moment in [read["at"]]]
    return max(sound, key=lambda each: each[:2])[2] if sound else None


def _read(unit: UUID, said: Words) -> dict[str, Any] | None:
    facts = said.facts
    try:
        session, person, cohort = (UUID(facts[name]) for name in ("session", "person", "cohort"))
        status, minutes, way = facts["status"], facts["minutes"], facts["taken_by"]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    if attendance_uuid(session, person) != unit or status not in STATUSES or way not in WAYS:
        return None
    if type(minutes) is not int or not 0 <= minutes <= _LONGEST_DAY:
        return None
    return {
        "uuid": unit,
        "session_uuid": session,
        "cohort_uuid": cohort,
        "person_id": person,
        "status": status,
        "minutes": minutes if status == "present" else 0,
        "taken_by": way,
        "at": dt.datetime.fromisoformat(said.timestamp).astimezone(dt.UTC),
    }
