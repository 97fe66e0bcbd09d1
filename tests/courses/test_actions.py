"""Enrolling, reading and completing: who may, what is said, and that a repeat says nothing."""

from typing import Any
from uuid import uuid4

import pytest

from accounts.actions.invitations import join_cohort
from accounts.errors import InvitationClosedError, InvitationUnknownError
from accounts.models import CohortMember
from courses import completion
from courses.actions import (
    complete_lesson,
    enrol,
    join_with_code,
    note_place,
    register_with_code,
    start_lesson,
)
from courses.catalogue import CourseOutline
from courses.errors import (
    CodeNotForCourseError,
    CourseIsEmptyError,
    LessonNotInCourseError,
    NotYourEnrolmentError,
    SelfEnrolmentClosedError,
    UnknownCourseError,
)
from courses.models import ActivityState, CourseProgress, Enrolment
from records.models import QuarantinedStatement, Statement
from tests.factories.accounts import CohortFactory, InvitationCodeFactory, make_login
from tests.factories.courses import make_course, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> CourseOutline:
    return make_course()


@pytest.fixture
def login() -> Any:
    return make_login()


def verbs() -> list[str]:
    return list(Statement.objects.order_by("sequence").values_list("verb", flat=True))


def test_enrolment_freezes_where_the_person_serves_and_what_the_course_is(course: CourseOutline, login: Any) -> None:
    enrolment = enrol(by=login, course=course)
    assert (enrolment.person_id, enrolment.course_uuid) == (login.person.uuid, course.uuid)
    assert (enrolment.country_id, enrolment.agency_id) == ("ML", login.person.agency.uuid)
    assert (enrolment.language, enrolment.source_version, enrolment.cohort_id) == ("en", "1", None)
    assert enrolment.outline == {"lessons": [str(each.uuid) for each in course.lessons], "quizzes": []}
    assert (enrolment.progress.activities_total, enrolment.progress.completed_at) == (2, None)


def test_enrolling_twice_says_it_once(course: CourseOutline, login: Any) -> None:
    assert enrol(by=login, course=course) == enrol(by=login, course=course)
    assert verbs() == ["registered"]
    assert not QuarantinedStatement.objects.exists()


def test_course_without_self_enrolment_needs_a_code(login: Any) -> None:
    closed = make_course("closed", self_enrolment=False)
    with pytest.raises(SelfEnrolmentClosedError):
        enrol(by=login, course=closed)
    assert not Statement.objects.exists()


def test_empty_course_takes_nobody(login: Any) -> None:
    with pytest.raises(CourseIsEmptyError):
        enrol(by=login, course=make_course("empty", lessons=0))


def test_code_joins_the_cohort_and_enrols(login: Any) -> None:
    closed = make_course("closed", self_enrolment=False)
    invitation = InvitationCodeFactory.create(course_uuid=closed.uuid)
    enrolment = join_with_code(by=login, code=invitation.code, language="en")
    assert enrolment is not None
    assert enrolment.cohort_id == invitation.cohort.uuid
    assert CohortMember.objects.filter(cohort=invitation.cohort, person=login.person).exists()


def test_code_twice_is_one_enrolment_and_one_use(login: Any, course: CourseOutline) -> None:
    invitation = InvitationCodeFactory.create(course_uuid=course.uuid)
    first = join_with_code(by=login, code=invitation.code, language="en")
    assert join_with_code(by=login, code=invitation.code, language="en") == first
    invitation.refresh_from_db()
    assert invitation.uses_left == 9


def test_unknown_code_changes_nothing(login: Any) -> None:
    with pytest.raises(InvitationUnknownError):
        join_with_code(by=login, code="NOSUCH22", language="en")


def test_code_of_an_unpublished_course_spends_no_use(login: Any) -> None:
    invitation = InvitationCodeFactory.create(course_uuid=uuid4())
    with pytest.raises(UnknownCourseError):
        join_with_code(by=login, code=invitation.code, language="en")
    invitation.refresh_from_db()
    assert invitation.uses_left == 10
    assert not CohortMember.objects.exists()


def test_code_of_another_course_does_not_open_this_one(login: Any, course: CourseOutline) -> None:
    joined = join_cohort(person=login.person, code=InvitationCodeFactory.create().code)
    with pytest.raises(CodeNotForCourseError):
        enrol(by=login, course=course, joined=joined)


def test_newcomer_gets_account_and_enrolment_in_one_act(course: CourseOutline) -> None:
    invitation = InvitationCodeFactory.create(course_uuid=course.uuid, cohort=CohortFactory.create())
    login, enrolment = register_with_code(
        code=invitation.code, full_name="A. Traoré", service_number="77", password="correct horse", language="fr"
    )
    assert enrolment is not None
    assert enrolment.person_id == login.person.uuid
    assert not login.has_roles
    assert enrolment.cohort_id == invitation.cohort.uuid


