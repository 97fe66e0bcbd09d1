"""Begin an attempt: draw a paper, freeze it, say so."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone

from accounts.models import Login
from assessments.access import keep_sitting
from assessments.actions.statements import say
from assessments.answering import follow_attempt
from assessments.deriving import attempt_of
from assessments.drawing import SEED_BITS, Candidate, Sheet, draw_paper
from assessments.errors import AlreadyPassedError, NoAttemptLeftError, QuizNotOpenError, TooFewQuestionsError
from assessments.models import Attempt, Paper, Question, Quiz
from assessments.papers import Frozen
from assessments.questions.registry import kind_named
from assessments.versions import versions_of
from courses.errors import NotYourEnrolmentError
from courses.models import ActivityState, Enrolment
from elearning.lib.canonical import sha256_hex
from elearning.lib.ids import derived_uuid
from records.models import Node
from records.storage import hold_log


@transaction.atomic
def start_attempt(*, by: Login, quiz: Quiz, enrolment: Enrolment, at: datetime | None = None) -> Attempt:
    """Return a new attempt, or the open one: a double click or a second tab never uses up another.

    The log is held from the first look to the last write, so of many requests at once one draws and the
    others find its paper; the constraint `paper_drawn_once` stands behind that. Raise
    NotYourEnrolmentError, QuizNotOpenError, AlreadyPassedError, NoAttemptLeftError, TooFewQuestionsError.
    """
    if enrolment.person_id != by.person.uuid or enrolment.course_uuid != quiz.course_uuid:
        raise NotYourEnrolmentError
    hold_log()
    before = list(Attempt.objects.filter(enrolment=enrolment, quiz_uuid=quiz.uuid))
    for attempt in before:
        if attempt.is_open:
            return attempt
    _check_may_start(quiz, enrolment, before)
    number = max((attempt.number for attempt in before), default=0) + 1
    moment = at or timezone.now()
    paper, sheet = _freeze(quiz, enrolment, number, moment)
    said = say(
        "initialized",
        attempt=paper.uuid,
        enrolment=enrolment.pk,
        actor=enrolment.actor_uuid,
        quiz=quiz.uuid,
        at=moment,
        statement_id=derived_uuid("attempt-begun", paper.uuid),
        facts={"enrolment": str(enrolment.pk), "quiz": str(quiz.uuid), "number": number, "paper": paper.sha256},
        known=(),
    )
    begun = attempt_of(paper.uuid, follow_attempt(said), None)
    assert begun is not None  # noqa: S101  # its own statement begins it
    # Not before the commit: a draw that is rolled back may be followed by another under the same id.
    transaction.on_commit(lambda: keep_sitting(enrolment, quiz, begun, Frozen(paper.sha256, sheet)))
    return begun


def _check_may_start(quiz: Quiz, enrolment: Enrolment, before: Sequence[Attempt]) -> None:
    if any(attempt.is_passed for attempt in before):
        raise AlreadyPassedError
    if len(before) >= quiz.attempt_limit:
        raise NoAttemptLeftError
    if quiz.opens_after == Quiz.Opens.LESSONS and not _lessons_are_complete(enrolment, quiz):
        raise QuizNotOpenError


def _lessons_are_complete(enrolment: Enrolment, quiz: Quiz) -> bool:
    """Tell whether all lessons of the outline are complete. One query at most.

    Where this quiz, not passed, is the only one of the outline, the course's progress says it.
    """
    outline, progress = enrolment.outline, getattr(enrolment, "progress", None)
    if progress and outline["quizzes"] == [str(quiz.uuid)]:
        return bool(progress.activities_completed == len(set(outline["lessons"])))
    done = ActivityState.objects.filter(
        enrolment=enrolment, kind=ActivityState.Kind.LESSON, completed_at__isnull=False
    ).values_list("activity_uuid", flat=True)
    return {UUID(lesson) for lesson in enrolment.outline["lessons"]} <= set(done)


def _freeze(quiz: Quiz, enrolment: Enrolment, number: int, moment: datetime) -> tuple[Paper, Sheet]:
    node, sheet = _draw(quiz, enrolment)
    text = sheet.text()
    paper = Paper(
        uuid=derived_uuid("attempt", node, enrolment.pk, quiz.uuid, number),
        enrolment_uuid=enrolment.pk,
        quiz_uuid=quiz.uuid,
        number=number,
        node_uuid=node,
        text=text,
        sha256=sha256_hex(text),
        drawn_at=moment,
    )
    paper.save()
    return paper, sheet


def _draw(quiz: Quiz, enrolment: Enrolment) -> tuple[UUID, Sheet]:
    """Return this node, and a sheet drawn from the bank. One query when the versions are in the process."""
    node = Node.objects.filter(is_here=True).values("uuid")[:1]
    questions = Question.objects.drawable(quiz.course_uuid, enrolment.country_id)
    bank = list(
        questions.order_by().annotate(node=Subquery(node)).values_list("uuid", "version_sha256", "lesson_uuid", "node")
    )
    if len(bank) < quiz.draw:
        raise TooFewQuestionsError
    versions = versions_of(row[1] for row in bank)
    candidates = [
        Candidate(str(uuid), sha256, str(lesson or ""), _choices_of(versions[sha256].kind, versions[sha256].structure))
        for uuid, sha256, lesson, _node in bank
    ]
    seed = secrets.randbits(SEED_BITS)
    return bank[0][3], draw_paper(candidates, draw=quiz.draw, pass_mark_percent=quiz.pass_mark_percent, seed=seed)


def _choices_of(kind: str, structure: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(kind_named(kind).choices_of(structure))
