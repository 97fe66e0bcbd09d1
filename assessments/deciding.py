"""What a trainer decided about a flagged attempt. Pure.

A decision names what it was about: the answers that stood and the flags that were raised. Where other
answers or another flag arrive later, it says nothing about them, and the attempt waits for a new one.
"""

from collections.abc import Set as AbstractSet
from typing import Any

from assessments.answering import AttemptLog
from assessments.flags import read_flags
from records.statements import Said

APPROVED = "approved"
DENIED = "denied"


def decision_on(log: AttemptLog, flags: AbstractSet[str]) -> str:
    """Return APPROVED, DENIED, or "" where the latest decision is about something else, or there is none."""
    latest = _latest(log)
    return latest.verb if latest and _is_about(latest, log, flags) else ""


def reason_of(log: AttemptLog) -> str:
    """Return the reason that the latest decision gives; nothing where there is none."""
    latest = _latest(log)
    return (_names(latest, "reason") or "") if latest else ""


def _latest(log: AttemptLog) -> Said | None:
    decided = [each for each in log.others if each.verb in {APPROVED, DENIED}]
    return max(decided, key=lambda each: (each.timestamp, str(each.id)), default=None)


def _is_about(said: Said, log: AttemptLog, flags: AbstractSet[str]) -> bool:
    return _names(said, "standing") in {None, log.standing} and (
        (seen := _names(said, "flags")) is None or flags <= read_flags(seen)
    )


def _names(said: Said, part: str) -> str | None:
    value: Any = said.facts.get(part)
    return value if isinstance(value, str) else None
