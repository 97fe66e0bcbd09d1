"""No page, header or reply of a sitting holds a key or feedback before nothing can be gained by it."""

import base64
import json
import re

import pytest
from django.urls import reverse

from assessments.drawing import read_sheet
from assessments.models import Paper
from assessments.versions import versions_of
from tests.assessments.sitting import answer_right, answer_wrong, responses_to
from tests.factories.assessments import CANARY

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode() + json.dumps(dict(response.headers))


def holds_feedback(text: str) -> bool:
    """Look for the canary as it is, and in base64 at each of the three offsets."""
    coded = {base64.b64encode(b"x" * shift + CANARY.encode()).decode()[4:-4] for shift in range(3)}
    return CANARY in text or CANARY[::-1] in text or any(each in text for each in coded)


def sit_with_every_page(sitting, answering):
    attempt = sitting.start()
    values = responses_to(attempt, answering)
    for number, each in enumerate(values, 1):
        sitting.open("question", number)
        sitting.save(number, each)
        sitting.open("question", number)
    sitting.open("attempt-review")
    sitting.client.post(reverse("assessments:question", args=[attempt, 1]), {"response": "x"})
    sitting.hand_in()
    sitting._keep(sitting.client.post(reverse("assessments:question", args=[attempt, 1]), {"response": values[0]}))
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


def test_right_and_wrong_choices_have_the_same_markup(sitting):
    attempt = sitting.start()
    html = sitting.open("question", 1).content.decode()
    labels = re.findall(r'<label class="choice">.*?</label>', html, flags=re.DOTALL)
    plain = {re.sub(r'value="[^"]*"|\[en\] Do \d', "", label) for label in labels if "[en] Do" in label}
    assert len(plain) == 2  # radio and checkbox, nothing else
    assert attempt


def test_the_order_of_choices_says_nothing_about_the_key(sitting):
    sheet = read_sheet(Paper.objects.get(pk=sitting.start()).text)
    html = sitting.open("question", 1).content.decode()
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
