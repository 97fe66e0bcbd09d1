"""No page, header or reply of a sitting holds a key or feedback before nothing can be gained by it."""

import base64
import datetime as dt
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.drawing import read_sheet
from assessments.models import Paper, Quiz, QuizWindow
from assessments.questions.marking import MARKERS
from assessments.questions.registry import KINDS
from assessments.versions import versions_of
from tests.assessments.sitting import Sitting, answer_right, answer_wrong, responses_to
from tests.factories.accounts import CohortFactory, sign_in
from tests.factories.assessments import CANARY, make_course

pytestmark = pytest.mark.django_db
MARKED, EVERY_KIND = sorted(MARKERS), sorted(KINDS)


def text_of(response) -> str:
    return response.content.decode() + json.dumps(dict(response.headers))


def holds_feedback(text: str) -> bool:
    """Look for the canary as it is, and in base64 at each of the three offsets."""
    coded = {base64.b64encode(b"x" * shift + CANARY.encode()).decode()[4:-4] for shift in range(3)}
    return CANARY in text or CANARY[::-1] in text or any(each in text for each in coded)


@pytest.fixture
def course(db):
    """A course whose every paper asks a question of each kind that the site marks by itself."""
    return make_course(kinds=MARKED, questions=len(MARKED), draw=len(MARKED))


@pytest.fixture
def usual(db, client):
    """A learner before an attempt at questions with choices."""
    made = make_course()
    return Sitting(sign_in(client, made.login), made.quiz.uuid)


def answer_with_every_page(sitting, answering):
    """Begin an attempt; send each question empty, answer it, and see it; in turn by script and by plain form."""
    attempt = sitting.start()
    sitting.open("question", 1)
    for number, each in enumerate(responses_to(attempt, answering), 1):
        sitting.save(number, {}, step=1, as_json=number % 2 == 0)
        sitting.save(number, each, step=2, as_json=number % 2 == 1)
        sitting.open("question", number)
    sitting.open("attempt-review")
    question = reverse("assessments:question", args=[attempt, 1])
    sitting._keep(sitting.client.post(question, {"response": "x"}))
    sitting._keep(sitting.client.post(question, {"response:other": "x"}, headers={"accept": "application/json"}))
    sitting._keep(sitting.client.get(reverse("assessments:attempt-result", args=[attempt])))
    return attempt


def sit_with_every_page(sitting, answering):
    attempt = answer_with_every_page(sitting, answering)
    sitting.hand_in()
    answer = responses_to(attempt, answering)[0]
    sitting._keep(sitting.client.post(reverse("assessments:question", args=[attempt, 1]), answer))
    return sitting.open("attempt-result")


def test_a_failed_sitting_holds_no_feedback(sitting):
    sit_with_every_page(sitting, answer_wrong)
    assert [text for response in sitting.seen if holds_feedback(text := text_of(response))] == []


def test_the_canary_is_found_where_it_may_be(sitting):
    page = sit_with_every_page(sitting, answer_right)
    assert holds_feedback(text_of(page))
    assert [response for response in sitting.seen[:-1] if holds_feedback(text_of(response))] == []


def test_a_failed_result_says_no_question_and_no_response(sitting):
    page = sit_with_every_page(sitting, answer_wrong).content.decode()
    assert "[en] Do" not in page
    assert "What do you do?" not in page
    assert "Question 1" not in page
    assert "draws from the same questions" in page


def test_the_last_attempt_while_open_keeps_the_earlier_results_closed(sitting):
    first = None
    for _attempt in range(2):
        sit_with_every_page(sitting, answer_wrong)
        first = first or sitting.attempt
    last = sitting.start()
    sitting.attempt = first
    assert not holds_feedback(text_of(sitting.open("attempt-result")))
    sitting.attempt = last
    sitting.hand_in()
    assert holds_feedback(text_of(sitting.open("attempt-result")))
    sitting.attempt = first
    assert holds_feedback(text_of(sitting.open("attempt-result")))


