"""What a result shows is what its author chose, and never more before its time (S5)."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.policy import COORDINATOR
from assessments.accommodating import accommodation_unit
from assessments.actions import hand_in, save_response, start_attempt
from assessments.actions.exams import open_exam, start_exam
from assessments.models import Accommodation, Attempt, QuizWindow
from assessments.results import AFTERWARDS, AT_ONCE, OBJECTIVES, SCORE, Standing
from tests.assessments.sitting import answer_right, answer_wrong, questions_of, responses_to
from tests.factories.accounts import CohortFactory, CohortMemberFactory, make_login, sign_in
from tests.factories.assessments import CANARY, enrol_by_statement, make_course

HOUR = dt.timedelta(hours=1)
PRESETS = (SCORE, OBJECTIVES, AFTERWARDS, AT_ONCE)
pytest_db = pytest.mark.django_db


def sit(course, answering, attempt=None):
    attempt = attempt or start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    for question, given_ in zip(questions_of(attempt), responses_to(attempt, answering), strict=True):
        save_response(by=course.login, attempt=attempt, question=question, given=given_, nonce="n")
    hand_in(by=course.login, attempt=attempt)
    return attempt


def result(course, attempt):
    page = sign_in(Client(), course.login).get(reverse("assessments:attempt-result", args=[attempt]))
    assert page.status_code == 200
    return page.content.decode()


def shows(page):
    """Return what a result page shows: the bars, the keys."""
    return {"bars": 'id="objectives"' in page, "keys": CANARY in page}


def window(course, closes):
    QuizWindow.objects.update_or_create(
        quiz=course.quiz, cohort=course.enrolment.cohort, defaults={"opens_at": None, "closes_at": closes}
    )


@pytest_db
@pytest.mark.parametrize(
    ("preset", "failed", "passed"),
    [
        (SCORE, (False, False), (False, False)),
        (OBJECTIVES, (True, False), (True, False)),
        (AFTERWARDS, (True, False), (True, True)),
        (AT_ONCE, (True, True), (True, True)),
    ],
)
def test_each_preset_shows_what_it_says(preset, failed, passed):
    course = make_course(review=preset)
    page = result(course, sit(course, answer_wrong))
    assert tuple(shows(page).values()) == failed
    assert 'class="score' in page
    page = result(course, sit(course, answer_right))
    assert tuple(shows(page).values()) == passed
    assert "You have passed" in page


@pytest_db
@pytest.mark.parametrize("preset", [SCORE, OBJECTIVES])
def test_after_the_last_attempt_too_nothing_is_promised_that_never_comes(preset):
    course = make_course(review=preset, attempt_limit=1)
    page = result(course, sit(course, answer_wrong))
    assert CANARY not in page
    assert "come after you pass" not in page
    assert "does not show its right answers" in page


@pytest_db
def test_keys_that_come_at_once_stay_closed_while_another_attempt_is_open():
    course = make_course(review=AT_ONCE)
    first = sit(course, answer_wrong)
    assert CANARY in result(course, first)
    start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment)
    assert CANARY not in result(course, first)


@pytest_db
def test_while_the_class_may_still_sit_it_a_passed_result_holds_its_keys_back():
    course = make_course(cohort=CohortFactory.create())
    window(course, timezone.now() + HOUR)
    attempt = sit(course, answer_right)
    page = result(course, attempt)
    assert CANARY not in page
    assert "when the test has closed to your class" in page
    window(course, timezone.now() - dt.timedelta(seconds=1))
    assert CANARY in result(course, attempt)


@pytest_db
def test_the_closing_has_come_only_when_it_has_for_who_is_granted_more_time():
    cohort = CohortFactory.create()
    course = make_course(cohort=cohort, time_limit_s=7200)
    attempt = sit(course, answer_right)
    window(course, timezone.now() - dt.timedelta(minutes=30))
    assert CANARY in result(course, attempt)
    peer = make_login()
    enrol_by_statement(peer, course.uuid, course.lessons, [course.quiz.uuid], cohort=cohort)
    person = peer.person.uuid
    Accommodation.write([Accommodation(uuid=accommodation_unit(person), person_uuid=person, time_percent=150)])
    # Two hours and a half: the peer may sit it for half an hour yet.
    assert CANARY not in result(course, attempt)


@pytest_db
@pytest.mark.parametrize("preset", PRESETS)
def test_an_exam_never_shows_its_keys_before_the_closing(preset):
    cohort = CohortFactory.create()
    course = make_course(quiz_class="exam", cohort=cohort, review=preset, attempt_limit=1, time_limit_s=600)
    window(course, timezone.now() + HOUR)
    CohortMemberFactory.create(cohort=cohort, person=course.login.person)
    _opening, code = open_exam(by=make_login(COORDINATOR, cohort.country), cohort=cohort, quiz=course.quiz, minutes=30)
    attempt = start_exam(by=course.login, quiz=course.quiz, enrolment=course.enrolment, code=code).pk
    sit(course, answer_right, attempt)
    assert Attempt.objects.get(pk=attempt).is_passed
    assert CANARY not in result(course, attempt)
    window(course, timezone.now() - HOUR)
    assert (CANARY in result(course, attempt)) == (preset in {AFTERWARDS, AT_ONCE})


STANDINGS = st.builds(
    Standing,
    is_passed=st.booleans(),
    attempts_left=st.integers(0, 3),
    has_open=st.booleans(),
    is_practice=st.just(value=False),
    review=st.sampled_from(PRESETS),
    is_exam=st.booleans(),
    is_still_sat=st.booleans(),
)


@given(standing=STANDINGS)
def test_keys_open_only_where_the_preset_and_the_time_let_them(standing):
    if standing.keys_are_open:
        assert not standing.has_open
        assert not standing.keys_never_open
        assert not (standing.is_exam and standing.is_still_sat)
        assert standing.is_over or standing.review == AT_ONCE
        assert standing.shows_objectives
    if standing.review == AFTERWARDS and not standing.is_still_sat:
        assert standing.keys_are_open == (standing.is_over and not standing.has_open)
