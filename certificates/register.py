"""The register of certificates: which rows a filter shows to whom, and how each stands today."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Country, Login
from accounts.policy import ADMINISTRATOR, COORDINATOR
from certificates import policy
from certificates.awarded import course_award
from certificates.awarding.reminding import THRESHOLDS
from certificates.models import Award, HolderName
from certificates.serials import read_serial

_LONGEST_SEARCH = 60
STATES: Mapping[str, Any] = {
    "valid": _("Valid"),
    "ending": _("Ends within 90 days"),
    "expired": _("Expired"),
    "withdrawn": _("Withdrawn"),
    "replaced": _("Replaced by a new version"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What was asked for: free text, and choices of which each unknown one is as if not asked."""

    text: str = ""
    state: str = ""
    country: str = ""
    course: UUID | None = None
    year: int | None = None

    @property
    def query(self) -> str:
        """The filter as the query of an address."""
        given = {"q": self.text, "state": self.state, "country": self.country, "course": self.course, "year": self.year}
        return urlencode({name: str(value) for name, value in given.items() if value})


def read_filter(asked: Mapping[str, str]) -> Filter:
    """Return the filter that a query asks for."""
    try:
        course = UUID(asked.get("course", ""))
    except ValueError:
        course = None
    year = asked.get("year", "")
    state = asked.get("state", "")
    return Filter(
        # PostgreSQL takes no NUL in a text.
        text=asked.get("q", "").replace("\0", "").strip()[:_LONGEST_SEARCH],
        state=state if state in STATES else "",
        country=asked.get("country", "")[:2],
        course=course,
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,  # noqa: PLR2004
    )


def register_for(login: Login) -> QuerySet[Award]:
    """Return the certificates of the countries that a login runs; PermissionDenied for anybody else."""
    if not login.holds(COORDINATOR, ADMINISTRATOR):
        raise PermissionDenied
    return policy.AWARDS_RUN.filter(Award.objects.all(), login)


def narrowed(rows: QuerySet[Award], asked: Filter, today: dt.date) -> QuerySet[Award]:
    """Return those of the rows that a filter asks for, the newest first."""
    rows = rows.filter(_in_state(asked.state, today))
    if asked.country:
        rows = rows.filter(country__code=asked.country)
    if asked.course:
        rows = rows.filter(course_uuid=asked.course)
    if asked.year:
        rows = rows.filter(issued_at__year=asked.year)
    if asked.text:
        rows = rows.filter(_matching(asked.text))
    return rows.select_related("person", "country", "cohort").order_by("-issued_at", "uuid")


def countries_of(login: Login) -> dict[str, str]:
    """Return code -> name of the countries in which a login runs certificates and there are some. Two queries."""
    codes = register_for(login).order_by().values("country").distinct()
    return {each.code: each.name for each in Country.objects.filter(code__in=codes)}


def names_on(awards: Iterable[Award]) -> dict[UUID, HolderName]:
    """Return the names as they were awarded, by award; one that does not fit its statement is left out. One query."""
    rows = {each.uuid: each for each in awards}
    found = HolderName.objects.in_bulk(rows)
    return {uuid: name for uuid, name in found.items() if name.fits(rows[uuid])}


def state_of(award: Award, today: dt.date) -> str:
    """Return how a certificate stands on a day, by the names of STATES."""
    if award.revoked_at is not None:
        return "replaced" if award.is_superseded else "withdrawn"
    if award.valid_until is None:
        return "valid"
    if award.valid_until < today:
        return "expired"
    return "ending" if award.valid_until <= today + dt.timedelta(days=max(THRESHOLDS)) else "valid"


def is_trainers(award: Award) -> bool:
    """Tell whether an award is a trainer's, not a course's."""
    return award.award_uuid != course_award(award.course_uuid)


def _in_state(state: str, today: dt.date) -> Q:
    replaced = Q(revocation_reason="superseded")
    stands = Q(revoked_at__isnull=True)
    soon = today + dt.timedelta(days=max(THRESHOLDS))
    return {
        "": ~replaced,
        "valid": stands & (Q(valid_until__isnull=True) | Q(valid_until__gte=today)),
        "ending": stands & Q(valid_until__range=(today, soon)),
        "expired": stands & Q(valid_until__lt=today),
        "withdrawn": Q(revoked_at__isnull=False) & ~replaced,
        "replaced": replaced,
    }[state]


def _matching(text: str) -> Q:
    """Return what finds a certificate: its number, the name on it, or the person's name and service number today."""
    number = read_serial(text)
    if number is not None:
        return Q(serial=number)
    printed = HolderName.objects.filter(Q(full_name__icontains=text) | Q(full_name_other__icontains=text))
    return (
        Q(pk__in=printed.values("pk"))
        | Q(person__full_name__icontains=text)
        | Q(person__full_name_other__icontains=text)
        | Q(person__service_number__iexact=text)
        | Q(serial__startswith=text.upper())
    )
