"""Papers that a device takes along: one ahead, never a key; and practice with its keys."""

import json
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import hand_in, save_response, start_attempt
from assessments.actions.carrying import MOST_DEVICES
from assessments.carrying import carry_papers, papers_payload, practice_payload
from assessments.drawing import Item, Sheet, read_sheet
from assessments.models import Attempt, Paper, PracticePaper
from elearning.lib.canonical import canonical_json, sha256_hex
from tests.assessments.sitting import questions_of
from tests.factories.accounts import make_login
from tests.factories.assessments import CANARY, QuizFactory, add_practice, enrol_by_statement, make_course


@pytest.fixture
def device():
    return uuid4()


def carry(course, device):
    return carry_papers(by=course.login, device=device, courses=[course.uuid])


def test_a_paper_without_the_new_rules_keeps_its_hash():
    items = (Item("q", "v", ("a", "b")),)
    old = Sheet(items, 70, 1)
    assert old.text() == canonical_json(
        {"items": [{"choices": ["a", "b"], "question": "q", "version": "v"}], "pass_mark_percent": 70, "seed": 1}
    )
    new = Sheet(items, 70, 1, "exam", 3600, 2)
    assert read_sheet(new.text()) == new
    assert len({sha256_hex(sheet.text()) for sheet in (old, new)}) == 2


def test_a_device_carries_one_paper_and_the_same_again(course, device):
    (paper,) = carry(course, device)
    assert carry(course, device) == [paper]
    row = Paper.objects.get()
    assert (str(row.uuid), row.device_uuid, row.sha256, row.number) == (paper["attempt"], device, paper["sha256"], 1)
    assert paper["enrolment"] == str(course.enrolment.pk)
    assert paper["actor"] == str(course.enrolment.actor_uuid)
    assert [item["question"] for item in paper["items"]] == questions_of(row.uuid)
    assert (paper["started_at"], paper["handed_in_at"], paper["answers"], paper["last_ordinal"]) == (None, None, {}, 0)
    assert not Attempt.objects.exists()
    other = carry(course, uuid4())
    assert other[0]["attempt"] != paper["attempt"]


def test_no_more_of_the_bank_is_seen_by_taking_one_device_after_another(course):
    devices = [uuid4() for _number in range(MOST_DEVICES)]
    papers = [carry(course, each)[0]["attempt"] for each in devices]
    assert carry(course, uuid4()) == []
    assert [carry(course, each)[0]["attempt"] for each in devices] == papers


def test_a_carried_paper_holds_no_key_and_nothing_of_the_site(course, device):
    text = json.dumps(carry(course, device))
    assert CANARY not in text
    for word in ("right", "is_true", "structure", "feedback", "csrf", "<form", "href", "action=", "checked"):
        assert word not in text, word


def test_the_question_is_drawn_as_on_the_page_in_each_of_its_languages(course, device):
    (paper,) = carry(course, device)
    for item in paper["items"]:
        assert sorted(item["html"]) == ["en", "fr"]
        for language, html in item["html"].items():
            assert f"[{language}] A case" in html
            values = re.findall(r'name="response" value="([^"]+)"', html)
            assert values == (item["choices"] or ["true", "false"])


def test_lessons_need_not_be_complete_to_take_the_paper_along(db, device):
    course = make_course(complete=False)
    assert len(carry(course, device)) == 1


def test_an_open_attempt_comes_with_its_answers_instead_of_another_paper(course, device):
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    question = questions_of(attempt)[0]
    saved = save_response(
        by=course.login, attempt=attempt, question=question, given={"response": []}, nonce="n", flagged=True
    )
    (paper,) = carry(course, device)
    assert paper["attempt"] == str(attempt)
    assert paper["answers"] == {question: {"response": None, "flagged": True, "ordinal": saved.ordinal}}
    assert (paper["last_ordinal"], paper["started_at"] is None) == (1, False)
    hand_in(by=course.login, attempt=attempt)
    (following,) = carry(course, device)
    assert following["number"] == 2
    assert papers_payload(course.login, [attempt])[0]["handed_in_at"]


def test_what_may_not_be_sat_is_not_carried(course, device):
    elsewhere = make_course(login=make_login())
    add_practice(course)
    QuizFactory.create(course_uuid=course.uuid, quiz_class="exam")
    QuizFactory.create(course_uuid=course.uuid, draw=90)
    papers = carry_papers(by=course.login, device=device, courses=[course.uuid, elsewhere.uuid, uuid4()])
    assert [paper["quiz"] for paper in papers] == [str(course.quiz.uuid)]
    assert papers_payload(elsewhere.login, [papers[0]["attempt"]]) == []


def test_no_paper_once_the_attempts_are_used_up(db, device):
    course = make_course(attempt_limit=1)
    hand_in(by=course.login, attempt=start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk)
    assert carry(course, device) == []


def test_an_exam_that_is_open_is_never_sent_to_a_device(course, device):
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment)
    assert len(papers_payload(course.login, [attempt.pk])) == 1
    sheet = read_sheet(Paper.objects.get().text)
    exam = Sheet(sheet.items, 70, 1, "exam").text()
    Paper.objects.bulk_create(
        [
            Paper(
                uuid=(other := uuid4()),
                enrolment_uuid=course.enrolment.pk,
                quiz_uuid=course.quiz.uuid,
                number=9,
                node_uuid=uuid4(),
                text=exam,
                sha256=sha256_hex(exam),
                drawn_at=attempt.started_at,
            )
        ]
    )
    assert papers_payload(course.login, [other]) == []


def test_practice_comes_with_keys_and_feedback_in_one_language_or_all(course):
    quiz = add_practice(course)
    payload = practice_payload(quiz)
    assert payload == practice_payload(quiz)
    assert PracticePaper.objects.get().sha256 == payload["sha256"]
    assert [item["kind"] for item in payload["items"]] == ["single_choice", "multiple_choice", "true_false"]
    single, multiple, judged = payload["items"]
    assert single["structure"]["right"] == [single["choices"][0]]
    assert single["key_words"] == {"en": ["[en] Do 0"], "fr": ["[fr] Do 0"]}
    assert single["feedback"]["fr"] == f"{CANARY} fr 90"
    assert len(multiple["key_words"]["en"]) == 2
    assert judged["key_words"] == {"en": ["True"], "fr": ["Vrai"]}
    only = practice_payload(quiz, "fr")
    assert only["items"][0]["html"] == {"fr": single["html"]["fr"]}
    canonical_json(payload)


def test_practice_holds_nothing_but_shared_practice_questions_in_order(course):
    quiz = add_practice(course)
    graded = {str(question.uuid) for question in course.questions}
    asked = [item["question"] for item in practice_payload(quiz)["items"]]
    assert len(asked) == 3
    assert not graded & set(asked)


def test_keys_of_another_class_do_not_leave(course):
    with pytest.raises(ValueError, match="graded quiz"):
        practice_payload(course.quiz)


def test_carrying_asks_as_much_for_many_attempts(course, device):
    carry(course, device)

    def count():
        with CaptureQueriesContext(connection) as captured:
            carry(course, device)
        return len([each for each in captured if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    before = count()
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    hand_in(by=course.login, attempt=attempt)
    assert count() == before <= 10
    enrol_by_statement(course.login, uuid4(), [], [])
    assert count() == before
