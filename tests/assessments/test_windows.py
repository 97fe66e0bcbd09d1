"""A quiz is open to a class from one moment to another, and the next attempt waits its time."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from assessments.accommodating import Granted, accommodation_unit
from assessments.actions import hand_in, start_attempt
from assessments.actions.freezing import freeze_paper
from assessments.carrying import carry_papers
from assessments.drawing import Sheet, read_sheet
from assessments.errors import QuizClosedError, QuizNotYetOpenError, WaitFirstError
from assessments.flags import too_early_among
from assessments.models import Accommodation, Attempt, Paper, QuizWindow
from assessments.windows import ALWAYS_OPEN, Window, may_begin_at, window_of, with_window
from records.state import rebuild_state, state_hash
from tests.assessments.saying import DEVICE, START, device, saying_of
from tests.factories.accounts import CohortFactory, sign_in
from tests.factories.assessments import add_practice, make_course

HOUR = dt.timedelta(hours=1)
NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
pytest_db = pytest.mark.django_db


def course_with(opens=None, closes=None, **more):
    cohort = CohortFactory.create(time_zone="Asia/Kolkata")
    course = make_course(cohort=cohort, **more)
    QuizWindow.objects.create(quiz=course.quiz, cohort=cohort, opens_at=opens, closes_at=closes)
    return course


def begin(course, at=NOW):
    return start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment, at=at)


def grant(course, **granted):
    person = course.login.person.uuid
    Accommodation.write([Accommodation(uuid=accommodation_unit(person), person_uuid=person, **granted)])


@pytest_db
def test_before_the_opening_a_start_is_refused_with_the_time_of_the_class():
    course = course_with(opens=NOW + HOUR)
    with pytest.raises(QuizNotYetOpenError) as refused:
        begin(course)
    # Kolkata is five hours and a half ahead.
    assert "15:30 (Asia/Kolkata)" in str(refused.value.text)
    assert not Paper.objects.exists()
    assert begin(course, NOW + HOUR).number == 1


@pytest_db
def test_after_the_closing_a_start_is_refused_in_the_learners_language():
    course = course_with(closes=NOW)
    with translation.override("fr"), pytest.raises(QuizClosedError) as refused:
        begin(course)
    assert "novembre" in str(refused.value.text)
    assert "14:30 (Asia/Kolkata)" in str(refused.value.text)
    assert begin(course, NOW - dt.timedelta(seconds=1)).number == 1


@pytest_db
def test_another_class_and_practice_have_no_window():
    course = course_with(closes=NOW)
    QuizWindow.objects.update(cohort=CohortFactory.create())
    assert begin(course).number == 1
    practice = add_practice(course)
    cohort = course.enrolment.cohort
    QuizWindow.objects.create(quiz=practice, cohort=cohort, closes_at=NOW - HOUR)
    assert start_attempt(by=course.login, quiz=practice, enrolment=course.enrolment, at=NOW)


@pytest_db
def test_an_open_attempt_is_gone_on_with_after_the_closing():
    course = course_with(closes=NOW)
    attempt = begin(course, NOW - HOUR)
    assert begin(course, NOW + HOUR).pk == attempt.pk


@pytest_db
def test_more_time_extends_the_closing_for_who_has_it():
    course = course_with(closes=NOW, time_limit_s=3600)
    grant(course, time_percent=150)
    with pytest.raises(QuizClosedError):
        begin(course, NOW + HOUR)
    assert begin(course, NOW + HOUR / 2 - dt.timedelta(seconds=1)).number == 1


@pytest_db
def test_the_paper_keeps_the_window_of_its_class():
    course = course_with(opens=NOW - HOUR, closes=NOW + HOUR)
    sheet = read_sheet(Paper.objects.get(pk=begin(course).pk).text)
    assert window_of(sheet) == Window(NOW - HOUR, NOW + HOUR)


@pytest_db
def test_the_page_says_when_it_opens(client):
    course = course_with(opens=timezone.now() + HOUR)
    response = sign_in(client, course.login).post(reverse("assessments:attempt-start", args=[course.quiz.uuid]))
    assert response.status_code == 409
    assert "(Asia/Kolkata)" in response.content.decode()


# --- waiting ---


@pytest_db
def test_the_next_attempt_waits_its_time(client):
    course = make_course(wait_s=3600)
    first = begin(course, NOW)
    hand_in(by=course.login, attempt=first.pk)
    end = Attempt.objects.get(pk=first.pk).handed_in_at
    assert end is not None
    with pytest.raises(WaitFirstError) as refused:
        begin(course, end + HOUR - dt.timedelta(seconds=1))
    assert refused.value.moment == end + HOUR
    assert "(UTC)" in str(refused.value.text)
    page = sign_in(client, course.login).get(reverse("assessments:attempt-result", args=[first.pk])).content.decode()
    assert "You can begin the next attempt from" in page
    assert "Try again" not in page
    assert begin(course, end + HOUR).number == 2


def paper_and_said(course, number, begins_s, ends_s):
    paper, _sheet = freeze_paper(course.quiz, course.enrolment, number, START, device=UUID(DEVICE))
    said = saying_of(paper)
    said.begin(begins_s, device=device(number * 10, begins_s * 1000))
    said.hand_in(ends_s, device=device(number * 10 + 1, ends_s * 1000))
    return said


@pytest_db
@pytest.mark.parametrize(("begins_s", "flags"), [(700, "too-early"), (899 - 60, "too-early"), (900 - 60, "")])
def test_a_carried_paper_that_is_begun_too_early_is_flagged_whatever_arrives_first(begins_s, flags):
    course = make_course(wait_s=600)
    first, second = paper_and_said(course, 1, 0, 300), paper_and_said(course, 2, begins_s, begins_s + 10)
    second.send()
    assert Attempt.objects.get(number=2).flags == ""
    first.send()
    assert [each.flags for each in Attempt.objects.order_by("number")] == ["", flags]
    before = state_hash()
    assert rebuild_state() == before


@given(
    spans=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 900)), min_size=1, max_size=5),
    wait=st.integers(1, 3000),
    dice=st.randoms(),
)
def test_who_is_too_early_does_not_hang_on_the_order(spans, wait, dice):
    rows = [
        Attempt(
            pk=uuid4(),
            number=number,
            started_at=START + dt.timedelta(seconds=begun),
            handed_in_at=START + dt.timedelta(seconds=begun + took),
        )
        for number, (begun, took) in enumerate(spans, 1)
    ]
    waits = {row.pk: wait for row in rows}
    early = too_early_among(rows, waits)
    dice.shuffle(rows)
    assert too_early_among(rows, waits) == early
    assert rows[0].pk not in early or rows[0].number > 1
    assert early <= too_early_among(rows, dict.fromkeys(waits, wait + 60))
    assert too_early_among(rows, {}) == set()


# --- carried papers ---


def carry(course):
    return carry_papers(by=course.login, device=UUID(DEVICE), courses=[course.uuid])


@pytest_db
def test_a_paper_is_carried_before_the_opening_and_says_from_when():
    now = timezone.now()
    course = course_with(opens=now + HOUR, closes=now + 2 * HOUR)
    [paper] = carry(course)
    assert dt.datetime.fromisoformat(paper["not_before"]) - (now + HOUR) < dt.timedelta(seconds=1)
    assert paper["closes_at"] > paper["not_before"]


@pytest_db
def test_no_paper_is_carried_after_the_closing():
    assert carry(course_with(closes=timezone.now() - HOUR)) == []


@pytest_db
def test_a_carried_paper_says_until_when_to_wait():
    course = make_course(wait_s=3600)
    first = begin(course)
    hand_in(by=course.login, attempt=first.pk)
    end = Attempt.objects.get(pk=first.pk).handed_in_at
    assert end is not None
    [paper] = carry(course)
    assert abs(dt.datetime.fromisoformat(paper["not_before"]) - (end + HOUR)) < dt.timedelta(seconds=1)


@pytest_db
def test_windows_cost_one_query_for_all_quizzes():
    course = course_with(closes=timezone.now() + HOUR)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            carry(course)
        return sum("quizwindow" in each["sql"] for each in captured)

    assert queries() == queries() == 1


# --- pure ---

MOMENTS = st.integers(0, 365 * 24 * 60).map(lambda minutes: NOW + dt.timedelta(minutes=minutes))


@given(
    opens=MOMENTS,
    length=st.integers(1, 100_000),
    limit=st.none() | st.integers(60, 7200),
    percent=st.integers(100, 300),
)
def test_more_time_never_closes_earlier(opens, length, limit, percent):
    window: Any = Window(opens, opens + dt.timedelta(seconds=length))
    longer = window.extended(limit, Granted(percent))
    assert longer.closes_at >= window.closes_at
    assert longer.opens_at == opens
    assert window.extended(limit, Granted()) == window
    assert longer.closes_at <= window.extended(limit, Granted(percent + 10)).closes_at


@given(opens=st.none() | MOMENTS, closes=st.none() | MOMENTS, now=MOMENTS)
def test_a_moment_is_before_within_or_after(opens, closes, now):
    window = Window(opens, closes)
    assert window.is_early(now) == (opens is not None and now < opens)
    assert window.is_over(now) == (closes is not None and now >= closes)
    assert not ALWAYS_OPEN.is_early(now)
    assert not ALWAYS_OPEN.is_over(now)


def test_half_as_much_again_adds_half():
    day = Window(NOW, NOW + 2 * HOUR)
    assert day.extended(1800, Granted(150)).closes_at == NOW + 2 * HOUR + HOUR / 4
    assert day.extended(None, Granted(150)).closes_at == NOW + 3 * HOUR
    assert Window(None, NOW).extended(None, Granted(150)).closes_at == NOW + 12 * HOUR
    assert may_begin_at(NOW, 60) == NOW + dt.timedelta(seconds=60)
    assert may_begin_at(None, 60) is may_begin_at(NOW, 0) is None


def test_a_window_stands_in_a_paper_as_it_was():
    window = Window(NOW, NOW + HOUR)
    assert window_of(with_window(Sheet((), 70, 1), window)) == window
