"""Figures apart by sex, age band, rank band, place of duty, language or agency: exact, inside a scope."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Login, Person
from accounts.policy import TRAINER
from certificates import dimensions, policy
from certificates.counting import STAGES
from certificates.desk_filters import Filter
from certificates.figures import Figures, Line, sorting_key
from certificates.models import Standing, Tally

LABELS = {
    dimensions.SEX: _("Sex"),
    dimensions.AGE: _("Age at enrolment"),
    dimensions.RANK: _("Rank band"),
    dimensions.DUTY: _("Place of duty"),
    dimensions.LANGUAGE: _("Language of the course"),
    dimensions.AGENCY: _("Agency"),
}
_COLUMNS = {
    dimensions.SEX: "sex",
    dimensions.AGE: "age_band",
    dimensions.RANK: "rank_band",
    dimensions.DUTY: "duty",
    dimensions.LANGUAGE: "language",
    dimensions.AGENCY: "agency_uuid",
}
_AGE_LABELS = {
    "under-25": _("Under 25"),
    "25-34": _("25 to 34"),
    "35-44": _("35 to 44"),
    "45-54": _("45 to 54"),
    "55-over": _("55 and over"),
}
_ORDERS: dict[str, list[str]] = {
    dimensions.SEX: [value for value, _label in Person.Sex.choices],
    dimensions.AGE: list(dimensions.AGE_BANDS),
    dimensions.RANK: [value for value, _label in Person.RankBand.choices],
    dimensions.DUTY: [value for value, _label in Person.Duty.choices],
}
_REACHED = {
    "sum_enrolled": Count("pk"),
    **{f"sum_{name}": Count("pk", filter=Q(**{f"is_{name}": True})) for name in STAGES[1:]},
}


def group_lines(login: Login, chosen: Filter, dimension: str, *, cohort: UUID | None = None) -> list[Line]:
    """Return a line for each group, those who did not say last. Two queries, three with agencies.

    A programme's or a cohort's come from its enrolments, a country's from its tallies: no more rows than groups
    and months. What a trainer's cohorts add outside the countries that the login runs is added.
    """
    found: dict[str, Figures] = {}
    if chosen.programme or cohort:
        rows = policy.TOTALS.filter(Standing.objects.all(), login)
        rows = rows.filter(cohort_uuid=cohort) if cohort else rows
        _add_all(found, _from_standings(chosen.narrow(rows), dimension))
    else:
        tallies = chosen.narrow(Tally.objects.visible_to(login)).filter(dimension=dimension)
        _add_all(found, _sums(tallies, "value", {f"sum_{name}": Sum(name) for name in STAGES}))
        if login.scope_of(TRAINER):
            trained = Standing.objects.filter(policy.TOTALS.q(login)).exclude(policy.TALLIES.q(login))
            _add_all(found, _from_standings(chosen.narrow(trained), dimension))
    labels = group_labels(dimension, found)
    ordered = sorted(found, key=lambda value: _order(dimension, value, labels[value]))
    return [Line("", labels[value], found[value], cohort_name=value) for value in ordered if found[value].has_data]


def group_labels(dimension: str, values: Any) -> dict[str, str]:
    """Return what groups are called; one query where they are agencies."""
    known: dict[str, Any] = {
        dimensions.SEX: dict(Person.Sex.choices),
        dimensions.AGE: _AGE_LABELS,
        dimensions.RANK: dict(Person.RankBand.choices),
        dimensions.DUTY: dict(Person.Duty.choices),
    }.get(dimension, {})
    if dimension == dimensions.AGENCY:
        uuids = [UUID(value) for value in values if value]
        known = {str(row.uuid): row.name for row in Agency.objects.filter(uuid__in=uuids)}
    if dimension == dimensions.LANGUAGE:
        known = {value: _language_name(value) for value in values if value}
    nobody = gettext("Not stated")
    return {value: str(known.get(value, gettext("Another group"))) if value else nobody for value in values}


def _from_standings(rows: QuerySet[Any], dimension: str) -> dict[str, Figures]:
    return _sums(rows, _COLUMNS[dimension], _REACHED)


def _sums(rows: QuerySet[Any], column: str, sums: dict[str, Any]) -> dict[str, Figures]:
    found = {}
    for value, *counts in rows.order_by().values_list(column).annotate(**sums).values_list(column, *sums):
        enrolled, started, finished, completed, certified = counts
        figures = Figures(enrolled, completed, certified, started, finished, None, None)
        found[str(value) if value else ""] = figures
    return found


def _add_all(found: dict[str, Figures], more: dict[str, Figures]) -> None:
    for value, figures in more.items():
        found[value] = found[value] + figures if value in found else figures


def _order(dimension: str, value: str, label: str) -> tuple[bool, int, str]:
    known = _ORDERS.get(dimension, [])
    return (not value, known.index(value) if value in known else len(known), sorting_key(label))


def _language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
