"""Many requests at once give one attempt and one hand-in; without the guard they would not."""

import threading
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from assessments.actions import freezing, handing_in, save_response, start_attempt, starting
from assessments.actions.handing_in import hand_in
from assessments.answering import follow_attempt
from assessments.deriving import attempt_of, papers_of
from assessments.errors import AttemptClosedError
from assessments.models import Attempt, Paper
from assessments.questions.marking import MARKERS
from records.models import Statement
from records.state import rebuild_state, state_hash
from records.storage import statements_of
from tests.assessments.sitting import answer_right, questions_of, responses_to
from tests.factories.accounts import sign_in
from tests.factories.assessments import make_course

THREADS = 8
# A paper asks one of each kind that the site marks by itself.
MARKED = sorted(MARKERS)
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act):
    """Run an act in eight threads at one moment; return the results and the errors."""
    gate, results, errors = threading.Barrier(THREADS), [], []

    def run():
        gate.wait()
        try:
            results.append(act())
        except Exception as error:  # noqa: BLE001  # the test says which ones it wants
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results, errors


@contextmanager
def unguarded(monkeypatch, module):
    """Take the lock and the transaction away, and let all have looked before any writes."""
    looked = threading.Barrier(THREADS, timeout=10)
    say = module.say

    def wait_then_say(*args, **kwargs):
        looked.wait()
        return say(*args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(module, "hold_log", lambda: None)
        patched.setattr(module, "say", wait_then_say)
        yield


def test_eight_starts_at_once_give_one_attempt():
    course = make_course()
    results, errors = at_once(lambda: start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment))
    assert errors == []
    assert len({attempt.pk for attempt in results}) == 1
    assert (Paper.objects.count(), Attempt.objects.count()) == (1, 1)
    assert Statement.objects.filter(verb="initialized", unit_kind="attempt").count() == 1


def test_without_the_guard_starts_collide(monkeypatch):
    course = make_course()
    looked = threading.Barrier(THREADS, timeout=10)
    freeze = freezing.freeze_paper

    def freeze_after_all_looked(*args, **kwargs):
        looked.wait()
        return freeze(*args, **kwargs)

    monkeypatch.setattr(starting, "hold_log", lambda: None)
    monkeypatch.setattr(starting, "freeze_paper", freeze_after_all_looked)
    bare: Any = vars(start_attempt)["__wrapped__"]
    results, errors = at_once(lambda: bare(by=course.login, quiz=course.quiz, enrolment=course.enrolment))
    assert len(errors) == THREADS - 1
    assert {type(error) for error in errors} == {IntegrityError}
    assert len(results) == 1
    assert Paper.objects.count() == 1


def test_eight_hand_ins_at_once_give_one_result():
    course = make_course(kinds=MARKED, questions=len(MARKED), draw=len(MARKED))
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    for item, given in zip(questions_of(attempt), responses_to(attempt, answer_right), strict=True):
        save_response(by=course.login, attempt=attempt, question=item, given=given, nonce="n")
    results, errors = at_once(lambda: hand_in(by=course.login, attempt=attempt))
    assert errors == []
    assert {(each.pk, each.points_milli, each.handed_in_at) for each in results} == {
        (attempt, len(MARKED) * 1000, results[0].handed_in_at)
    }
    assert Statement.objects.filter(verb="submitted", unit_uuid=attempt).count() == 1


def test_without_the_guard_hand_ins_collide(monkeypatch):
    course = make_course()
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    with unguarded(monkeypatch, handing_in):
        bare: Any = vars(hand_in)["__wrapped__"]
        _results, errors = at_once(lambda: bare(by=course.login, attempt=attempt))
    assert len(errors) == THREADS - 1
    assert {type(error) for error in errors} == {IntegrityError}


def test_eight_saves_at_once_have_eight_ordinals():
    course = make_course(kinds=MARKED, questions=len(MARKED), draw=len(MARKED))
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    questions = questions_of(attempt)
    values = responses_to(attempt, answer_right)
    waiting = list(zip(questions, values, strict=True))[:THREADS]

    def save():
        question, each = waiting.pop()
        return save_response(by=course.login, attempt=attempt, question=question, given=each, nonce="n")

    results, errors = at_once(save)
    assert errors == []
    assert sorted(saved.ordinal for saved in results) == list(range(1, THREADS + 1))