def test_right_and_wrong_choices_have_the_same_markup(usual):
    attempt = usual.start()
    html = usual.open("question", 1).content.decode()
    labels = re.findall(r'<label class="choice">.*?</label>', html, flags=re.DOTALL)
    plain = {re.sub(r'value="[^"]*"|\[en\] Do \d', "", label) for label in labels if "[en] Do" in label}
    assert len(plain) == 2  # radio and checkbox, nothing else
    assert attempt


def test_the_order_of_choices_says_nothing_about_the_key(usual):
    sheet = read_sheet(Paper.objects.get(pk=usual.start()).text)
    html = usual.open("question", 1).content.decode()
    shown = re.findall(r'name="response" value="([0-9a-f-]{36})"', html)
    assert shown == [choice for item in sheet.items for choice in item.choices]
    versions = versions_of(item.version for item in sheet.items)
    places = {item.choices.index(versions[item.version].structure["right"][0]) for item in sheet.items if item.choices}
    # Every right choice is authored first; on a paper they stand anywhere (one place for all: 4 in 10,000).
    assert len(places) > 1


def test_the_paper_holds_no_key(sitting):
    body = json.loads(Paper.objects.get(pk=sitting.start()).text)
    assert set(body) == {"attempt_limit", "items", "pass_mark_percent", "seed"}
    assert {key for item in body["items"] for key in item} == {"question", "version", "choices"}


@pytest.mark.parametrize("review", Quiz.Review.values)
@pytest.mark.parametrize(("behaviour", "layout"), [("", "one"), ("certainty", "all")])
def test_nothing_is_told_before_the_author_lets_it_be_told(client, behaviour, layout, review):
    """What a learner can do to see more (S5): send nothing and look, come back to an earlier result, try again."""
    rules = {"behaviour": behaviour, "layout": layout, "review": review, "attempt_limit": 2}
    course = make_course(kinds=MARKED, questions=len(MARKED), draw=len(MARKED), **rules)
    sitting = Sitting(sign_in(client, course.login), course.quiz.uuid)
    first = answer_with_every_page(sitting, answer_wrong)
    sitting._keep(client.get(reverse("sync_api:state")))
    assert [text for each in sitting.seen if holds_feedback(text := text_of(each))] == []
    sitting.hand_in()
    after_first = holds_feedback(text_of(sitting.open("attempt-result")))
    sitting.seen.clear()
    last = answer_with_every_page(sitting, answer_wrong)
    sitting.attempt = first
    sitting.open("attempt-result")
    assert [text for each in sitting.seen if holds_feedback(text := text_of(each))] == []
    told = []
    sitting.attempt = last
    sitting.hand_in()
    for sitting.attempt in (last, first):
        told.append(holds_feedback(text_of(sitting.open("attempt-result"))))
    assert after_first is (review == "at_once")
    assert told == [review in {"at_once", "afterwards"}] * 2


def test_an_attempt_that_waits_for_a_marker_tells_nothing(client):
    course = make_course(kinds=EVERY_KIND, questions=len(EVERY_KIND), draw=len(EVERY_KIND), attempt_limit=1)
    sitting = Sitting(sign_in(client, course.login), course.quiz.uuid)
    sit_with_every_page(sitting, answer_wrong)
    assert [text for each in sitting.seen if holds_feedback(text := text_of(each))] == []


def test_nothing_is_told_while_others_of_the_class_may_still_sit_it(client):
    cohort, now = CohortFactory.create(), timezone.now()
    course = make_course(attempt_limit=1, cohort=cohort)
    window = QuizWindow.objects.create(quiz=course.quiz, cohort=cohort, closes_at=now + dt.timedelta(days=1))
    sitting = Sitting(sign_in(client, course.login), course.quiz.uuid)
    sit_with_every_page(sitting, answer_right)
    assert [text for each in sitting.seen if holds_feedback(text := text_of(each))] == []
    window.closes_at = now - dt.timedelta(minutes=1)
    window.save()
    assert holds_feedback(text_of(sitting.open("attempt-result")))
