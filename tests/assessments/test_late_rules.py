"""By the rule `cut`, what is proven to come after the time does not count; everything else is as it was."""

import dataclasses
import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments.accommodating import Granted, as_granted
from assessments.actions import hand_in, save_response, start_attempt
from assessments.actions.freezing import freeze_paper
from assessments.answering import follow_attempt
from assessments.drawing import LATE_IS_CUT, Sheet, read_sheet
from assessments.flags import flags_of
from assessments.lateness import cut_late
from assessments.models import Attempt
from assessments.standing import answers_that_stand
from assessments.timing import time_attempt
from records.state import rebuild_state, state_hash
from records.statements import utc_text
from tests.assessments.saying import DEVICE, PAGE, START, Saying, device, responses_by_question, saying_of
from tests.assessments.sitting import answer_right, questions_of, responses_to
from tests.factories.accounts import sign_in
from tests.factories.assessments import make_course

LIMIT_S, GRACE_S = 600, 60
CUT = Sheet((), 70, 1, time_limit_s=LIMIT_S, late_rule=LATE_IS_CUT)
DECIDE = dataclasses.replace(CUT, late_rule="decide")
OTHER_DEVICE, OTHER_PAGE = str(UUID(int=72)), "0000000b"


def closing(after_s, rule=LATE_IS_CUT, **more):
    return Sheet((), 70, 1, late_rule=rule, closes_at=utc_text(START + timedelta(seconds=after_s)), **more)


def counted(attempt, sheet=CUT):
    return dict(answers_that_stand(follow_attempt(attempt.said), sheet).responses)


def flags(attempt, sheet=CUT):
    log = follow_attempt(attempt.said)
    return set(flags_of(log, sheet, time_attempt(log)))


def on_one_page(*answers, end=None):
    """Begin and answer on one page of a device: (seconds, question, response) each."""
    attempt = Saying()
    attempt.begin(device=device(1, 0))
    for number, (at, question, response) in enumerate(answers, 2):
        attempt.answer(at, question, response, device=device(number, at * 1000))
    last = end if end is not None else max(at for at, *_rest in answers)
    attempt.hand_in(last, device=device(len(answers) + 2, last * 1000))
    return attempt


def test_an_answer_after_the_time_does_not_count_and_the_one_before_it_stands():
    attempt = on_one_page((100, "q0", "a"), (700, "q0", "b"), (710, "q1", "c"))
    assert counted(attempt) == {"q0": "a"}
    assert counted(attempt, DECIDE) == {"q0": "b", "q1": "c"}
    assert flags(attempt) == set()
    assert flags(attempt, DECIDE) == {"late"}


@pytest.mark.parametrize(("at", "stands"), [(LIMIT_S + GRACE_S, True), (LIMIT_S + GRACE_S + 1, False)])
def test_a_minute_is_let_pass(at, stands):
    assert counted(on_one_page((at, "q0", "a"))) == ({"q0": "a"} if stands else {})


def test_handing_in_late_is_no_matter_where_all_answers_came_in_time():
    attempt = on_one_page((100, "q0", "a"), end=5000)
    assert (counted(attempt), flags(attempt)) == ({"q0": "a"}, set())


def test_what_only_a_devices_clock_says_between_two_pages_is_flagged_and_counts():
    attempt = Saying()
    attempt.begin(device=device(1, 0))
    attempt.answer(900, "q0", "a", device=device(2, 10_000, page=OTHER_PAGE))
    attempt.hand_in(910, device=device(3, 20_000, page=OTHER_PAGE))
    assert (counted(attempt), flags(attempt)) == ({"q0": "a"}, {"late"})


def test_two_pages_of_one_device_add_up():
    attempt = Saying()
    attempt.begin(device=device(1, 0))
    attempt.answer(400, "q0", "a", device=device(2, 400_000))
    attempt.answer(410, "q1", "b", device=device(3, 0, page=OTHER_PAGE))
    attempt.answer(710, "q2", "c", device=device(4, 300_000, page=OTHER_PAGE))
    attempt.hand_in(711, device=device(5, 301_000, page=OTHER_PAGE))
    assert counted(attempt) == {"q0": "a", "q1": "b"}


def test_the_clock_of_the_site_is_proof():
    attempt = Saying()
    attempt.begin()
    attempt.answer(100, "q0", "a")
    attempt.answer(700, "q0", "b")
    attempt.hand_in(701)
    assert (counted(attempt), flags(attempt)) == ({"q0": "a"}, set())


