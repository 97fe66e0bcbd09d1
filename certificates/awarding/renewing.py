"""Whether a certificate can be renewed today. Pure: rows and clock stay outside."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where a certificate stands with its renewal."""

    OPEN = "open"
    NOT_YET = "not-yet"
    NO_END = "no-end"
    WITHDRAWN = "withdrawn"
    UNDER_WAY = "under-way"
    RENEWED = "renewed"
    # Not in the way that was asked for: its rule wants a test, or a coordinator's word.
    BY_TEST = "by-test"
    BY_COORDINATOR = "by-coordinator"


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of a certificate that may be renewed."""

    valid_until: dt.date | None
    is_withdrawn: bool
    has_later_award: bool
    has_later_enrolment: bool


@dataclass(frozen=True, slots=True)
class Renewal:
    """Where it stands, and the first day on which it is open."""

    standing: Standing
    opens_on: dt.date | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it can be begun today."""
        return self.standing is Standing.OPEN


def judge_renewal(ending: Ending, opens_before_days: int, today: dt.date) -> Renewal:
    """Judge one certificate. Once open it stays open: who comes late renews too.

    >>> ending = Ending(dt.date(2026, 12, 31), False, False, False)
    >>> judge_renewal(ending, 90, dt.date(2026, 10, 1)).opens_on
    datetime.date(2026, 10, 2)
    >>> judge_renewal(ending, 90, dt.date(2028, 1, 1)).is_open
    True
    """
    if ending.has_later_award:
        return Renewal(Standing.RENEWED)
    if ending.is_withdrawn:
        return Renewal(Standing.WITHDRAWN)
    if ending.valid_until is None:
        return Renewal(Standing.NO_END)
    opens_on = ending.valid_until - dt.timedelta(days=opens_before_days)
    if ending.has_later_enrolment:
        return Renewal(Standing.UNDER_WAY, opens_on)
    return Renewal(Standing.OPEN if today >= opens_on else Standing.NOT_YET, opens_on)
