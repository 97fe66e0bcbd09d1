"""Thirty quizzes with keys that can be told apart: no key of a graded test or an exam leaves the site."""

import base64
import gzip
import json
import re
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from assessments.actions import hand_in, start_attempt
from assessments.carrying import carry_papers, practice_payload
from assessments.drawing import draw_paper
from assessments.models import ExamOpening, Paper, PracticePaper, Quiz
from assessments.offering import quizzes_of_course
from assessments.questions.marking import MARKED_BY_HAND
from assessments.questions.registry import KINDS, kind_of
from assessments.selecting import Candidate
from assessments.versions import versions_of
from records.models import Statement
from tests.assessments.canaries import KEY_NAMES, find_words, names_in, texts_in
from tests.assessments.sitting import Sitting, answer_wrong, responses_to
from tests.factories.accounts import CohortFactory, make_login, sign_in
from tests.factories.assessments import CANARY, QuizFactory, add_practice, make_course

COURSES = 10
# A question of every kind, and all on every paper.
EVERY_KIND = sorted(KINDS)
QUESTIONS = len(EVERY_KIND)
GRADED = {f"{CANARY} {language} {number}" for language in ("en", "fr") for number in range(QUESTIONS)}
PRACTISED = {f"{CANARY} {language} {number}" for language in ("en", "fr") for number in range(90, 90 + QUESTIONS)}


@pytest.fixture
def courses(db):
    """Ten courses with a graded test, a practice and an exam each."""
    login = make_login()
    facts: dict[str, Any] = {"questions": QUESTIONS, "lessons": 2, "draw": QUESTIONS, "kinds": EVERY_KIND}
    made = [make_course(login=login, **facts) for _number in range(COURSES)]
    for course in made:
        add_practice(course, QUESTIONS, EVERY_KIND)
        QuizFactory.create(course_uuid=course.uuid, draw=QUESTIONS, quiz_class="exam", attempt_limit=1)
    assert Quiz.objects.count() == 30
    return made


def secrets_of(courses):
    """Return what is right, where it is written out: accepted answers, and what only a marker reads."""
    rows = [question for course in courses for question in course.questions]
    # A gap of a text says its kind, and so does a paper.
    typed = {said for row in rows for said in texts_in(row.body)} - set(KINDS)
    for row in rows:
        if kind_of(row).name in MARKED_BY_HAND:
            typed |= {said for text in row.texts.all() for said in text.choices.values()}
    assert typed
    return typed


def exam_of(course):
    return Quiz.objects.get(course_uuid=course.uuid, quiz_class="exam")


def exam_begun(course):
    cohort = CohortFactory.create(country=course.login.person.country)
    person, now = course.login.person, course.enrolment.enrolled_at
    opening = ExamOpening.objects.create(
        quiz=exam_of(course),
        cohort=cohort,
        code_sha256=str(cohort.uuid),
        opened_by=person,
        opened_at=now,
        closes_at=now,
    )
    return start_attempt(by=course.login, quiz=opening.quiz, enrolment=course.enrolment, opening=opening).pk


def pages_of_a_sitting(client, quiz, attempt):
    """Return all that a browser gets of one wrong sitting, up to the result."""
    sitting = Sitting(client, quiz.uuid, attempt=attempt)
    values = responses_to(attempt, answer_wrong)
    sitting.client.post(reverse("assessments:question", args=[attempt, 1]), {"response": "x", "nonce": "n"})
    sitting.sit(values)
    return b"".join(page.content + json.dumps(dict(page.headers)).encode() for page in sitting.seen)


def rows_of(*models):
    return json.dumps([list(model.objects.values()) for model in models], default=str).encode()


def test_the_search_finds_a_canary_in_every_wrapping():
    word = f"{CANARY} fr 3"
    plain = json.dumps({"a": [f"x {word} y"]}).encode()
    packed = gzip.compress(plain)
    for shift in range(3):
        for wrapped in (plain, packed, base64.b64encode(b"x" * shift + plain), base64.urlsafe_b64encode(packed)):
            assert word in find_words(wrapped, GRADED)
    assert find_words(word[::-1].encode(), GRADED)
    assert not find_words(b"nothing of the kind", GRADED)


