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
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions.invitations import Joined, join_cohort, register_by_invitation
from accounts.models import ActorAccount, Cohort, Login, Person
from accounts.policy import COHORTS, COHORTS_RUN
from courses.access import may_see
from courses.catalogue import Catalogue, CourseOutline, read_catalogue
from courses.completion import announce_completion
from courses.editions.choosing import edition_of_country
from courses.errors import (
    CodeNotForCourseError,
    CourseIsEmptyError,
    LessonNotInCourseError,
    NotYourEnrolmentError,
    ReservedCourseError,
    SelfEnrolmentClosedError,
    UnknownCourseError,
)
from courses.models import Enrolment
from courses.parts import quizzes_of
from courses.progress import derive_enrolment, derive_lesson, enrolment_unit, lesson_unit, next_ordinal
from elearning.lib.ids import activity_iri
from records.actions import append_statements
from records.aliases import is_own
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
    Raises ReservedCourseError, CourseIsEmptyError, SelfEnrolmentClosedError, CodeNotForCourseError.
    """
    hold_log()
    unit = enrolment_unit(by.person.uuid, course.uuid, PERIOD)
    known = statements_of([unit])
    if derive_enrolment(unit, known) is None:
        # Enrolled before under another record, that was merged into this one.
        before = Enrolment.objects.of(by).filter(course_uuid=course.uuid, period=PERIOD)
        merged: Enrolment | None = before.select_related("progress").first()
        if merged is not None:
            return merged
        _check_may_enrol(by, course, joined)
        facts = _enrolment_facts(by.person, course, joined.cohort if joined else None)
        actor = _actor_of(by.person)
        statement = _about_enrolment(unit, actor, "registered", at or timezone.now(), course.uuid, facts)
        append_statements(by=[actor], statements=[statement], known_units=known)
    enrolment: Enrolment = Enrolment.objects.select_related("progress").get(pk=unit)
    return enrolment


@transaction.atomic
def enrol_people(*, by: Login, people: Sequence[Person], course: CourseOutline, cohort: Cohort) -> int:
    """Enrol learners whom staff let into a cohort, with a login or without; return how many were not enrolled yet.

    Each is enrolled under their own name: whose work it will be, not whose decision it was, which is audited by the
    act that let them in; and in the edition of their own country. A handful of queries for any number.
    Raises PermissionDenied outside `by`'s cohorts, CourseIsEmptyError.
    """
    if not COHORTS.allows(by, cohort):
        raise PermissionDenied
    if not course.lessons:
        raise CourseIsEmptyError
    hold_log()
    units = {enrolment_unit(person.uuid, course.uuid, PERIOD): person for person in people}
    known: dict[UUID, list[Said]] = {unit: [] for unit in units}
    for said in statements_of(units):
        known[said.unit_uuid].append(said)
    fresh = [unit for unit in units if derive_enrolment(unit, known[unit]) is None]
    accounts = _actors_of([units[unit] for unit in fresh])
    quizzes = [str(quiz.uuid) for quiz in quizzes_of(course.uuid, course.language) if quiz.counts]
    catalogue, now = read_catalogue(), timezone.now()
    statements = [
        _about_enrolment(
            unit,
            accounts[units[unit].pk],
            "registered",
            now,
            course.uuid,
            _enrolment_facts(units[unit], _edition_for(units[unit], course, catalogue), cohort, quizzes),
        )
        for unit in fresh
    ]
    append_statements(
        by=set(accounts.values()), statements=statements, known_units=[each for rows in known.values() for each in rows]
    )
    return len(fresh)


@transaction.atomic
def take_back_enrolments(*, by: Login, people: Sequence[Person], cohort: Cohort, since: datetime) -> int:
    """Take back the enrolments that began in a cohort by mistake since a moment; return how many.

    The statements stay; no row follows from them until somebody is enrolled anew. Who has begun a lesson keeps the
    enrolment, whatever the caller thinks. Raises PermissionDenied outside the cohorts that `by` runs.
    """
    if not COHORTS_RUN.allows(by, cohort):
        raise PermissionDenied
    hold_log()
    enrolments = Enrolment.objects.filter(
        cohort=cohort,
        person__in=[person.uuid for person in people],
        enrolled_at__gte=since,
        activity_states__isnull=True,
    )
    now = timezone.now()
    statements = [
        _about_enrolment(each.pk, each.actor_uuid, "revoked", now, each.course_uuid, {"cohort": str(cohort.uuid)})
        for each in enrolments
    ]
    actors = {each.actor_uuid for each in enrolments}
    append_statements(by=actors, statements=statements)
    return len(statements)


@transaction.atomic
def enrol_again(
    *, by: Login, course: CourseOutline, period: int, with_lessons: bool = True, at: datetime | None = None
) -> Enrolment:
    """Enrol the login's person in a later period of a course, to renew what was learnt; the periods before stay.

    Whoever calls has judged that the renewal is open. Without lessons only the tests are asked anew. A second call
    for a period returns its enrolment. The new one belongs to no cohort: that of years ago is not counted twice.
    """
    hold_log()
    unit = enrolment_unit(by.person.uuid, course.uuid, period)
    known = statements_of([unit])
    if not known:
        facts = _enrolment_facts(by.person, course, None) | {"period": period}
        if not with_lessons:
            facts["outline"] = facts["outline"] | {"lessons": []}
        actor = _actor_of(by.person)
        statement = build_statement(
            base=settings.ACTIVITY_BASE,
            actor_uuid=actor,
            verb="registered",
            activity=activity_iri(settings.ACTIVITY_BASE, "course", course.uuid),
            unit=("enrolment", unit),
            timestamp=at or timezone.now(),
            facts=facts,
            registration=unit,
        )
        append_statements(by=[actor], statements=[statement], known_units=known)
    enrolment: Enrolment = Enrolment.objects.select_related("progress").get(pk=unit)
    return enrolment


@transaction.atomic
def join_with_code(*, by: Login, code: str, language: str) -> Enrolment | None:
    """Join the cohort of an invitation code and enrol in its course; None for who waits for a place.

    Raises what its two steps raise.
    """
    joined = join_cohort(person=by.person, code=code)
    return _begin(by, joined, language)


@transaction.atomic
def register_with_code(*, code: str, language: str, **facts: Any) -> tuple[Login, Enrolment | None]:
    """Make a person with a login by an invitation code, and enrol: both or neither; None for who waits for a place."""
    joined = register_by_invitation(code=code, language=language, **facts)
    assert joined.login is not None  # noqa: S101  # registering makes one
    return joined.login, _begin(joined.login, joined, language)


def _begin(by: Login, joined: Joined, language: str) -> Enrolment | None:
    course = _course_of(joined, language)
    if not may_see(by, course):
        raise ReservedCourseError
    return None if joined.is_waiting else enrol(by=by, course=course, joined=joined)


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


def _check_may_enrol(by: Login, course: CourseOutline, joined: Joined | None) -> None:
    if not may_see(by, course):
        raise ReservedCourseError
    if not course.lessons:
        raise CourseIsEmptyError
    if joined is None and not course.self_enrolment:
        raise SelfEnrolmentClosedError
    if joined is not None and joined.course_uuid != course.uuid:
        raise CodeNotForCourseError


def _course_of(joined: Joined, language: str) -> CourseOutline:
    course = read_catalogue().course(joined.course_uuid, language, edition_of_country(joined.person.country))
    if course is None:
        raise UnknownCourseError
    return course


def _edition_for(person: Person, course: CourseOutline, catalogue: Catalogue) -> CourseOutline:
    """Return the course in the edition of a person's country, where one with lessons is published."""
    own = catalogue.course(course.uuid, course.language, edition_of_country(person.country))
    return own if own and own.lessons else course


