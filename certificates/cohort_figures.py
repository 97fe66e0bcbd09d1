"""What the page of one cohort's figures shows: exact, because it is inside somebody's scope."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Cohort, CohortMember, Login
from certificates import policy
from certificates.cohort_progress import Plan, Point, progress_points
from certificates.desk import totals_by
from certificates.desk_filters import Filter
from certificates.desk_lines import expiries
from certificates.desk_tables import expiry_table, funnel_table, group_table, progress_table
from certificates.dimensions import DIMENSIONS, add_months, month_of, months_between
from certificates.evaluation.gain import cohort_gain
from certificates.figures import Figures, Line
from certificates.groups import LABELS, group_lines
from certificates.models import Award, CohortPlan, Standing
from courses.models import Enrolment
from elearning.lib.tables import Table


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """One cohort in figures. `gain` is certificates.evaluation's, of those with both tests."""

    cohort: Cohort
    plan: CohortPlan | None
    figures: Figures
    points: list[Point]
    months: list[int]
    ending: Mapping[int, int]
    groups: dict[str, list[Line]]
    gain: Any
    members: int
    as_of: dt.datetime

    @property
    def tables(self) -> list[Table]:
        """All tables of the page, for a file."""
        return [
            funnel_table(self.figures, self.as_of),
            progress_table(self.points, self.as_of),
            expiry_table(self.months, self.ending, self.as_of),
            *self.group_tables,
        ]

    @property
    def group_tables(self) -> list[Table]:
        """A table for each way of telling people apart."""
        return [group_table(dimension, lines, self.as_of) for dimension, lines in self.groups.items()]

    @property
    def shown_groups(self) -> list[tuple[str, Any, Table]]:
        """The same with what the page needs besides: the name in an address, and the heading."""
        return [(table.code, LABELS[code], table) for code, table in zip(self.groups, self.group_tables, strict=True)]


def open_cohort_figures(login: Login, cohort: Cohort) -> CohortFigures:
    """Return the figures of a cohort that the caller got through its door.

    About twenty queries, however many people; somebody of another country in it counts for those who see that one.
    """
    now = timezone.now()
    chosen = Filter()
    found = totals_by(login, chosen, "cohort_uuid", rows=Q(cohort_uuid=cohort.uuid))
    plan = CohortPlan.objects.filter(cohort=cohort).first()
    first = month_of(now)
    months = months_between(first, add_months(first, 11))
    return CohortFigures(
        cohort=cohort,
        plan=plan,
        figures=found.get(cohort.uuid, Figures()),
        points=_points(login, cohort, plan, now.date()),
        months=months,
        ending=expiries(login, chosen, months[0], months[-1], cohort=cohort.uuid),
        groups={dimension: group_lines(login, chosen, dimension, cohort=cohort.uuid) for dimension in DIMENSIONS},
        gain=cohort_gain(cohort),
        members=CohortMember.objects.filter(
            cohort=cohort, role=CohortMember.Role.LEARNER, state=CohortMember.State.ACTIVE
        ).count(),
        as_of=now,
    )


def _points(login: Login, cohort: Cohort, plan: CohortPlan | None, today: dt.date) -> list[Point]:
    """Return the curve from the days of enrolling, passing and certifying. Two queries."""
    seen = policy.TOTALS.filter(Standing.objects.all(), login).filter(cohort_uuid=cohort.uuid).values("pk")
    rows = Enrolment.objects.filter(pk__in=seen).values_list("enrolled_at", "progress__completed_at")
    days = [(begun.date(), done.date() if done else None) for begun, done in rows]
    certified: dict[Any, dt.date] = {}
    awards = Award.objects.in_force().filter(enrolment_uuid__in=seen)
    for enrolment, at in awards.values_list("enrolment_uuid", "issued_at"):
        certified[enrolment] = min(certified.get(enrolment, at.date()), at.date())
    return progress_points(
        Plan(cohort.starts_on, cohort.ends_on, plan.planned_officers if plan else None),
        [begun for begun, _done in days],
        [done for _begun, done in days if done],
        list(certified.values()),
        today,
    )
