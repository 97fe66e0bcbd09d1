"""What the coordinator's desk reads: rows of totals in scope, under one filter."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language, gettext

from accounts.models import Cohort, Country, Login
from accounts.policy import ADMINISTRATOR, COORDINATOR
from certificates.access import totals_for
from certificates.course_terms import course_titles
from certificates.figures import CohortFacts, Figures, Line, Report, TotalFacts, build_report, sorting_key
from elearning.lib.charts import Bar

_COLUMNS = ("country_code", "cohort_uuid", "course_uuid", "enrolled", "completed", "certified")
_LONGEST_CHART = 20

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Desk:
    """The report of one viewer under one filter, and what may be filtered by."""

    report: Report
    courses: Mapping[UUID, str]
    countries: Mapping[str, str]
    course: UUID | None
    country: str
    as_of: dt.datetime
    sees_countries: bool

    @property
    def query(self) -> str:
        """The filter as it stands in an address."""
        return urlencode({"course": self.course or "", "country": self.country})

    @property
    def is_by_cohort(self) -> bool:
        """Tell whether the chart compares cohorts: where there is one country to compare."""
        return len(self.report.countries) == 1 and bool(self.report.cohorts)

    @property
    def bars(self) -> list[Bar]:
        """The one chart: the share completed, by country or by cohort."""
        lines = (self.report.cohorts if self.is_by_cohort else self.report.countries)[:_LONGEST_CHART]
        return [bar_of(line, line_label(line) if self.is_by_cohort else line.country) for line in lines]


def open_desk(login: Login, wanted: Mapping[str, str]) -> Desk:
    """Return the desk of a login. `wanted` may hold a course and a country; 404 for one it can't see.

    Four queries, however many cohorts: totals, cohorts, countries, and the newest edit of a page.
    """
    totals = [
        TotalFacts(country, cohort, course, Figures(*counts))
        for country, cohort, course, *counts in totals_for(login).values_list(*_COLUMNS)
    ]
    cohorts = [CohortFacts(*row) for row in _cohorts(login)]
    codes = {each.country_code for each in totals} | {each.country_code for each in cohorts}
    countries = {country.code: country.name for country in Country.objects.filter(Q(code__in=codes) | _own(login))}
    courses = course_titles({each.course for each in totals}, get_language() or "en")
    course = _choice(wanted.get("course", ""), {str(uuid): uuid for uuid in courses})
    country = _choice(wanted.get("country", ""), {code: code for code in countries}) or ""
    return Desk(
        report=build_report(
            [row for row in totals if row.course == (course or row.course) and _is_in(country, row)],
            [row for row in cohorts if _is_in(country, row)],
            {code: name for code, name in countries.items() if code == (country or code)},
        ),
        courses=_by_name(courses),
        countries=_by_name(countries),
        course=course,
        country=country,
        as_of=timezone.now(),
        sees_countries=login.holds(COORDINATOR, ADMINISTRATOR),
    )


def line_label(line: Line) -> str:
    """Return the name of a cohort's line, or words for those who learn without one."""
    if line.cohort is None:
        return gettext("No cohort, %(country)s") % {"country": line.country}
    return line.cohort_name or gettext("Another cohort, %(country)s") % {"country": line.country}


def bar_of(line: Line, label: str) -> Bar:
    """Return a line as a bar of the share completed."""
    figures = line.figures
    if not figures.has_data:
        return Bar(label, 0, 0, gettext("No data"))
    base = gettext("%(part)s of %(whole)s") % {"part": figures.completed, "whole": figures.enrolled}
    return Bar(label, figures.completed, figures.enrolled, percent_text(figures.completed_percent), base)


def percent_text(percent: int) -> str:
    """Return a percentage as the language of the page writes it."""
    return gettext("%(percent)s%%") % {"percent": percent}


EXPORT_HEADER = (
    "country_code",
    "country",
    "cohort_uuid",
    "cohort",
    "course",
    "enrolled",
    "completed",
    "certified",
    "as_of",
)


def export_rows(desk: Desk) -> Iterator[tuple[Any, ...]]:
    """Yield the lines of the cohort table: the same filter, the same numbers; no data is an empty cell."""
    course = desk.courses[desk.course] if desk.course else gettext("All courses")
    as_of = desk.as_of.replace(microsecond=0)
    for line in desk.report.cohorts:
        figures = line.figures
        counts = (figures.enrolled, figures.completed, figures.certified) if figures.has_data else (None, None, None)
        yield (line.country_code, line.country, line.cohort, line_label(line), course, *counts, as_of)


def _by_name(names: Mapping[Key, str]) -> dict[Key, str]:
    return dict(sorted(names.items(), key=lambda item: sorting_key(item[1])))


def _cohorts(login: Login) -> Any:
    return Cohort.objects.visible_to(login).values_list("uuid", "name", "country__code")


def _own(login: Login) -> Q:
    """Return the countries of a coordinator's own scope, listed also before anything came from them."""
    ids = {pk for role in (COORDINATOR, ADMINISTRATOR) for pk in login.scope_of(role).country_ids}
    return Q(pk__in=ids)


def _choice(wanted: str, choices: Mapping[str, Any]) -> Any:
    if not wanted:
        return None
    if wanted not in choices:
        raise Http404
    return choices[wanted]


def _is_in(country: str, row: TotalFacts | CohortFacts) -> bool:
    return not country or row.country_code == country