def _about_enrolment(
    unit: UUID, actor: UUID, verb: str, at: datetime, course_uuid: UUID, facts: dict[str, Any]
) -> dict[str, Any]:
    return build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb=verb,
        activity=activity_iri(settings.ACTIVITY_BASE, "course", course_uuid),
        unit=("enrolment", unit),
        timestamp=at,
        facts=facts,
        registration=unit,
    )


def _enrolment_facts(
    person: Person, course: CourseOutline, cohort: Cohort | None, quizzes: list[str] | None = None
) -> dict[str, Any]:
    if quizzes is None:
        quizzes = [str(quiz.uuid) for quiz in quizzes_of(course.uuid, course.language) if quiz.counts]
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
            "quizzes": quizzes,
        },
    }


def _actor_of(person: Person) -> UUID:
    """Return the first account under which statements speak of a person."""
    account = person.actor_accounts.order_by("pk").first() or ActorAccount.objects.create(person=person)
    return account.uuid


def _actors_of(people: Sequence[Person]) -> dict[int, UUID]:
    """Return the first account of each person, by the person's key. One query for those who have one: nearly all."""
    rows = ActorAccount.objects.filter(person__in=people).order_by("-pk").values_list("person_id", "uuid")
    found = dict(rows)
    return {person.pk: found.get(person.pk) or _actor_of(person) for person in people}


def _lesson_log(by: Login, enrolment: Enrolment, lesson_uuid: UUID) -> tuple[UUID, list[Said]]:
    """Take the log and return the unit of a lesson visit with its statements, if `by` may add to them."""
    if not is_own(enrolment.person_id, by.person.uuid):
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
