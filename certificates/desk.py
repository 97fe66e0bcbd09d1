"""What the coordinator's desk reads: rows of totals in scope, under one filter, added up by the database.

The number of queries stays the same however many cohorts there are, and nothing here reads a row for each learner.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import get_language, gettext

from accounts.models import Cohort, Country, Login
from accounts.policy import ADMINISTRATOR, COORDINATOR, TRAINER
from certificates import dimensions, policy
from certificates.access import totals_for
from certificates.counting import STAGES
from certificates.course_terms import course_titles
from certificates.desk_filters import Filter, programmes_to_choose, read_filter
from certificates.figures import Figures, Line, sorting_key, sum_lines
from certificates.freshness import Reported, reported_by_country
from certificates.models import Headcount, Programme, ProgrammeCountry, Tally
from certificates.periods import Period, periods_to_choose

Key = TypeVar("Key")
_SUMS = {f"sum_{name}": Sum(name) for name in STAGES}
_HEADS = ("pending", "trained_others")


@dataclass(frozen=True, slots=True)
class Desk:
    """What one viewer sees under one filter, and what may be filtered by."""

    login: Login
    figures: Figures
    countries: list[Line]
    chosen: Filter
    courses: Mapping[UUID, str]
    country_names: Mapping[str, str]
    programmes: list[Programme]
    periods: list[Period]
    reported: Mapping[str, Reported]
    as_of: dt.datetime
    sees_countries: bool

    @property
    def query(self) -> str:
        """The filter as it stands in an address."""
        return self.chosen.query

    @property
    def is_one_country(self) -> bool:
        """Tell whether there is nothing to compare between countries."""
        return len(self.countries) == 1

    @property
    def reporting(self) -> Reported:
        """How much of what reports to the countries shown has reported."""
        shown = [self.reported[line.country_code] for line in self.countries if line.country_code in self.reported]
        return sum(shown, Reported())


def open_desk(login: Login, wanted: Mapping[str, str]) -> Desk:
    """Return the desk of a login. `wanted` may hold period, course, country, programme; 404 for one it can't see."""
    here = _places_and_courses(login)
    with_cohorts = {*Cohort.objects.visible_to(login).order_by().values_list("country__code", flat=True).distinct()}
    rows = Country.objects.filter(Q(code__in={code for code, _course in here} | with_cohorts) | _own(login))
    names = _by_name({country.code: country.name for country in rows})
    courses = course_titles({course for _code, course in here}, get_language() or "en")
    chosen = read_filter(login, wanted, courses, names)
    reported = reported_by_country(login)
    lines = _country_lines(login, chosen, names, reported)
    return Desk(
        login=login,
        figures=sum_lines(lines),
        countries=lines,
        chosen=chosen,
        courses=_by_name(courses),
        country_names=names,
        programmes=programmes_to_choose(login),
        periods=periods_to_choose(timezone.now().date()),
        reported=reported,
        as_of=timezone.now(),
        sees_countries=login.holds(COORDINATOR, ADMINISTRATOR),
    )


def _places_and_courses(login: Login) -> set[tuple[str, UUID]]:
    """Return the countries and courses there is anything of; PermissionDenied without a desk."""
    rows = totals_for(login)
    if _reads_tallies(login):
        tallies = Tally.objects.visible_to(login).filter(dimension=dimensions.ALL)
        return {*tallies.order_by().values_list("country_code", "course_uuid").distinct()}
    return {*rows.order_by().values_list("country_code", "course_uuid").distinct()}


def _reads_tallies(login: Login) -> bool:
    """Tell whether countries are all that a login sees: then there is no need to add up cohorts."""
    return bool(login.holds(COORDINATOR, ADMINISTRATOR) and not login.scope_of(TRAINER))


def _country_figures(login: Login, chosen: Filter) -> dict[str, Figures]:
    """Return figures by country: from a row a month where cohorts don't matter. Two queries."""
    if chosen.programme or not _reads_tallies(login):
        return totals_by(login, chosen, "country_code")
    tallies = Tally.objects.visible_to(login).filter(dimension=dimensions.ALL)
    return _with_heads(_sums(chosen.narrow(tallies), ("country_code",), _SUMS, None), login, chosen, ("country_code",))


