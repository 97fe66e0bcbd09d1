"""What a cohort's plan means for who joins: its places, and the course that learners begin when they come in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from accounts.models import Cohort, InvitationCode, Login, Person
from certificates.models import CohortPlan
from courses.actions import enrol_people, take_back_enrolments
from courses.catalogue import CourseOutline, read_catalogue


def register() -> None:
    """Tell accounts; AppConfig.ready calls this."""
    from accounts.joining import registry  # noqa: PLC0415  # models are ready only now

    registry.register_capacity(places_of)
    registry.on_admitted(begin_course)
    registry.on_taken_back(end_course)


def places_of(cohort: Cohort) -> int | None:
    """Return how many learners a cohort has places for, by its plan; None where no number was set. One query."""
    return CohortPlan.objects.filter(cohort=cohort).values_list("capacity", flat=True).first()


def course_uuid_of(cohort: Cohort) -> UUID | None:
    """Return the course of a cohort: its plan's, else the one that its newest invitation code opens."""
    planned = CohortPlan.objects.filter(cohort=cohort).values_list("course_uuid", flat=True).first()
    if planned is not None:
        return planned
    codes = InvitationCode.objects.filter(cohort=cohort).order_by("-created_at", "-pk")
    return codes.values_list("course_uuid", flat=True).first()


def course_of(cohort: Cohort) -> CourseOutline | None:
    """Return that course in the cohort's language, else in any it is published in; None while it is not."""
    course_uuid = course_uuid_of(cohort)
    if course_uuid is None:
        return None
    catalogue = read_catalogue()
    found = (catalogue.course(course_uuid, language) for language in (cohort.language, "en", "fr"))
    return next((course for course in found if course is not None and course.lessons), None)


def begin_course(by: Login, cohort: Cohort, people: Sequence[Person]) -> None:
    """Enrol learners whom staff let in. A cohort without a published course has learners, and nothing to learn yet."""
    course = course_of(cohort)
    if course is not None:
        enrol_people(by=by, people=people, course=course, cohort=cohort)


def end_course(by: Login, cohort: Cohort, people: Sequence[Person], since: datetime) -> None:
    """Take back what coming in began."""
    take_back_enrolments(by=by, people=people, cohort=cohort, since=since)
