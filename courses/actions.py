"""The only writers of courses. Each says what happened as statements; rows follow from those.

Every action may be repeated: a double click or a second tab finds the statement that is there,
under the log's lock, and adds none. Ids of statements are random all the same: the same act on two
nodes has two times, and equal ids with unequal texts would be quarantined when the nodes meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions.invitations import Joined, join_cohort, register_by_invitation
from accounts.models import ActorAccount, Cohort, Login, Person
from courses.catalogue import CourseOutline, read_catalogue
from courses.completion import announce_completion
from courses.errors import (
    CodeNotForCourseError,
    CourseIsEmptyError,
    LessonNotInCourseError,
    NotYourEnrolmentError,
    SelfEnrolmentClosedError,
    UnknownCourseError,
)
from courses.models import Enrolment
from courses.parts import quizzes_of
from courses.progress import derive_lesson, enrolment_unit, lesson_unit, next_ordinal
from elearning.lib.ids import activity_iri
from records.actions import append_statements
from records.statements import Said, build_statement
from records.storage import hold_log, statements_of

PERIOD = 1


@dataclass(frozen=True, slots=True)
class Done:
    """What completing a lesson led to."""

    was_new: bool
    course_is_complete: bool


@transaction.atomic
def enrol(*, by: Login, course: CourseOutline, joined: Joined | None = None, at: datetime | None = None) -> Enrolment:
    """Enrol the login's person in a course, as things stand today; return the enrolment, new or old.

    Without `joined`, what came of an invitation code, the course must be open to self-enrolment.
    Raises CourseIsEmptyError, SelfEnrolmentClosedError, CodeNotForCourseError.
    """
    hold_log()
    unit = enrolment_unit(by.person.uuid, course.uuid, PERIOD)
    known = statements_of([unit])
    if not known:
        _check_may_enrol(course, joined)
        cohort = joined.cohort if joined else None
        actor = _actor_of(by.person)
        statement = build_statement(
            base=settings.ACTIVITY_BASE,
            actor_uuid=actor,
            verb="registered",
            activity=activity_iri(settings.ACTIVITY_BASE, "course", course.uuid),
            unit=("enrolment", unit),
            timestamp=at or timezone.now(),
            facts=_enrolment_facts(by.person, course, cohort),
            registration=unit,
        )
        append_statements(by=[actor], statements=[statement], known_units=known)
    enrolment: Enrolment = Enrolment.objects.select_related("progress").get(pk=unit)
    return enrolment


@transaction.atomic
def join_with_code(*, by: Login, code: str, language: str) -> Enrolment:
    """Join the cohort of an invitation code and enrol in its course. Raises what its two steps raise."""
    joined = join_cohort(person=by.person, code=code)
    return enrol(by=by, course=_course_of(joined, language), joined=joined)


@transaction.atomic
def register_with_code(*, code: str, language: str, **facts: Any) -> tuple[Login, Enrolment]:
    """Make a person with a login by an invitation code, and enrol: both or neither."""
    joined = register_by_invitation(code=code, language=language, **facts)
    assert joined.login is not None  # noqa: S101  # registering makes one
    return joined.login, enrol(by=joined.login, course=_course_of(joined, language), joined=joined)


@transaction.atomic
def start_lesson(*, by: Login, enrolment: Enrolment, lesson_uuid: UUID, at: datetime | None = None) -> bool:
    """Say once that the learner has begun a lesson; return whether that was new."""
    unit, known = _lesson_log(by, enrolment, lesson_uuid)
    if known:
        return False
    _say(enrolment, lesson_uuid, unit, known, ["initialized"], at or timezone.now())
    return True


@transaction.atomic
def note_place(*, by: Login, enrolment: Enrolment, lesson_uuid: UUID, place: UUID, at: datetime | None = None) -> bool:
    """Remember the block at which the learner reads; return whether that was new.

    The first place of a lesson also begins it: a GET has no effect, so nothing said so before.
    """
    unit, known = _lesson_log(by, enrolment, lesson_uuid)
    state = derive_lesson(unit, known)
    if state and state.place == str(place):
        return False
    verbs = ["progressed"] if known else ["initialized", "progressed"]
    facts = {"place": str(place), "ordinal": next_ordinal(known)}
    _say(enrolment, lesson_uuid, unit, known, verbs, at or timezone.now(), facts)
    return True


@transaction.atomic
def complete_lesson(*, by: Login, enrolment: Enrolment, lesson_uuid: UUID, at: datetime | None = None) -> Done:
    """Say once that the learner has read a lesson to its end; announce a course that this completes."""
    unit, known = _lesson_log(by, enrolment, lesson_uuid)
    state = derive_lesson(unit, known)
    was_new = not (state and state.completed_at)
    if was_new:
        verbs = ["completed"] if known else ["initialized", "completed"]
        _say(enrolment, lesson_uuid, unit, known, verbs, at or timezone.now())
    return Done(was_new, announce_completion(enrolment.pk))


def _check_may_enrol(course: CourseOutline, joined: Joined | None) -> None:
    if not course.lessons:
        raise CourseIsEmptyError
    if joined is None and not course.self_enrolment:
        raise SelfEnrolmentClosedError
    if joined is not None and joined.course_uuid != course.uuid:
        raise CodeNotForCourseError


def _course_of(joined: Joined, language: str) -> CourseOutline:
    course = read_catalogue().course(joined.course_uuid, language)
    if course is None:
        raise UnknownCourseError
    return course


def _enrolment_facts(person: Person, course: CourseOutline, cohort: Cohort | None) -> dict[str, Any]:
    quizzes = quizzes_of(course.uuid, course.language)
    return {
        "person": str(person.uuid),
        "course": str(course.uuid),
        "period": PERIOD,
        "edition": course.edition,
        "source_version": course.source_version,
        "language": course.language,
        "country": person.country.code,
        "agency": str(person.agency.uuid) if person.agency else None,
        "cohort": str(cohort.uuid) if cohort else None,
        "outline": {
            "lessons": [str(lesson.uuid) for lesson in course.lessons],
            "quizzes": [str(quiz.uuid) for quiz in quizzes if quiz.counts],
        },
    }


def _actor_of(person: Person) -> UUID:
    """Return the first account under which statements speak of a person."""
    account = person.actor_accounts.order_by("pk").first() or ActorAccount.objects.create(person=person)
    return account.uuid


def _lesson_log(by: Login, enrolment: Enrolment, lesson_uuid: UUID) -> tuple[UUID, list[Said]]:
    """Take the log and return the unit of a lesson visit with its statements, if `by` may add to them."""
    if enrolment.person_id != by.person.uuid:
        raise NotYourEnrolmentError
    if str(lesson_uuid) not in enrolment.outline["lessons"]:
        raise LessonNotInCourseError
    hold_log()
    unit = lesson_unit(enrolment.pk, lesson_uuid)
    return unit, statements_of([unit])


def _say(
    enrolment: Enrolment,
    lesson_uuid: UUID,
    unit: UUID,
    known: Sequence[Said],
    verbs: Sequence[str],
    at: datetime,
    facts: dict[str, Any] | None = None,
) -> None:
    """Append one statement a verb; `facts` go with the last."""
    base = {"enrolment": str(enrolment.pk), "lesson": str(lesson_uuid)}
    statements = [
        build_statement(
            base=settings.ACTIVITY_BASE,
            actor_uuid=enrolment.actor_uuid,
            verb=verb,
            activity=activity_iri(settings.ACTIVITY_BASE, "lesson", lesson_uuid),
            unit=("lesson", unit),
            timestamp=at,
            facts=base | (facts or {} if verb == verbs[-1] else {}),
            registration=enrolment.pk,
        )
        for verb in verbs
    ]
    append_statements(by=[enrolment.actor_uuid], statements=statements, known_units=known)
