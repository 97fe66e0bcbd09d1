"""What is odd is kept, scored and flagged; what is flagged moves nothing by itself (S6)."""

import datetime as dt
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments.actions import hand_in, save_response, start_attempt
from assessments.actions.freezing import freeze_paper
from assessments.answering import follow_attempt
from assessments.drawing import Sheet
from assessments.flags import FLAGS, NOTICES, flags_of, surplus_among
from assessments.models import Attempt
from assessments.timing import time_attempt
from certificates.models import Award
from courses.models import ActivityState, CourseProgress
from records.state import rebuild_state, state_hash
from tests.assessments.saying import Saying, device, saying_of, sit_on_a_device
from tests.assessments.sitting import answer_right, answer_wrong, questions_of, responses_to
from tests.assessments.test_timing import ODD
from tests.factories.assessments import make_course, notice_by_statement

LIMITED = Sheet((), 70, 1, time_limit_s=600)
OTHER_DEVICE = "00000000-0000-0000-0000-000000000072"


def flags(attempt, sheet=LIMITED):
    log = follow_attempt(attempt.said)
    return set(flags_of(log, sheet, time_attempt(log)))


def handed_in(after_s=300):
    attempt = Saying()
    attempt.begin(device=device(1, 0))
    attempt.answer(60, "q0", "a", device=device(2, 60_000))
    attempt.hand_in(after_s, device=device(3, after_s * 1000))
    return attempt


def test_an_attempt_in_time_is_not_flagged():
    assert flags(handed_in()) == set()


@pytest.mark.parametrize(("took_s", "found"), [(660, set()), (661, {"late"})])
def test_a_minute_over_the_limit_is_let_pass_and_a_second_more_is_late(took_s, found):
    assert flags(handed_in(took_s)) == found
    assert flags(handed_in(took_s), Sheet((), 70, 1)) == set()


def test_in_an_exam_the_site_refuses_late_answers_so_nothing_is_late():
    assert flags(handed_in(6000), Sheet((), 70, 1, quiz_class="exam", time_limit_s=600)) == set()


def test_a_clock_put_back_does_not_hide_the_time_of_the_page():
    attempt = Saying()
    attempt.begin(device=device(1, 0))
    attempt.hand_in(300, device=device(2, 1_200_000))
    assert flags(attempt) == {"late", "clock"}


def test_a_day_between_two_pages_is_late():
    attempt = Saying()
    attempt.begin(device=device(1, 0))
    attempt.hand_in(86_400, device=device(2, 0, page="0000000b"))
    assert flags(attempt) == {"late"}


def test_beginning_again_does_not_begin_the_time_again():
    attempt = handed_in(900)
    attempt.begin(850, device=device(4, 0, page="0000000b"))
    assert flags(attempt) == {"late"}


def test_answers_on_two_devices_that_fit_the_hand_in_are_not_flagged():
    attempt = Saying()
    attempt.begin(device=device(1, 0))
    attempt.answer(60, "q0", "a", device=device(2, 60_000))
    attempt.answer(90, "q1", "b", device=device(1, 0, name=OTHER_DEVICE))
    attempt.hand_in(120)
    assert flags(attempt) == set()


def test_an_answer_that_slips_in_before_the_hand_in_shows():
    attempt = handed_in()
    attempt.answer(301, "q1", "b", ordinal=1, device=device(4, 301_000))
    assert flags(attempt) == {"answers-changed"}


def test_other_answers_with_a_hand_in_of_their_own_show_too():
    # After a look at the result: new answers, and a hand-in before the first that names them rightly.
    attempt = handed_in()
    first = attempt.said.pop()
    attempt.answer(200, "q0", "b", ordinal=1, device=device(4, 200_000))
    attempt.hand_in(250, ordinal=2, device=device(5, 250_000))
    attempt.said.append(first)
    log = follow_attempt(attempt.said)
    assert log.submitted
    assert log.submitted.facts["standing"] == log.standing
    assert flags(attempt) == {"answers-changed"}


def test_an_answer_after_the_hand_in_changes_nothing_and_is_not_flagged():
    attempt = handed_in()
    attempt.answer(301, "q0", "b", device=device(4, 301_000), ordinal=99)
    assert flags(attempt) == set()


def test_a_device_must_name_what_it_hands_in_and_an_old_hand_in_of_the_site_need_not():
    for where, found in ((device(2, 9000), {"answers-changed"}), (None, set())):
        attempt = Saying()
        attempt.begin(device=device(1, 0) if where else None)
        attempt.say("submitted", 9, {"ordinal": 1}, device=where)
        assert flags(attempt) == found


