"""How a cohort comes on against its plan: an S-curve. Pure.

The plan is an even pace from the first day to the last: nobody has planned more than a number and two dates, so
that a line with a shape would be ours.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """What was planned: from when to when, and how many are to complete."""

    starts_on: dt.date
    ends_on: dt.date | None
    officers: int | None


@dataclass(frozen=True, slots=True)
class Point:
    """One day: how many by then; None where there is no plan, or the day has not come."""

    day: dt.date
    planned: int | None
    enrolled: int | None
    completed: int | None
    certified: int | None


def progress_points(
    plan: Plan,
    enrolled: Sequence[dt.date],
    completed: Sequence[dt.date],
    certified: Sequence[dt.date],
    today: dt.date,
) -> list[Point]:
    """Return the curve in steps of whole days, from the first day of anything to the end of the plan or today."""
    known = sorted([*enrolled, *completed, *certified])
    if not known and plan.officers is None:
        return []
    first = min([plan.starts_on, *known[:1]])
    last = max(filter(None, [plan.ends_on, min(today, known[-1]) if known else None, first]))
    step = max(1, -(-(last - first).days // _MOST_PLACES))
    steps = {first + dt.timedelta(days=place) for place in range(0, (last - first).days, step)}
    days = sorted(steps | {last, min(max(today, first), last)})
    sets = [sorted(each) for each in (enrolled, completed, certified)]
    return [
        Point(day, _planned(plan, day), *(bisect_right(each, day) if day <= today else None for each in sets))
        for day in days
    ]


def _planned(plan: Plan, day: dt.date) -> int | None:
    """Return how many the plan has by the end of a day; rounded down, so that nobody is behind by a fraction."""
    if plan.officers is None or plan.ends_on is None:
        return None
    length = (plan.ends_on - plan.starts_on).days
    if day >= plan.ends_on:
        return plan.officers
    return max(0, plan.officers * (day - plan.starts_on).days // length)