def test_a_device_that_answers_beside_another_is_not_cut_by_the_other_ones_count():
    attempt = Saying()
    attempt.begin(device=device(1, 0))
    attempt.answer(700, "q0", "a", device=device(2, 700_000))
    # Unaware of the first, and said early: its number comes after all the same.
    attempt.answer(60, "q1", "b", ordinal=9, device=device(1, 0, page=OTHER_PAGE, name=OTHER_DEVICE))
    attempt.hand_in(720, device=device(3, 720_000))
    assert "q1" in counted(attempt)


def test_exams_and_papers_without_the_rule_are_as_they_were():
    attempt = on_one_page((700, "q0", "a"))
    for sheet in (DECIDE, dataclasses.replace(CUT, quiz_class="exam"), dataclasses.replace(CUT, time_limit_s=None)):
        log = follow_attempt(attempt.said)
        assert cut_late(log, sheet) == log


def test_more_time_holds_for_the_cut_too():
    attempt = on_one_page((700, "q0", "a"))
    assert counted(attempt, as_granted(CUT, Granted(150))) == {"q0": "a"}


def test_tries_after_the_time_are_no_tries():
    attempt = Saying()
    attempt.begin(device=device(1, 0))
    for number, (at, response) in enumerate(((100, "a"), (700, "b")), 1):
        facts = {"question": "q0", "response": response, "nonce": PAGE, "step": number, "ordinal": number}
        attempt.say("answered", at, facts | {"check": number}, device=device(number + 1, at * 1000))
    attempt.hand_in(701, device=device(4, 701_000))
    answers = answers_that_stand(follow_attempt(attempt.said), CUT)
    assert answers.tries == {"q0": ["a"]}


# --- closing times ---


def test_after_the_closing_an_answer_does_not_count_or_is_flagged_by_the_rule():
    attempt = on_one_page((100, "q0", "a"), (400, "q0", "b"))
    assert (counted(attempt, closing(300)), flags(attempt, closing(300))) == ({"q0": "a"}, set())
    sheet = closing(300, "decide")
    assert (counted(attempt, sheet), flags(attempt, sheet)) == ({"q0": "b"}, {"late"})
    assert flags(attempt, closing(341, "decide")) == set()


def test_an_odd_clock_cuts_nothing_by_a_closing_and_is_flagged():
    attempt = on_one_page((400, "q0", "a"))
    attempt.say("noticed", 500, {"notice": "clock-ahead"}, actor=attempt.quiz)
    assert counted(attempt, closing(300)) == {"q0": "a"}
    assert flags(attempt, closing(300)) == {"clock-ahead", "late"}


def test_more_time_extends_the_closing():
    attempt = on_one_page((1000, "q0", "a"))
    limited = closing(800, time_limit_s=1200)
    assert counted(attempt, limited) == {}
    assert counted(attempt, as_granted(limited, Granted(150))) == {"q0": "a"}


def test_begun_before_the_opening_is_flagged():
    attempt = on_one_page((100, "q0", "a"))
    early = Sheet((), 70, 1, opens_at=utc_text(START + timedelta(seconds=1)))
    assert flags(attempt, early) == {"not-open"}
    assert flags(attempt, dataclasses.replace(early, opens_at=utc_text(START))) == set()


def test_a_paper_keeps_its_times_and_an_old_one_its_hash():
    sheet = closing(300, wait_s=60, opens_at=utc_text(START))
    assert read_sheet(sheet.text()) == sheet
    assert not {"wait_s", "opens_at", "closes_at", "late_rule"} & set(Sheet((), 70, 1).text().split('"'))


# --- properties ---

ANSWERS = st.lists(
    st.tuples(st.integers(0, 2000), st.sampled_from(["q0", "q1", "q2"]), st.sampled_from("abc")), min_size=1, max_size=8
)


@given(answers=ANSWERS, limit=st.integers(60, 1500), dice=st.randoms())
def test_the_order_and_repetition_of_statements_do_not_matter(answers, limit, dice):
    attempt = on_one_page(*sorted(answers))
    sheet = dataclasses.replace(CUT, time_limit_s=limit)
    before = counted(attempt, sheet)
    attempt.said += dice.choices(attempt.said, k=3)
    dice.shuffle(attempt.said)
    assert counted(attempt, sheet) == before


