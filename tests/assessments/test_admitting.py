"""What a device may say of attempts: of papers that were given to its own learner, and of no exam."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from assessments import admitting
from assessments.actions.freezing import freeze_paper
from assessments.admitting import judge_attempt_statements
from assessments.bank import practice_sheet_of
from assessments.models import Quiz
from assessments.papers import keep_practice_paper
from tests.assessments.saying import DEVICE, Saying, device, saying_of
from tests.factories.assessments import QuizFactory, make_course, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    yield
    admitting.kept.clear()


@pytest.fixture
def carried(course):
    paper, _sheet = freeze_paper(course.quiz, course.enrolment, 1, timezone.now(), device=UUID(DEVICE))
    return saying_of(paper)


def sit(saying):
    saying.begin(device=device(1, 0))
    saying.answer(1, "q0", "a", device=device(2, 1000))
    saying.hand_in(2, device=device(3, 2000))
    return saying


def reasons(saying, actor=None):
    judged = judge_attempt_statements(saying.said, actor or saying.actor)
    assert set(judged) == {said.id for said in saying.said}
    return set(judged.values())


def test_an_own_paper_is_admitted_for_one_query_and_then_for_none(carried, django_assert_num_queries):
    sit(carried)
    with django_assert_num_queries(1):
        assert reasons(carried) == {None}
    with django_assert_num_queries(0):
        assert reasons(carried) == {None}


def test_an_unknown_paper_is_refused(course):
    saying = sit(Saying(actor=course.enrolment.actor_uuid, enrolment=course.enrolment.pk, quiz=course.quiz.uuid))
    assert reasons(saying) == {"paper-unknown"}


def test_anothers_paper_is_refused(carried):
    carried.actor = make_course().enrolment.actor_uuid
    assert reasons(sit(carried)) == {"paper-not-yours"}


@pytest.mark.parametrize(
    "other",
    [{"paper": "other"}, {"quiz": uuid4()}, {"enrolment": uuid4()}, {"number": 2}],
    ids=lambda each: next(iter(each)),
)
def test_a_beginning_that_names_something_else_is_refused(carried, other):
    for name, value in other.items():
        setattr(carried, name, value)
    carried.begin(device=device(1, 0))
    assert reasons(carried) == {"paper-not-yours"}


def test_an_exam_is_refused(course):
    exam = QuizFactory.create(course_uuid=course.uuid, quiz_class=Quiz.Class.EXAM)
    paper, _sheet = freeze_paper(exam, course.enrolment, 1, timezone.now())
    assert reasons(sit(saying_of(paper))) == {"exam-on-a-device"}


def test_facts_of_any_form_are_judged_and_raise_nothing(carried):
    odd: Any
    for odd in (None, 7, [], {"x": []}, "text", True):
        carried.say("initialized", 0, dict.fromkeys(("enrolment", "quiz", "paper", "number"), odd))
    assert reasons(carried) == {"paper-not-yours"}
    stray = Saying(attempt=uuid4(), said=[])
    for odd in (None, 7, [], {"x": []}, "text", True):
        stray.say("initialized", 0, dict.fromkeys(("enrolment", "quiz", "paper", "number"), odd))
    assert reasons(stray) == {"paper-unknown"}


@pytest.fixture
def practice(course):
    make_question(course_uuid=course.uuid, is_practice=True)
    quiz = QuizFactory.create(course_uuid=course.uuid, quiz_class=Quiz.Class.PRACTICE)
    paper = keep_practice_paper(quiz.uuid, practice_sheet_of(quiz))
    return Saying(actor=course.enrolment.actor_uuid, enrolment=course.enrolment.pk, quiz=quiz.uuid, paper=paper.sha256)


def test_practice_is_admitted_in_the_batch_that_begins_it_and_later(practice):
    sit(practice)
    assert reasons(practice) == {None}
    practice.send()
    practice.said = practice.said[1:]
    assert reasons(practice) == {None}
    practice.begin(9, device=device(4, 0))
    assert reasons(practice) == {None}


def test_practice_that_nobody_began_is_unknown(practice):
    sit(practice).said.pop(0)
    assert reasons(practice) == {"paper-unknown"}


def test_nobody_practises_in_anothers_name_or_goes_on_with_anothers_attempt(practice):
    other = make_course().enrolment
    forged = Saying(actor=other.actor_uuid, enrolment=practice.enrolment, quiz=practice.quiz, paper=practice.paper)
    assert reasons(sit(forged)) == {"paper-not-yours"}
    sit(practice).send()
    taken = Saying(practice.attempt, other.actor_uuid, other.pk, practice.quiz, 1, practice.paper)
    assert reasons(sit(taken)) == {"paper-not-yours"}