def test_what_a_site_noticed_is_a_flag_and_what_the_learner_says_of_it_is_not():
    for by, found in ((None, set()), (Saying().quiz, set(NOTICES))):
        attempt = handed_in()
        for code in [*NOTICES, "no-such-notice"]:
            attempt.say("noticed", 400, {"notice": code, "statement": ""}, actor=by)
        assert flags(attempt) == found


def test_each_flag_says_in_words_why():
    assert set(FLAGS) > NOTICES
    assert all(flag.label and len(str(flag.why)) > len(str(flag.label)) for flag in FLAGS.values())


@given(
    facts=st.lists(
        st.dictionaries(st.sampled_from(["notice", "standing", "ordinal", "question", "response", "flags"]), ODD)
    ),
    verbs=st.lists(st.sampled_from(["initialized", "answered", "submitted", "noticed", "approved"]), min_size=1),
)
def test_facts_of_any_form_raise_nothing(facts, verbs):
    attempt = Saying()
    attempt.begin()
    for number, each in enumerate(facts):
        actor = attempt.quiz if number % 2 else None
        attempt.say(verbs[number % len(verbs)], number, each, actor=actor)
    assert flags(attempt) <= set(FLAGS)


def test_of_more_attempts_than_allowed_the_last_numbers_are_surplus():
    end = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    rows = [Attempt(pk=Saying().attempt, number=number, handed_in_at=end, flags="") for number in (2, 1, 3, 3)]
    limits = {row.pk: 3 for row in rows}
    late = max(rows[2:], key=lambda row: row.pk).pk
    assert surplus_among(rows, limits) == surplus_among(rows[::-1], limits) == {late}
    rows[0].flags = "attempts-used-up"
    assert surplus_among(rows, limits) == set()
    assert surplus_among(rows, {}) == set()


pytest_db = pytest.mark.django_db


@pytest_db
def test_a_late_attempt_is_kept_and_scored_and_completes_nothing():
    course = make_course(time_limit_s=600)
    attempt = sit_on_a_device(course, took_s=661).attempt
    row = Attempt.objects.get(pk=attempt)
    assert (row.points_milli, row.is_passed, row.flags, row.counts) == (10_000, True, "late", False)
    assert (row.elapsed_ms, row.is_time_proven) == (661_000, True)
    assert ActivityState.objects.get(activity_uuid=course.quiz.uuid).completed_at is None
    assert CourseProgress.objects.get(pk=course.enrolment.pk).completed_at is None
    assert not Award.objects.exists()
    assert start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).number == 2


@pytest_db
def test_the_same_attempt_in_time_completes_the_course():
    course = make_course(time_limit_s=600)
    row = Attempt.objects.get(pk=sit_on_a_device(course).attempt)
    assert (row.is_passed, row.flags, row.counts) == (True, "", True)
    assert CourseProgress.objects.get(pk=course.enrolment.pk).completed_at == row.handed_in_at


@pytest_db
def test_a_flag_that_comes_later_takes_the_completion_back(course):
    attempt = sit_on_a_device(course).attempt
    notice_by_statement(attempt, "fork")
    row = Attempt.objects.get(pk=attempt)
    assert (row.flags, row.counts) == ("fork", False)
    assert ActivityState.objects.get(activity_uuid=course.quiz.uuid).completed_at is None
    before = state_hash()
    assert rebuild_state() == before


@pytest_db
def test_the_surplus_is_flagged_and_both_attempts_stay():
    course = make_course(attempt_limit=1)
    sit_on_a_device(course, answer_wrong)
    # Another device, which knew nothing of the first attempt, carried a paper and says a second.
    paper, _sheet = freeze_paper(course.quiz, course.enrolment, 2, timezone.now(), device=UUID(OTHER_DEVICE))
    second = saying_of(paper)
    second.begin(400, device=device(1, 0, name=OTHER_DEVICE))
    second.hand_in(500, device=device(2, 100_000, name=OTHER_DEVICE))
    second.send()
    assert dict(Attempt.objects.values_list("number", "flags")) == {1: "", 2: "surplus"}
    before = state_hash()
    assert rebuild_state() == before


@pytest_db
def test_on_the_sites_own_page_a_late_hand_in_is_flagged_and_nothing_else(course):
    course.quiz.time_limit_s = 60
    course.quiz.save()
    long_ago = timezone.now() - dt.timedelta(seconds=121)
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment, at=long_ago).pk
    for question, answer in zip(questions_of(attempt), responses_to(attempt, answer_right), strict=True):
        save_response(by=course.login, attempt=attempt, question=question, given=answer, nonce="n")
    row = hand_in(by=course.login, attempt=attempt)
    assert (row.flags, row.is_passed, row.counts, row.is_time_proven) == ("late", True, False, True)
