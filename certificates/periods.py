"""A period of whole months, as it stands in an address: a year, a quarter, a month, or all of it. Pure."""

import datetime as dt
import re
from dataclasses import dataclass

from certificates.dimensions import add_months, first_day

_FORM = re.compile(r"(?P<year>20\d\d)(?:-(?:q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")
_QUARTER = 3
_YEARS_BACK = 3


class UnknownPeriodError(ValueError):
    """A text that names no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first month to the last, both in it; without a first it is everything there is."""

    code: str = ""
    first: int | None = None
    last: int | None = None

    @property
    def is_all(self) -> bool:
        """Tell whether nothing is left out."""
        return self.first is None

    @property
    def starts_on(self) -> dt.date | None:
        """The first day."""
        return first_day(self.first) if self.first else None

    @property
    def ends_on(self) -> dt.date | None:
        """The last day."""
        return first_day(add_months(self.last, 1)) - dt.timedelta(days=1) if self.last else None


EVERYTHING = Period()


def read_period(code: str) -> Period:
    """Return the period that a text names; raise UnknownPeriodError.

    >>> read_period("2026-q4").first, read_period("2026").last, read_period("").is_all
    (202610, 202612, True)
    """
    if not code:
        return EVERYTHING
    found = _FORM.fullmatch(code)
    if not found:
        raise UnknownPeriodError(code)
    year, quarter, month = int(found["year"]), found["quarter"], found["month"]
    if quarter:
        last = year * 100 + int(quarter) * _QUARTER
        return Period(code, last - _QUARTER + 1, last)
    if month:
        return Period(code, year * 100 + int(month), year * 100 + int(month))
    return Period(code, year * 100 + 1, year * 100 + 12)


def periods_to_choose(today: dt.date) -> list[Period]:
    """Return the years and quarters that a form offers, the newest first."""
    codes = []
    for year in range(today.year, today.year - _YEARS_BACK, -1):
        last = (today.month - 1) // _QUARTER + 1 if year == today.year else 4
        codes += [str(year), *(f"{year}-q{quarter}" for quarter in range(last, 0, -1))]
    return [read_period(code) for code in codes]