def test_papers_for_devices_hold_no_key(courses):
    secrets = secrets_of(courses)
    for course in courses:
        papers = carry_papers(by=course.login, device=course.uuid, courses=[course.uuid])
        assert [paper["class"] for paper in papers] == ["graded"]
        assert sorted(item["kind"] for item in papers[0]["items"]) == EVERY_KIND
        assert not find_words(json.dumps(papers, ensure_ascii=False).encode(), GRADED | PRACTISED | secrets)
        assert not names_in(papers) & KEY_NAMES


def test_practice_holds_its_own_keys_and_no_other(courses):
    for course in courses:
        quiz = Quiz.objects.get(course_uuid=course.uuid, quiz_class="practice")
        text = json.dumps(practice_payload(quiz), ensure_ascii=False).encode()
        assert find_words(text, GRADED | PRACTISED) == PRACTISED
        for other in (course.quiz, exam_of(course)):
            with pytest.raises(ValueError, match="practice"):
                practice_payload(other)


def test_no_page_row_log_or_error_holds_a_key_before_it_is_open(courses, caplog):
    secrets = secrets_of(courses)
    for course in courses:
        client = sign_in(Client(), course.login)
        graded = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
        seen = pages_of_a_sitting(client, course.quiz, graded)
        exam = exam_begun(course)
        url = reverse("assessments:exam", args=[exam_of(course).uuid])
        seen += client.get(url).content + client.post(url, {"code": "22222222"}).content
        seen += Sitting(client, exam_of(course).uuid, attempt=exam).open("question", 1).content
        seen += str(quizzes_of_course(course.uuid, "fr")).encode()
        assert not find_words(seen, GRADED | PRACTISED | secrets)
    kept = rows_of(Paper, PracticePaper, Statement, AuditEvent)
    assert not find_words(kept + caplog.text.encode(), GRADED | PRACTISED | secrets)
    assert not names_in([json.loads(text) for text in Paper.objects.values_list("text", flat=True)]) & KEY_NAMES


def test_an_exam_tells_its_keys_when_nothing_can_be_gained_by_them(courses):
    """The control: the canaries are where they may be, so the search above looks for something real."""
    course = courses[0]
    client = sign_in(Client(), course.login)
    attempt = exam_begun(course)
    hand_in(by=course.login, attempt=attempt)
    page = client.get(reverse("assessments:attempt-result", args=[attempt])).content
    assert find_words(page, GRADED)
    assert find_words(page, secrets_of([course]))


def test_right_and_wrong_choices_differ_in_nothing_but_their_words(courses):
    shapes: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for course in courses:
        (paper,) = carry_papers(by=course.login, device=course.uuid, courses=[course.uuid])
        versions = versions_of(item["version"] for item in paper["items"])
        for item in paper["items"]:
            # How the others are the same page whatever is right: test_kinds.py.
            if "right" not in versions[item["version"]].structure:
                continue
            labels = re.findall(r'<label class="choice">.*?</label>', item["html"]["en"], flags=re.DOTALL)
            for choice, label in zip(item["choices"], labels, strict=True):
                is_right = choice in versions[item["version"]].structure["right"]
                shapes[is_right].add((item["kind"], re.sub(r'value="[^"]*"|\[en\] Do \d', "", label)))
    assert shapes[True] == shapes[False]
    assert len(shapes[True]) == 2  # a radio and a box


def test_a_right_choice_stands_in_every_place_alike():
    """All are authored with the right one first; 1,600 drawn, each place has a quarter within four sigma."""
    bank = [Candidate(f"q{each}", "v", "", ("right", "b", "c", "d")) for each in range(4)]
    papers = [draw_paper(bank, draw=4, pass_mark_percent=70, seed=seed) for seed in range(400)]
    places = Counter(item.choices.index("right") for paper in papers for item in paper.items)
    assert set(places) == {0, 1, 2, 3}
    assert all(abs(count - 400) < 70 for count in places.values()), places


def test_the_database_was_asked_for_keys_at_all(courses):
    """What is searched above was made from questions that have keys: feedback stands in their versions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM assessments_questionversion")
        assert find_words("".join(row[0] for row in cursor.fetchall()).encode(), GRADED) == GRADED
