"""By what people are counted apart: the groups of a breakdown, and into which one somebody falls. Pure.

Whatever a person has not said is the group "" (not stated): it is shown like the others, or the groups
would not add up to the whole. The age is that of the year of enrolment, so that no birthday changes the past.
"""

import datetime as dt
from dataclasses import dataclass

AGENCY = "agency"
RANK = "rank"
SEX = "sex"
AGE = "age"
LANGUAGE = "language"
DUTY = "duty"
DIMENSIONS = (SEX, AGE, RANK, DUTY, LANGUAGE, AGENCY)
# Everybody, in one row; and those who hold a certificate, by the month of its last day.
ALL = "all"
EXPIRY = "expiry"

AGE_BANDS = ("under-25", "25-34", "35-44", "45-54", "55-over")
_YOUNGEST, _OLDEST = 25, 55
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person has said of themselves, as far as it is counted."""

    sex: str = ""
    birth_year: int | None = None
    rank_band: str = ""
    duty: str = ""


def age_band(birth_year: int | None, year: int) -> str:
    """Return the band of somebody's age in a year.

    >>> age_band(1991, 2026), age_band(2004, 2026), age_band(1960, 2026), age_band(None, 2026)
    ('35-44', 'under-25', '55-over', '')
    """
    if birth_year is None:
        return ""
    age = year - birth_year
    if age < _YOUNGEST:
        return AGE_BANDS[0]
    if age >= _OLDEST:
        return AGE_BANDS[-1]
    return AGE_BANDS[1 + (age - _YOUNGEST) // 10]


def month_of(day: dt.date | dt.datetime) -> int:
    """Return a month as one number that sorts.

    >>> month_of(dt.date(2026, 3, 31))
    202603
    """
    return day.year * 100 + day.month


def first_day(month: int) -> dt.date:
    """Return the first day of a month.

    >>> first_day(202603)
    datetime.date(2026, 3, 1)
    """
    return dt.date(month // 100, month % 100, 1)


def add_months(month: int, count: int) -> int:
    """Return the month so many months later, or earlier.

    >>> add_months(202611, 3), add_months(202601, -1)
    (202702, 202512)
    """
    index = month // 100 * _MONTHS + month % 100 - 1 + count
    return index // _MONTHS * 100 + index % _MONTHS + 1


def months_between(first: int, last: int) -> list[int]:
    """Return the months from one to another, both in it.

    >>> months_between(202611, 202701)
    [202611, 202612, 202701]
    """
    months, month = [], first
    while month <= last:
        months.append(month)
        month = add_months(month, 1)
    return months
