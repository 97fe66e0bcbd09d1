"""Which edition of a course somebody meets: the enrolment's, else their country's, else the one for everybody."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from accounts.territories import territory_name
from courses.catalogue import INTERNATIONAL, Catalogue, CourseOutline, is_national


def edition_of_country(country: Any) -> str:
    """Return the name of a country's edition: its ISO 3166-1 code in small letters."""
    code: str = country.code
    return code.lower()


def edition_name(edition: str, language: str) -> str:
    """Return what readers call an edition: the country's name, or 'International'."""
    if edition == INTERNATIONAL:
        return gettext("International")
    return territory_name(edition.upper(), language) if is_national(edition) else edition


def country_edition(login: Any) -> str:
    """Return the name of the edition of a reader's country; "" for a visitor. No query."""
    return edition_of_country(login.person.country) if login.is_authenticated else ""


def own_course(catalogue: Catalogue, login: Any, course: UUID, language: str, enrolment: Any) -> CourseOutline | None:
    """Return a course as a reader meets it, in the edition of the enrolment where there is one."""
    wanted = [enrolment.edition] if enrolment else []
    edition = catalogue.edition_for(course, *wanted, country_edition(login))
    return catalogue.course(course, language, edition)


def met_at(catalogue: Catalogue, login: Any, named: CourseOutline, language: str, enrolment: Any) -> CourseOutline:
    """Return the course that a reader meets at the address of an edition.

    An address names an edition to visitors and to staff, who look into all of them. A learner has one: an officer of
    Mali who follows a link to the international course learns the law of Mali.
    """
    if not login.is_authenticated or login.has_roles:
        return named
    return own_course(catalogue, login, named.uuid, language, enrolment) or named
