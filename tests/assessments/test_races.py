"""Many requests at once give one attempt and one hand-in; without the guard they would not."""

import threading
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection

from assessments.actions import freezing, handing_in, save_response, start_attempt, starting
from assessments.actions.handing_in import hand_in
from assessments.models import Attempt, Paper
from records.models import Statement
from tests.assessments.sitting import answer_right, questions_of, responses_to
from tests.factories.assessments import make_course

THREADS = 8
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

    def freeze_after_all_looked(*args):
        looked.wait()
        return freeze(*args)

    monkeypatch.setattr(starting, "hold_log", lambda: None)
    monkeypatch.setattr(starting, "freeze_paper", freeze_after_all_looked)
    bare: Any = vars(start_attempt)["__wrapped__"]
    results, errors = at_once(lambda: bare(by=course.login, quiz=course.quiz, enrolment=course.enrolment))
    assert len(errors) == THREADS - 1
    assert {type(error) for error in errors} == {IntegrityError}
    assert len(results) == 1
    assert Paper.objects.count() == 1


def test_eight_hand_ins_at_once_give_one_result():
    course = make_course()
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    for item, values in zip(questions_of(attempt), responses_to(attempt, answer_right), strict=True):
        save_response(by=course.login, attempt=attempt, question=item, given={"response": values}, nonce="n")
    results, errors = at_once(lambda: hand_in(by=course.login, attempt=attempt))
    assert errors == []
    assert {(each.pk, each.points_milli, each.handed_in_at) for each in results} == {
        (attempt, 10_000, results[0].handed_in_at)
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
    course = make_course()
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    questions = questions_of(attempt)
    values = responses_to(attempt, answer_right)
    waiting = list(zip(questions, values, strict=True))[:THREADS]

    def save():
        question, each = waiting.pop()
        return save_response(by=course.login, attempt=attempt, question=question, given={"response": each}, nonce="n")

    results, errors = at_once(save)
    assert errors == []
    assert sorted(saved.ordinal for saved in results) == list(range(1, THREADS + 1))


def test_a_double_click_on_save_is_one_statement():
    course = make_course()
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).pk
    question, values = questions_of(attempt)[0], responses_to(attempt, answer_right)[0]

    def save():
        return save_response(by=course.login, attempt=attempt, question=question, given={"response": values}, nonce="n")

    results, errors = at_once(save)
    assert errors == []
    assert sum(saved.was_new for saved in results) == 1
    assert {saved.ordinal for saved in results} == {1}
    assert Statement.objects.filter(verb="answered", unit_uuid=attempt).count() == 1
