"""Save a response: the act that every learner repeats most, so it asks the database as little as it can."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import Login
from assessments.access import Sitting, sitting_for
from assessments.actions.statements import say
from assessments.answering import Given, follow_attempt, id_of_new_answer
from assessments.errors import AttemptClosedError, TimeIsOverError
from assessments.exams import is_time_over
from assessments.questions.registry import kind_named
from assessments.versions import versions_of
from records.storage import hold_log, statements_of

LONGEST_NONCE = 64


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands now for a question: None where nothing was ever said."""

    at: datetime | None
    ordinal: int
    is_answered: bool
    was_new: bool


def save_response(  # the parts of an answer
    *, by: Login, attempt: UUID, question: str, given: Any, nonce: str, step: int = 0, flagged: bool = False
) -> Saved:
    """Save what a form (or a plain mapping) says in answer to a question of the login's own open attempt.

    Raise Http404 for another's attempt or another paper's question, ResponseRefusedError for a choice that
    the question does not have, AttemptClosedError after the hand-in, TimeIsOverError after the time of an exam.
    Two queries, an INSERT among them; two more where this process meets the paper or its questions for the
    first time.
    """
    sitting = sitting_for(by, attempt)
    response = _read_response(sitting, question, given)
    return _append(sitting, Given(question, response, flagged, nonce[:LONGEST_NONCE], max(0, step)))


def _read_response(sitting: Sitting, question: str, given: Any) -> Any:
    for item in sitting.sheet.items:
        if item.question == question:
            version = versions_of([item.version])[item.version]
            return kind_named(version.kind).read_response(given, version.structure)
    raise Http404


@transaction.atomic
def _append(sitting: Sitting, given: Given) -> Saved:
    hold_log()
    known = statements_of([sitting.attempt])
    log = follow_attempt(known)
    if log.submitted:
        raise AttemptClosedError
    moment = timezone.now()
    if is_time_over(sitting.sheet, log, moment):
        raise TimeIsOverError
    statement = id_of_new_answer(log, sitting.attempt, given)
    if statement is None:
        held = log.answers.get(given.question)
        if held is None:
            return Saved(None, 0, is_answered=False, was_new=False)
        is_answered = held.response is not None
        return Saved(datetime.fromisoformat(held.timestamp), held.ordinal, is_answered, was_new=False)
    # The ordinal is given under the lock: it is what later says which answer stands.
    ordinal = log.last_ordinal + 1
    say(
        "answered",
        attempt=sitting.attempt,
        enrolment=sitting.enrolment,
        actor=sitting.actor,
        quiz=sitting.quiz,
        at=moment,
        statement_id=statement,
        facts=given.facts(ordinal),
        known=known,
    )
    return Saved(moment, ordinal, given.response is not None, was_new=True)
