"""What a page of the desk shows: a period, a course, a country, a programme; and the rows that are left of a scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404

from accounts.models import Login
from certificates.models import CohortPlan, Programme
from certificates.periods import EVERYTHING, Period, UnknownPeriodError, read_period

if TYPE_CHECKING:
    from django.db.models import QuerySet

Rows = TypeVar("Rows", bound="QuerySet[Any]")


@dataclass(frozen=True, slots=True)
class Filter:
    """What was chosen; an empty choice leaves everything in."""

    period: Period = EVERYTHING
    course: UUID | None = None
    country: str = ""
    programme: Programme | None = None

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        chosen = {
            "period": self.period.code,
            "course": self.course or "",
            "country": self.country,
            "programme": self.programme.uuid if self.programme else "",
        }
        return urlencode({name: value for name, value in chosen.items() if value})

    def narrow(self, rows: Rows, *, by_course: bool = True) -> Rows:
        """Return the rows of a month, a cohort and a country that are left."""
        if self.period.first:
            rows = rows.filter(month__gte=self.period.first, month__lte=self.period.last)
        if self.country:
            rows = rows.filter(country_code=self.country)
        if self.course and by_course:
            rows = rows.filter(course_uuid=self.course)
        if self.programme:
            rows = rows.filter(cohort_uuid__in=cohorts_of(self.programme))
        return rows


def cohorts_of(programme: Programme) -> Any:
    """Return the ids of a programme's cohorts, as a subquery."""
    return CohortPlan.objects.filter(programme=programme).values("cohort__uuid")


def read_filter(
    login: Login, wanted: Mapping[str, str], courses: Mapping[UUID, Any], countries: Mapping[str, Any]
) -> Filter:
    """Return what is wanted; Http404 for what this login can't see, whether it exists or not."""
    try:
        period = read_period(wanted.get("period", ""))
    except UnknownPeriodError as error:
        raise Http404 from error
    return Filter(
        period=period,
        course=_choice(wanted.get("course", ""), {str(uuid): uuid for uuid in courses}),
        country=_choice(wanted.get("country", ""), {code: code for code in countries}) or "",
        programme=_programme(login, wanted.get("programme", "")),
    )


def programmes_to_choose(login: Login) -> list[Programme]:
    """Return the programmes that have people: those loaded as history have none."""
    return list(Programme.objects.visible_to(login).filter(is_historic=False).order_by("code"))


def _programme(login: Login, wanted: str) -> Programme | None:
    if not wanted:
        return None
    try:
        uuid = UUID(wanted)
    except ValueError as error:
        raise Http404 from error
    found = Programme.objects.visible_to(login).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _choice(wanted: str, choices: Mapping[str, Any]) -> Any:
    if not wanted:
        return None
    if wanted not in choices:
        raise Http404
    return choices[wanted]