@given(answers=ANSWERS, limit=st.integers(60, 1500))
def test_what_counts_is_what_was_said_in_time(answers, limit):
    answers.sort()
    attempt = on_one_page(*answers)
    in_time = {question: response for at, question, response in answers if at <= limit + GRACE_S}
    assert counted(attempt, dataclasses.replace(CUT, time_limit_s=limit)) == in_time


@given(answers=ANSWERS, limit=st.integers(60, 1500), more=st.integers(100, 300))
def test_more_time_takes_nothing_away(answers, limit, more):
    answers.sort()
    attempt = on_one_page(*answers)
    sheet = dataclasses.replace(CUT, time_limit_s=limit)
    assert counted(attempt, sheet).keys() <= counted(attempt, as_granted(sheet, Granted(more))).keys()


@given(seed=st.integers(0, 10_000), limit=st.integers(60, 900))
def test_never_is_more_cut_than_the_time_that_truly_passed(seed, limit):
    """Two devices and the site speak in turn, their clocks wrong by days: an answer in time counts always."""
    dice = random.Random(seed)
    attempt = Saying()
    pages: dict[str, list[Any]] = {name: [0, 0.0] for name in ("", str(UUID(int=71)), OTHER_DEVICE)}
    skew = {name: dice.randint(-200_000, 200_000) if name else 0 for name in pages}

    def mark(name, now):
        if not name:
            return None
        if dice.random() < 0.3:
            pages[name] = [pages[name][0], now]
        pages[name][0] += 1
        return device(pages[name][0], int((now - pages[name][1]) * 1000), page=f"{pages[name][1]:08.0f}", name=name)

    now, in_time = 0.0, {}
    attempt.begin(skew[first := dice.choice(list(pages))], device=mark(first, now))
    for number in range(8):
        now += dice.randint(0, 400)
        who, question = dice.choice(list(pages)), f"q{number}"
        attempt.answer(now + skew[who], question, "a", device=mark(who, now))
        if now <= limit + GRACE_S:
            in_time[question] = "a"
    attempt.hand_in(now + 1 + skew[who], device=mark(who, now + 1))
    assert in_time.items() <= counted(attempt, dataclasses.replace(CUT, time_limit_s=limit)).items()


@pytest.mark.django_db
def test_a_cut_attempt_is_scored_by_what_came_in_time_and_counts_without_a_decision():
    course = make_course(time_limit_s=LIMIT_S, late_rule="cut", pass_mark_percent=30)
    paper, _sheet = freeze_paper(course.quiz, course.enrolment, 1, START, device=UUID(DEVICE))
    attempt = saying_of(paper)
    attempt.begin(device=device(1, 0))
    for number, (question, response) in enumerate(responses_by_question(paper.pk, answer_right).items(), 2):
        # Two minutes a question: five come in time.
        attempt.answer((number - 1) * 120, question, response, device=device(number, (number - 1) * 120_000))
    attempt.hand_in(5000, device=device(99, 5_000_000))
    attempt.send()
    row = Attempt.objects.get(pk=paper.pk)
    assert (row.points_milli, row.out_of_milli) == (5000, 10_000)
    assert (row.is_passed, row.flags, row.counts) == (True, "", True)
    before = state_hash()
    assert rebuild_state() == before


@pytest.mark.django_db
def test_the_result_says_how_many_answers_came_too_late(client):
    course = make_course(time_limit_s=60, late_rule="cut")
    begun = timezone.now() - timedelta(seconds=121)
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment, at=begun).pk
    for question, values in list(zip(questions_of(attempt), responses_to(attempt, answer_right), strict=True))[:3]:
        save_response(by=course.login, attempt=attempt, question=question, given=values, nonce="n")
    row = hand_in(by=course.login, attempt=attempt)
    assert (row.points_milli, row.flags) == (0, "")
    page = sign_in(client, course.login).get(reverse("assessments:attempt-result", args=[attempt]))
    assert "3 answers came after the time" in page.content.decode()


@pytest.mark.django_db
def test_a_paper_carries_the_rules_of_its_time():
    course = make_course(late_rule="cut", wait_s=60, has_second_marker=True, behaviour="certainty")
    _paper, sheet = freeze_paper(course.quiz, course.enrolment, 1, START)
    assert (sheet.late_rule, sheet.wait_s, sheet.has_second_marker, sheet.marking) == ("cut", 60, True, "certainty")
