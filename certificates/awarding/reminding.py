"""When holders are reminded that a certificate ends. Pure."""

import datetime as dt

# Days before the last day, each told once.
THRESHOLDS = (90, 60, 30, 7)


def threshold_on(day: dt.date, valid_until: dt.date) -> int | None:
    """Return which reminder is due: the nearest that has been reached, None before the first and after the end.

    A site that was off for a month sends the one that is due now, not those it missed.

    >>> [threshold_on(dt.date(2026, 11, 22), dt.date(2026, 11, 22) + dt.timedelta(days=n)) for n in (91, 90, 31, 7, 0)]
    [None, 90, 60, 7, 7]
    """
    left = (valid_until - day).days
    if left < 0:
        return None
    return min((each for each in THRESHOLDS if left <= each), default=None)
