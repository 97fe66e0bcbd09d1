"""The lines of a desk that are not countries: cohorts, a page at a time, and certificates by their last month."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import Cohort, Login
from accounts.policy import TRAINER
from certificates import dimensions, policy
from certificates.desk import Desk, totals_by
from certificates.desk_filters import Filter, cohorts_of
from certificates.figures import Figures, Line
from certificates.models import Standing, Tally
from certificates.places import NO_COHORT

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class CohortPage:
    """Some lines of the table of cohorts: how many cohorts there are, and which page this is."""

    lines: list[Line]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are: one at least."""
        return max(1, -(-self.total // PER_PAGE))


def cohort_page(desk: Desk, number: int = 1) -> CohortPage:
    """Return one page of cohorts, the newest first; the last one ends with those who learn in none of them."""
    rows = _cohorts(desk)
    total = rows.count()
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    lines = _lines(desk, rows[(number - 1) * PER_PAGE : number * PER_PAGE])
    return CohortPage(lines + (_rest(desk, rows) if number == pages else []), total, number)


def all_cohorts(desk: Desk) -> list[Line]:
    """Return the lines of all cohorts, for a file."""
    rows = _cohorts(desk)
    return _lines(desk, rows) + _rest(desk, rows)


def expiries(login: Login, chosen: Filter, first: int, last: int, *, cohort: UUID | None = None) -> Mapping[int, int]:
    """Return how many certificates end in each month, those that were renewed left out. One query, two at most."""
    found: dict[int, int] = {}
    if chosen.programme or cohort:
        rows = policy.TOTALS.filter(Standing.objects.all(), login)
        rows = rows.filter(cohort_uuid=cohort) if cohort else rows
        _count_months(found, chosen.narrow(rows), first, last)
        return found
    values = [str(month) for month in dimensions.months_between(first, last)]
    tallies = chosen.narrow(Tally.objects.visible_to(login)).filter(dimension=dimensions.EXPIRY, value__in=values)
    sums = tallies.order_by().values_list("value").annotate(certificates=Sum("certified"))
    found |= {int(value): count for value, count in sums}
    if login.scope_of(TRAINER):
        trained = Standing.objects.filter(policy.TOTALS.q(login)).exclude(policy.TALLIES.q(login))
        _count_months(found, chosen.narrow(trained), first, last)
    return found


def _count_months(found: dict[int, int], rows: QuerySet[Any], first: int, last: int) -> None:
    ending = rows.filter(is_certified=True, expires_in__gte=first, expires_in__lte=last)
    for month, count in ending.order_by().values_list("expires_in").annotate(certificates=Count("pk")):
        found[month] = found.get(month, 0) + count


def _cohorts(desk: Desk) -> QuerySet[Cohort]:
    rows = Cohort.objects.visible_to(desk.login).select_related("country").order_by("-starts_on", "name", "pk")
    if desk.chosen.country:
        rows = rows.filter(country__code=desk.chosen.country)
    if desk.chosen.programme:
        rows = rows.filter(uuid__in=cohorts_of(desk.chosen.programme))
    return rows


def _lines(desk: Desk, cohorts: QuerySet[Cohort]) -> list[Line]:
    here = list(cohorts)
    mine = Q(cohort_uuid__in=[cohort.uuid for cohort in here]) if here else Q(pk__in=())
    figures = totals_by(desk.login, desk.chosen, "cohort_uuid", rows=mine) if here else {}
    return [
        Line(
            cohort.country.code,
            desk.country_names.get(cohort.country.code, cohort.country.name),
            figures.get(cohort.uuid, Figures()),
            cohort.uuid,
            cohort.name,
        )
        for cohort in here
    ]


def _rest(desk: Desk, cohorts: QuerySet[Cohort]) -> list[Line]:
    """Return lines for those who learn on their own, and for cohorts that are not this viewer's to name."""
    alone = totals_by(desk.login, desk.chosen, "country_code", rows=Q(cohort_uuid=NO_COHORT))
    other = Q(cohort_uuid=NO_COHORT) | Q(cohort_uuid__in=cohorts.order_by().values("uuid"))
    elsewhere = totals_by(desk.login, desk.chosen, "country_code", rows=~other)
    names = desk.country_names
    lines = [Line(code, names.get(code, code), figures) for code, figures in sorted(alone.items())]
    # A cohort's id is not told where its name is not.
    lines += [Line(code, names.get(code, code), figures, NO_COHORT) for code, figures in sorted(elsewhere.items())]
    return [line for line in lines if line.figures.has_data]