def test_newcomer_with_a_used_up_code_gets_nothing(course: CourseOutline) -> None:
    invitation = InvitationCodeFactory.create(course_uuid=course.uuid, uses_left=0)
    with pytest.raises(InvitationClosedError):
        register_with_code(code=invitation.code, full_name="A", service_number="7", password="x" * 12, language="en")
    assert not Enrolment.objects.exists()


def test_lesson_begins_once(course: CourseOutline, login: Any) -> None:
    enrolment = make_enrolment(login, course)
    lesson = course.lessons[0].uuid
    assert start_lesson(by=login, enrolment=enrolment, lesson_uuid=lesson)
    assert not start_lesson(by=login, enrolment=enrolment, lesson_uuid=lesson)
    assert verbs() == ["registered", "initialized"]


def test_first_place_begins_the_lesson_and_a_repeat_says_nothing(course: CourseOutline, login: Any) -> None:
    enrolment = make_enrolment(login, course)
    facts: dict[str, Any] = {"by": login, "enrolment": enrolment, "lesson_uuid": course.lessons[0].uuid}
    first, second = uuid4(), uuid4()
    assert note_place(**facts, place=first)
    assert not note_place(**facts, place=first)
    assert note_place(**facts, place=second)
    assert note_place(**facts, place=first)
    state = ActivityState.objects.get()
    assert (state.place, state.completed_at) == (str(first), None)
    assert verbs() == ["registered", "initialized", "progressed", "progressed", "progressed"]


def test_completing_twice_says_it_once(course: CourseOutline, login: Any) -> None:
    enrolment = make_enrolment(login, course)
    lesson = course.lessons[0].uuid
    assert complete_lesson(by=login, enrolment=enrolment, lesson_uuid=lesson).was_new
    assert not complete_lesson(by=login, enrolment=enrolment, lesson_uuid=lesson).was_new
    assert verbs() == ["registered", "initialized", "completed"]
    assert CourseProgress.objects.get().activities_completed == 1


def test_last_lesson_announces_the_course_also_when_repeated(
    course: CourseOutline, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(completion, "_listeners", [lambda enrolment: heard.append(enrolment.pk)])
    enrolment = make_enrolment(login, course, completed_lessons=1)
    assert heard == []
    last: dict[str, Any] = {"by": login, "enrolment": enrolment, "lesson_uuid": course.lessons[1].uuid}
    assert complete_lesson(**last).course_is_complete
    complete_lesson(**last)
    assert heard == [enrolment.pk, enrolment.pk]


def test_failure_of_a_listener_takes_the_completion_back(
    course: CourseOutline, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_enrolment: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(completion, "_listeners", [fail])
    enrolment = make_enrolment(login, course, completed_lessons=1)
    with pytest.raises(RuntimeError):
        complete_lesson(by=login, enrolment=enrolment, lesson_uuid=course.lessons[1].uuid)
    assert CourseProgress.objects.get().activities_completed == 1


def test_nobody_speaks_for_another_persons_enrolment(course: CourseOutline, login: Any) -> None:
    enrolment = make_enrolment(login, course)
    with pytest.raises(NotYourEnrolmentError):
        complete_lesson(
            by=make_login("administrator", everywhere=True), enrolment=enrolment, lesson_uuid=course.lessons[0].uuid
        )
    assert verbs() == ["registered"]


def test_lesson_outside_the_frozen_outline_is_refused(course: CourseOutline, login: Any) -> None:
    enrolment = make_enrolment(login, course)
    with pytest.raises(LessonNotInCourseError):
        complete_lesson(by=login, enrolment=enrolment, lesson_uuid=uuid4())


def test_enrolments_are_visible_to_self_trainer_and_coordinator(course: CourseOutline, login: Any) -> None:
    invitation = InvitationCodeFactory.create(course_uuid=course.uuid)
    enrolment = join_with_code(by=login, code=invitation.code, language="en")
    assert enrolment is not None
    coordinator = make_login("coordinator", login.person.country)
    trainer, stranger = make_login("trainer", login.person.country), make_login()
    CohortMember.objects.create(
        cohort=invitation.cohort, person=trainer.person, role="trainer", joined_at=enrolment.enrolled_at
    )
    for viewer in (login, coordinator, trainer, make_login("administrator", everywhere=True)):
        assert list(Enrolment.objects.visible_to(viewer)) == [enrolment]
    assert not Enrolment.objects.visible_to(stranger).exists()
    assert not Enrolment.objects.visible_to(make_login("editor", login.person.country)).exists()