def totals_by(login: Login, chosen: Filter, *columns: str, rows: Q | None = None) -> dict[Any, Figures]:
    """Return figures by one column, or by several as a tuple; what stands beside the log included. Two queries."""
    totals = _sums(chosen.narrow(totals_for(login)), columns, _SUMS, rows)
    return _with_heads(totals, login, chosen, columns, rows)


def _with_heads(
    totals: dict[Any, Any], login: Login, chosen: Filter, columns: tuple[str, ...], also: Q | None = None
) -> dict[Any, Figures]:
    """Return figures from sums of totals, with what is counted beside the log."""
    heads: dict[Any, tuple[int, ...]] = {}
    if not chosen.course:
        seen = policy.TOTALS.filter(Headcount.objects.all(), login)
        sums = {f"sum_{name}": Sum(name) for name in _HEADS}
        heads = _sums(chosen.narrow(seen, by_course=False), columns, sums, also)
    found = {}
    for key in {*totals, *heads}:
        enrolled, started, finished, completed, certified = totals.get(key, (0,) * len(STAGES))
        pending, trained = heads.get(key, (0, 0)) if not chosen.course else (None, None)
        found[key] = Figures(enrolled, completed, certified, started, finished, pending, trained)
    return found


def _sums(rows: QuerySet[Any], columns: tuple[str, ...], sums: dict[str, Any], also: Q | None) -> dict[Any, Any]:
    rows = rows.filter(also) if also is not None else rows
    found = rows.order_by().values_list(*columns).annotate(**sums).values_list(*columns, *sums)
    width = len(columns)
    return {(row[:width] if width > 1 else row[0]): row[width:] for row in found}


def _country_lines(
    login: Login, chosen: Filter, names: Mapping[str, str], reported: Mapping[str, Reported]
) -> list[Line]:
    figures = _country_figures(login, chosen)
    targets = _targets(login, chosen)
    nobody = Figures(pending=None, trained_others=None) if chosen.course else Figures()
    return [
        Line(
            code,
            name,
            figures.get(code, nobody),
            target=targets.get(code),
            reported=reported[code].reported if code in reported else None,
            sources=reported[code].total if code in reported else None,
        )
        for code, name in names.items()
        if code == (chosen.country or code)
    ]


def _targets(login: Login, chosen: Filter) -> dict[str, int]:
    """Return the officers to certify by country: of one programme, or of all that are not history.

    A target is for the whole of a programme and a country, so that there is none to compare with under a period
    or a course, or for somebody who sees some cohorts only.
    """
    if not chosen.period.is_all or chosen.course or not login.holds(COORDINATOR, ADMINISTRATOR):
        return {}
    rows = ProgrammeCountry.objects.filter(programme__in=Programme.objects.visible_to(login))
    rows = rows.filter(programme=chosen.programme) if chosen.programme else rows.filter(programme__is_historic=False)
    sums = rows.order_by().values_list("country__code").annotate(officers=Sum("target_officers"))
    return {code: officers for code, officers in sums if officers}


def line_label(line: Line) -> str:
    """Return the name of a cohort's line, or words for those who learn without one, or in one that is elsewhere."""
    if line.cohort is None:
        return gettext("No cohort, %(country)s") % {"country": line.country}
    return line.cohort_name or gettext("Another cohort, %(country)s") % {"country": line.country}


def percent_text(percent: int) -> str:
    """Return a percentage as the language of the page writes it."""
    return gettext("%(percent)s%%") % {"percent": percent}


def _by_name(names: Mapping[Key, str]) -> dict[Key, str]:
    return dict(sorted(names.items(), key=lambda item: sorting_key(item[1])))


def _own(login: Login) -> Q:
    """Return the countries of a coordinator's own scope, listed also before anything came from them."""
    ids = {pk for role in (COORDINATOR, ADMINISTRATOR) for pk in login.scope_of(role).country_ids}
    return Q(pk__in=ids)
