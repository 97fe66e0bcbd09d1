"""How long a certificate holds, and what can be said of it on a day. Pure."""

import calendar
import datetime as dt
from enum import StrEnum

_MONTHS_OF_A_YEAR = 12


class Validity(StrEnum):
    """What a certificate is on a given day; withdrawn outweighs expired."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


def last_valid_day(issued_on: dt.date, months: int) -> dt.date | None:
    """Return the last day of so many months from a day; None for 0, which means no end.

    The period ends on the eve of the same day of the month; where that month is too short to have
    the day, on its last day, so that nobody loses a day to February.

    >>> last_valid_day(dt.date(2026, 11, 22), 24)
    datetime.date(2028, 11, 21)
    >>> last_valid_day(dt.date(2027, 8, 31), 6)
    datetime.date(2028, 2, 29)
    """
    if not months:
        return None
    years, month_index = divmod(issued_on.month - 1 + months, _MONTHS_OF_A_YEAR)
    year, month = issued_on.year + years, month_index + 1
    days = calendar.monthrange(year, month)[1]
    if issued_on.day > days:
        return dt.date(year, month, days)
    return dt.date(year, month, issued_on.day) - dt.timedelta(days=1)


def validity_on(day: dt.date, valid_until: dt.date | None, revoked_at: dt.datetime | None) -> Validity:
    """Tell what a certificate is on a day; its last day still counts."""
    if revoked_at is not None:
        return Validity.REVOKED
    if valid_until is not None and valid_until < day:
        return Validity.EXPIRED
    return Validity.VALID
