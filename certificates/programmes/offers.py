"""What can be chosen for a cohort: countries, agencies, programmes, courses and tests, all within scope."""

from typing import Any
from uuid import UUID

from accounts.models import Cohort
from assessments.models import Quiz
from certificates.models import CohortPlan
from certificates.programmes.access import agencies_to_run, countries_to_run, programmes_for
from certificates.programmes.forms import in_page_language, zones_of
from courses.catalogue import read_catalogue

_MOST_PARENTS = 200


def offers_for(login: Any, cohort: Cohort | None = None) -> dict[str, Any]:
    """Return the choices of CohortForm for a new cohort, or for one that is there."""
    language = in_page_language()
    courses = {each.uuid: each.title for each in read_catalogue().in_language(language)}
    quizzes = Quiz.objects.filter(course_uuid__in=courses)
    tests = {each.uuid: f"{courses[each.course_uuid]} – {each.title_in(language)}" for each in quizzes}
    countries = countries_to_run(login)
    agencies = agencies_to_run(login)
    return {
        "is_new": cohort is None,
        "country": countries,
        "agency": agencies.filter(country=cohort.country_id) if cohort else agencies,
        "programme": programmes_for(login),
        "parent": parents_for(login, cohort),
        "course_uuid": courses,
        "pre_test_quiz_uuid": tests,
        "post_test_quiz_uuid": tests,
        "course_of": {each.uuid: each.course_uuid for each in quizzes},
        "zones": zones_of(countries.values_list("code", flat=True)),
    }


def parents_for(login: Any, cohort: Cohort | None) -> Any:
    """Return the cohorts of trainers that this login sees, the one itself apart, and the parent it has already."""
    trains = Cohort.objects.visible_to(login).filter(plan__kind=CohortPlan.Kind.TRAINERS)
    others = trains.exclude(pk=cohort.pk) if cohort else trains
    keys = set(others.order_by("-starts_on")[:_MOST_PARENTS].values_list("pk", flat=True))
    if cohort is not None:
        keys |= set(CohortPlan.objects.filter(cohort=cohort, parent__isnull=False).values_list("parent", flat=True))
    return Cohort.objects.filter(pk__in=keys)


def course_title(course: UUID | None) -> str:
    """Return the title of a course on this page's language, "" where none is chosen or published."""
    outline = read_catalogue().course(course, in_page_language()) if course else None
    return outline.title if outline else ""
