"""The tables that leave the site: always the same ones, one grouping at a time, rounded to five, nothing personal.

They are fixed so that nobody can ask for the difference of two of them that is one person: no filter by anything
but a period and a programme, no crossing of two groupings. What rounding alone gives away is worked out in
certificates.disclosure, and a table from which a small group could be read is not shown.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.territories import territory_name
from certificates import dimensions
from certificates.desk_filters import cohorts_of
from certificates.dimensions import AGE_BANDS
from certificates.disclosure import Told, tell, withheld
from certificates.figures import sorting_key
from certificates.groups import group_labels
from certificates.models import Programme, Standing, Tally
from certificates.periods import Period
from elearning.lib.tables import Column, Kind, Table

COUNTRY = "country"
MEASURES = ("completed", "certified")
CODES = (COUNTRY, dimensions.SEX, dimensions.AGE, dimensions.RANK, dimensions.DUTY, dimensions.LANGUAGE)
TITLES = {
    COUNTRY: _("By country"),
    dimensions.SEX: _("By sex"),
    dimensions.AGE: _("By age"),
    dimensions.RANK: _("By rank band"),
    dimensions.DUTY: _("By place of duty"),
    dimensions.LANGUAGE: _("By language of the course"),
}
HEADINGS = {
    COUNTRY: _("Country"),
    dimensions.SEX: _("Sex"),
    dimensions.AGE: _("Age at enrolment"),
    dimensions.RANK: _("Rank band"),
    dimensions.DUTY: _("Place of duty"),
    dimensions.LANGUAGE: _("Language of the course"),
}
# The groups that are named even where nobody is in them: that one is missing would tell something.
_ALWAYS: dict[str, tuple[str, ...]] = {
    dimensions.SEX: (*(value for value, _label in Person.Sex.choices), ""),
    dimensions.AGE: (*AGE_BANDS, ""),
    dimensions.RANK: (*(value for value, _label in Person.RankBand.choices), ""),
    dimensions.DUTY: (*(value for value, _label in Person.Duty.choices), ""),
}
_STANDING_COLUMNS = {
    COUNTRY: "country_code",
    dimensions.SEX: "sex",
    dimensions.AGE: "age_band",
    dimensions.RANK: "rank_band",
    dimensions.DUTY: "duty",
    dimensions.LANGUAGE: "language",
}
_OTHERS = "\N{HORIZONTAL ELLIPSIS}"

# Exact counts by table, by group: how many completed and were certified in the period. Never shown as they are.
Counts = dict[str, dict[str, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """Tables as they may be shown: rounded, and the codes of those that are not published for now."""

    tables: list[Table]
    withheld: list[str]
    totals: dict[str, Told]


def counts_of_tallies(tallies: QuerySet[Tally], period: Period) -> Counts:
    """Return the counts of whole countries; one query for each table."""
    rows = tallies.filter(month__gte=period.first, month__lte=period.last) if period.first else tallies
    sums = {"sum_completed": Sum("completed_then"), "sum_certified": Sum("certified_then")}
    found: Counts = {}
    for code in CODES:
        dimension, column = (dimensions.ALL, "country_code") if code == COUNTRY else (code, "value")
        mine = rows.filter(dimension=dimension).order_by()
        found[code] = _read(mine.values_list(column).annotate(**sums).values_list(column, *sums))
    return found


def counts_of_programme(standings: QuerySet[Standing], programme: Programme, period: Period) -> Counts:
    """Return the counts of a programme's cohorts, from its enrolments; one query for each table."""
    rows = standings.filter(cohort_uuid__in=cohorts_of(programme)).order_by()
    sums = {
        f"sum_{measure}": Count("pk", filter=Q(**{f"is_{measure}": True}) & _in_period(f"{measure}_in", period))
        for measure in MEASURES
    }
    return {
        code: _read(rows.values_list(column).annotate(**sums).values_list(column, *sums))
        for code, column in _STANDING_COLUMNS.items()
    }


def build_fixed(counts: Counts, as_of: dt.datetime) -> Fixed:
    """Return what may be shown of exact counts, in the language that is active."""
    groups = {code: _groups(code, counts.get(code, {})) for code in CODES}
    away = {
        name
        for place, _measure in enumerate(MEASURES)
        for name in withheld({code: [each[place] for each in found.values()] for code, found in groups.items()})
    }
    totals = {
        measure: tell(sum(each[place] for each in counts.get(COUNTRY, {}).values()))
        for place, measure in enumerate(MEASURES)
    }
    tables = [_table(code, found, as_of) for code, found in groups.items() if code not in away]
    return Fixed(tables, [code for code in CODES if code in away], totals)


def told_text(told: Told) -> int | str:
    """Return a published count as a cell: a number, or words for a small one."""
    return gettext("fewer than 5") if told.is_small else told.value


def _in_period(column: str, period: Period) -> Q:
    return Q(**{f"{column}__gte": period.first, f"{column}__lte": period.last}) if period.first else Q()


def _read(rows: Any) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for value, completed, certified in rows:
        found[str(value or "")] = (completed or 0, certified or 0)
    return found


def _groups(code: str, counts: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Return the groups of a table in order: all of a known list, or those that are large and the others as one."""
    if code in _ALWAYS:
        known = {value: counts.get(value, (0, 0)) for value in _ALWAYS[code]}
        strange = [each for value, each in counts.items() if value not in known]
        return _with_others(known, strange)
    large = {value: each for value, each in counts.items() if not any(tell(count).is_small for count in each)}
    names = {value: _label(code, value) for value in large}
    ordered = {value: large[value] for value in sorted(large, key=lambda value: sorting_key(names[value]))}
    return _with_others(ordered, [each for value, each in counts.items() if value not in large])


def _with_others(groups: dict[str, tuple[int, int]], others: list[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    if others:
        completed, certified = (sum(each[place] for each in others) for place in (0, 1))
        groups[_OTHERS] = (completed, certified)
    return groups


def _label(code: str, value: str) -> str:
    if value == _OTHERS:
        return gettext("All others")
    if code == COUNTRY:
        return territory_name(value, get_language() or "en")
    return group_labels(code, [value])[value]


def _table(code: str, groups: Mapping[str, tuple[int, int]], as_of: dt.datetime) -> Table:
    about = gettext("Rounded to the nearest five; a count under five is not told.")
    columns = [
        Column(code, HEADINGS[code], Kind.TEXT, ""),
        Column("completed", gettext("Completed the course"), Kind.COUNT, about),
        Column("certified", gettext("Certified"), Kind.COUNT, about),
    ]
    rows = [(_label(code, value), *(told_text(tell(count)) for count in each)) for value, each in groups.items()]
    return Table(code, TITLES[code], columns, rows, as_of, about)
