"""When an attempt begins, what follows from it, and that all of it can be derived again."""

import pytest
from django.urls import reverse

from assessments import deriving
from assessments.actions import hand_in, save_response, start_attempt
from assessments.answering import follow_attempt
from assessments.errors import (
    AlreadyPassedError,
    AttemptClosedError,
    NoAttemptLeftError,
    QuizNotOpenError,
    TooFewQuestionsError,
)
from assessments.models import Attempt, Paper, Question, Quiz
from courses.errors import NotYourEnrolmentError
from elearning.lib.canonical import sha256_hex
from records.models import Statement
from records.state import rebuild_state, state_hash
from records.storage import statements_of
from tests.assessments.sitting import answer_right, answer_wrong, questions_of, responses_to
from tests.factories.accounts import make_login, sign_in
from tests.factories.assessments import make_course

pytestmark = pytest.mark.django_db


def begin(course):
    return start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment)


def sit(course, answering):
    attempt = begin(course).pk
    for question, given in zip(questions_of(attempt), responses_to(attempt, answering), strict=True):
        save_response(by=course.login, attempt=attempt, question=question, given=given, nonce="n")
    return hand_in(by=course.login, attempt=attempt)


def test_an_attempt_begins_with_a_frozen_paper(course):
    attempt = begin(course)
    paper = Paper.objects.get()
    assert (paper.pk, paper.sha256) == (attempt.pk, sha256_hex(paper.text))
    assert Statement.objects.get(verb="initialized", unit_uuid=attempt.pk)
    stored = Attempt.objects.get()
    assert stored.facts() == attempt.facts()


def test_an_open_attempt_is_gone_on_with(course):
    assert begin(course).pk == begin(course).pk
    assert Attempt.objects.count() == 1


def test_two_attempts_draw_two_papers(course):
    sit(course, answer_wrong)
    begin(course)
    assert list(Attempt.objects.values_list("number", flat=True)) == [1, 2]
    assert len(set(Paper.objects.values_list("sha256", flat=True))) == 2


def test_the_quiz_opens_after_the_lessons(db):
    course = make_course(complete=False)
    with pytest.raises(QuizNotOpenError):
        begin(course)
    course.quiz.opens_after = Quiz.Opens.ENROLMENT
    assert begin(course).number == 1


def test_no_attempt_is_left_after_the_last(db):
    course = make_course(attempt_limit=2)
    sit(course, answer_wrong)
    sit(course, answer_wrong)
    with pytest.raises(NoAttemptLeftError):
        begin(course)


def test_who_has_passed_needs_no_other_attempt(course):
    assert sit(course, answer_right).is_passed
    with pytest.raises(AlreadyPassedError):
        begin(course)


def test_a_bank_smaller_than_the_draw_opens_nothing(course):
    Question.objects.filter(course_uuid=course.uuid).update(status=Question.Status.RETIRED)
    with pytest.raises(TooFewQuestionsError):
        begin(course)
    assert not Paper.objects.exists()


def test_nobody_begins_for_another(course):
    with pytest.raises(NotYourEnrolmentError):
        start_attempt(by=make_login(), quiz=course.quiz, enrolment=course.enrolment)
    with pytest.raises(NotYourEnrolmentError):
        start_attempt(by=course.login, quiz=make_course().quiz, enrolment=course.enrolment)


def test_the_address_of_a_start(course, client):
    url = reverse("assessments:attempt-start", args=[course.quiz.uuid])
    assert client.post(url).status_code == 302
    assert not Attempt.objects.exists()
    assert sign_in(client, make_login()).post(url).status_code == 404
    sign_in(client, course.login)
    # Loaded again after a device showed its own page at this address: the way to the course, and no attempt.
    assert client.get(url).status_code == 302
    assert not Attempt.objects.exists()
    assert client.post(reverse("assessments:attempt-start", args=[course.uuid])).status_code == 404
    assert client.post(url)["Location"] == reverse("assessments:attempt", args=[Attempt.objects.get().pk])


def test_a_refused_start_says_why_and_what_to_do(client, db):
    course = make_course(complete=False)
    response = sign_in(client, course.login).post(reverse("assessments:attempt-start", args=[course.quiz.uuid]))
    assert response.status_code == 409
    assert "opens when all lessons" in response.content.decode()


def test_handing_in_again_returns_the_same(course):
    first = sit(course, answer_wrong)
    again = hand_in(by=course.login, attempt=first.pk)
    assert again.facts() == first.facts() == Attempt.objects.get().facts()
    assert Statement.objects.filter(verb="submitted").count() == 1


def test_a_result_does_not_change_when_the_question_does(course):
    done = sit(course, answer_right)
    for question in Question.objects.filter(course_uuid=course.uuid):
        question.texts.update(stem="Something else")
    rebuild_state()
    assert Attempt.objects.get().facts() == done.facts()


def test_all_state_is_derived_again_to_the_same_hash(course):
    sit(course, answer_wrong)
    sit(course, answer_right)
    before = state_hash()
    assert rebuild_state() == before


def test_an_answer_to_an_open_attempt_would_change_no_row(course):
    attempt = begin(course).pk
    question, given = questions_of(attempt)[0], responses_to(attempt, answer_right)[0]
    save_response(by=course.login, attempt=attempt, question=question, given=given, nonce="n")
    before = state_hash()
    deriving.derive_attempts({attempt: statements_of([attempt])})
    assert state_hash() == before


def test_without_its_paper_an_attempt_is_handed_in_without_a_score(course):
    attempt = begin(course).pk
    hand_in(by=course.login, attempt=attempt)
    log = follow_attempt(statements_of([attempt]))
    row = deriving.attempt_of(attempt, log, None)
    assert row is not None
    assert row.handed_in_at
    assert row.is_passed is None


def test_a_later_late_answer_changes_no_score(course):
    done = sit(course, answer_wrong)
    attempt, question = done.pk, questions_of(done.pk)[0]
    with pytest.raises(AttemptClosedError):
        save_response(
            by=course.login, attempt=attempt, question=question, given={"response": []}, nonce="m", flagged=True
        )
    assert Attempt.objects.get().facts() == done.facts()
