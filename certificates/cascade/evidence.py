"""How the rows of evidence follow from statements `evidenced` and `retracted`. Pure.

Of one piece the latest sound `evidenced` by time, then by id, says what it is; it is retracted where the latest of
all that is said of it is `retracted`. Any order and any repetition give one answer.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from certificates.cascade.rules import BEST_MARK, RUBRIC_LINES

EVIDENCE = "evidence"
MICRO_TEACHING, OBSERVED, CONDUCT = KINDS = ("micro-teaching", "observed", "conduct")
RETRACTIONS = ("entry-error", "wrong-person", "not-valid")
_LONGEST_REASON = 24


class Words(Protocol):
    """What is read of a statement."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def actor_uuid(self) -> UUID: ...  # noqa: D102
    @property
    def verb(self) -> str: ...  # noqa: D102
    @property
    def timestamp(self) -> str: ...  # noqa: D102
    @property
    def facts(self) -> Mapping[str, Any]: ...  # noqa: D102


def evidence_facts(
    person: UUID,
    programme: UUID | None,
    kind: str,
    happened_on: dt.date,
    *,
    marks: Sequence[int] = (),
    session: UUID | None = None,
) -> dict[str, Any]:
    """Return the facts of a statement `evidenced`."""
    return {
        "person": str(person),
        "programme": str(programme) if programme else None,
        "kind": kind,
        "marks": list(marks),
        "session": str(session) if session else None,
        "on": happened_on.isoformat(),
    }


def evidence_columns(unit: UUID, said: Sequence[Words]) -> dict[str, Any] | None:
    """Return the columns of a row, or None where nothing sound was said."""
    sound = [(_order(each), each, read) for each in said if (read := _read(each)) is not None]
    if not sound:
        return None
    order, latest, columns = max(sound, key=lambda each: each[0])
    taken_back = max((each for each in said if each.verb == "retracted"), key=_order, default=None)
    is_retracted = taken_back is not None and _order(taken_back) > order
    return {
        "uuid": unit,
        **columns,
        "said_by_uuid": latest.actor_uuid,
        "said_at": order[0],
        "retracted_at": _order(taken_back)[0] if taken_back is not None and is_retracted else None,
        "retraction_reason": _reason(taken_back) if is_retracted else "",
    }


def _order(said: Words) -> tuple[dt.datetime, str]:
    return dt.datetime.fromisoformat(said.timestamp).astimezone(dt.UTC), str(said.id)


def _reason(said: Words | None) -> str:
    return str(said.facts.get("reason", ""))[:_LONGEST_REASON] if said else ""


def _read(said: Words) -> dict[str, Any] | None:
    if said.verb != "evidenced":
        return None
    facts = said.facts
    try:
        person, programme, session = (
            UUID(facts[name]) if facts[name] is not None else None for name in ("person", "programme", "session")
        )
        kind, marks, happened_on = facts["kind"], facts["marks"], dt.date.fromisoformat(facts["on"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    if person is None or kind not in KINDS or not _are_marks(kind, marks):
        return None
    return {
        "person_id": person,
        "programme_uuid": programme,
        "kind": kind,
        "marks": marks,
        "session_uuid": session,
        "happened_on": happened_on,
    }


def _are_marks(kind: str, marks: Any) -> bool:
    """Tell whether these are the marks of the kind: one a line of the rubric, or none at all."""
    if not isinstance(marks, list) or len(marks) != (len(RUBRIC_LINES) if kind == MICRO_TEACHING else 0):
        return False
    return all(type(mark) is int and 0 <= mark <= BEST_MARK for mark in marks)
