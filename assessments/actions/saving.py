"""Save a response: the act that every learner repeats most, so it asks the database as little as it can."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import Login
from assessments.access import Sitting, sitting_for
from assessments.accommodating import held_sheet
from assessments.actions.statements import say
from assessments.answering import AttemptLog, Given, follow_attempt, id_of_new_answer
from assessments.drawing import CERTAINTY, TRIES, Sheet
from assessments.errors import AttemptClosedError, ResponseStandsError, TimeIsOverError
from assessments.exams import is_time_over
from assessments.questions.kind import fields_in
from assessments.questions.registry import kind_named
from assessments.trying import began_anew, trying_of
from assessments.versions import Version, versions_of
from records.storage import hold_log, statements_of

LONGEST_NONCE = 64


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands now for a question: None where nothing was ever said.

    `open_place` is the id of the element where an answer goes on that is not finished, "" for no such place.
    `is_clear` is false for an answer that cannot be read, such as a number that is none.
    """

    at: datetime | None
    ordinal: int
    is_answered: bool
    was_new: bool
    open_place: str = ""
    is_clear: bool = True


def save_response(  # the parts of an answer
    *,
    by: Login,
    attempt: UUID,
    question: str,
    given: Any,
    nonce: str,
    step: int = 0,
    flagged: bool = False,
    certainty: int | None = None,
) -> Saved:
    """Save what a form (or a plain mapping) says in answer to a question of the login's own open attempt.

    Where the quiz allows several tries, a finished answer is one of them, and nothing follows the last. A
    certainty is kept where the quiz asks for it. Raise Http404 for another's attempt or another paper's
    question, ResponseRefusedError for a choice that the question does not have, or for an answer that would
    change what stands, AttemptClosedError after the hand-in, TimeIsOverError after the time of an exam.
    Two queries, an INSERT among them; two more where this process meets the paper or its questions for the
    first time.
    """
    sitting = sitting_for(by, attempt)
    version = _version_of(sitting, question)
    response = kind_named(version.kind).read_response(fields_in(given), version.structure)
    held = certainty if sitting.sheet.marking == CERTAINTY else None
    answer = Given(question, response, flagged, nonce[:LONGEST_NONCE], max(0, step), held)
    saved = _append(sitting, version, answer)
    kind = kind_named(version.kind)
    place = kind.open_place(version.structure, response) if response is not None else ""
    is_clear = response is None or kind.is_clear(response)
    return replace(saved, is_answered=saved.is_answered and not place, open_place=place, is_clear=is_clear)


def _version_of(sitting: Sitting, question: str) -> Version:
    for item in sitting.sheet.items:
        if item.question == question:
            return versions_of([item.version])[item.version]
    raise Http404


@transaction.atomic
def _append(sitting: Sitting, version: Version, given: Given) -> Saved:
    hold_log()
    known = statements_of([sitting.attempt])
    log = follow_attempt(known)
    if log.submitted:
        raise AttemptClosedError
    moment = timezone.now()
    # What the learner is granted is asked for only where the usual time is over.
    if is_time_over(sitting.sheet, log, moment) and is_time_over(
        held_sheet(sitting.sheet, sitting.attempt, log), log, moment
    ):
        raise TimeIsOverError
    new = _as_new(sitting.sheet, version, log, given)
    statement = id_of_new_answer(log, sitting.attempt, new) if new else None
    if statement is None or new is None:
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
        facts=new.facts(ordinal),
        known=known,
    )
    return Saved(moment, ordinal, given.response is not None, was_new=True)


def _as_new(sheet: Sheet, version: Version, log: AttemptLog, given: Given) -> Given | None:
    """Return an answer as it is said, the number of its try with it; None for one that would say nothing new.

    Raise ResponseStandsError for one that would change what stands.
    """
    kind, held = kind_named(version.kind), log.answers.get(given.question)
    tries = log.tries.get(given.question, ())
    if sheet.marking != TRIES:
        before = held.response if held else None
    elif trying_of(version.kind, version.structure, tries).is_settled:
        return None
    else:
        before = held.response if held and not began_anew(tries, held) else None
    if not kind.may_follow(before, given.response):
        raise ResponseStandsError
    if sheet.marking != TRIES or given.response is None or kind.open_place(version.structure, given.response):
        return given
    # A double click is one try.
    if tries and tries[-1].response == given.response:
        return None
    return replace(given, check=len(tries) + 1)