def test_a_double_click_on_save_is_one_statement():
    course = make_course()
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    question, given = questions_of(attempt)[0], responses_to(attempt, answer_right)[0]

    def save():
        return save_response(by=course.login, attempt=attempt, question=question, given=given, nonce="n")

    results, errors = at_once(save)
    assert errors == []
    assert sum(saved.was_new for saved in results) == 1
    assert {saved.ordinal for saved in results} == {1}
    assert Statement.objects.filter(verb="answered", unit_uuid=attempt).count() == 1


def start_answer_and_hand_in(course, begun):
    """Go the whole way: begin, wait until all have, answer all, hand in."""
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    begun.wait()
    questions, answers = questions_of(attempt), responses_to(attempt, answer_right)
    for question, each in zip(questions, answers, strict=True):
        try:
            save_response(by=course.login, attempt=attempt, question=question, given=each, nonce="n")
        except AttemptClosedError:
            # Another thread has handed in: the page leads to the result.
            break
    return hand_in(by=course.login, attempt=attempt)


def test_eight_threads_start_answer_and_hand_in_one_attempt():
    course = make_course(attempt_limit=1)
    begun = threading.Barrier(THREADS, timeout=30)
    results, errors = at_once(lambda: start_answer_and_hand_in(course, begun))
    assert errors == []
    [row] = Attempt.objects.all()
    assert {each.facts()["points_milli"] for each in results} == {row.points_milli}
    assert (Paper.objects.count(), row.flags, row.is_passed) == (1, "", True)
    # One beginning, one answer a question, one hand-in: nothing was said twice.
    said = Statement.objects.filter(unit_uuid=row.pk)
    assert [said.filter(verb=verb).count() for verb in ("initialized", "answered", "submitted")] == [1, 10, 1]
    assert attempt_of_log(row.pk).facts() == row.facts()
    before = state_hash()
    assert rebuild_state() == before


def attempt_of_log(attempt):
    """Return the row as it follows from the statements alone."""
    log = follow_attempt(statements_of([attempt]))
    return attempt_of(attempt, log, papers_of({attempt: log})[attempt])


def test_eight_browsers_start_answer_and_hand_in_without_an_error_page():
    course = make_course(attempt_limit=1)
    clients = [sign_in(Client(), course.login) for _number in range(THREADS)]
    statuses = []

    def sit():
        client = clients.pop()
        begun = client.post(reverse("assessments:attempt-start", args=[course.quiz.uuid]))
        # Begun and handed in by another browser: the page says in words that no attempt is left, or leads to it.
        statuses.append(begun.status_code)
        attempt = Attempt.objects.get().pk
        answers = responses_to(attempt, answer_right)
        for number, each in enumerate(answers, 1):
            url = reverse("assessments:question", args=[attempt, number])
            statuses.append(client.post(url, each | {"nonce": "n", "step": 1}).status_code)
        statuses.append(client.post(reverse("assessments:attempt-hand-in", args=[attempt])).status_code)
        return client.get(reverse("assessments:attempt-result", args=[attempt])).status_code

    results, errors = at_once(sit)
    assert errors == []
    assert results == [200] * THREADS
    assert set(statuses) <= {302, 409}
    row = Attempt.objects.get()
    assert (row.points_milli, row.flags, row.is_passed) == (10_000, "", True)
    assert Statement.objects.filter(unit_uuid=row.pk, verb="submitted").count() == 1


def test_without_the_guard_eight_whole_ways_collide(monkeypatch):
    course = make_course(attempt_limit=1)
    looked = threading.Barrier(THREADS, timeout=10)
    freeze = freezing.freeze_paper

    def freeze_after_all_looked(*args, **kwargs):
        looked.wait()
        return freeze(*args, **kwargs)

    monkeypatch.setattr(starting, "hold_log", lambda: None)
    monkeypatch.setattr(starting, "freeze_paper", freeze_after_all_looked)
    bare: Any = vars(start_attempt)["__wrapped__"]

    def go():
        attempt = bare(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
        return hand_in(by=course.login, attempt=attempt)

    results, errors = at_once(go)
    # All eight saw no attempt and drew: what stands behind the lock, the constraint, lets one of them through.
    assert len(results) == 1
    assert {type(error) for error in errors} == {IntegrityError}
    assert len(errors) == THREADS - 1
