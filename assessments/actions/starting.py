"""Begin an attempt: a paper by the quiz's class, and the statement that it is begun."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Login
from assessments.access import keep_sitting
from assessments.actions.freezing import freeze_paper
from assessments.actions.statements import say
from assessments.answering import follow_attempt
from assessments.bank import practice_sheet_of
from assessments.deriving import attempt_of
from assessments.errors import (
    AlreadyPassedError,
    ExamNotOpenError,
    NoAttemptLeftError,
    QuizNotOpenError,
    TooFewQuestionsError,
)
from assessments.models import Attempt, ExamOpening, Quiz
from assessments.papers import Frozen, keep_practice_paper
from courses.errors import NotYourEnrolmentError
from courses.models import ActivityState, Enrolment
from elearning.lib.ids import derived_uuid
from records.storage import hold_log


@transaction.atomic
def start_attempt(
    *,
    by: Login,
    quiz: Quiz,
    enrolment: Enrolment,
    at: datetime | None = None,
    opening: ExamOpening | None = None,
) -> Attempt:
    """Return a new attempt, or the open one: a double click or a second tab never uses up another.

    The log is held from the first look to the last write, so of many requests at once one draws and the
    others find its paper; the constraint `paper_drawn_once` stands behind that. An exam begins only with
    the `opening` that the caller has checked the learner's code against. Raise NotYourEnrolmentError,
    QuizNotOpenError, AlreadyPassedError, NoAttemptLeftError, TooFewQuestionsError, ExamNotOpenError.
    """
    if enrolment.person_id != by.person.uuid or enrolment.course_uuid != quiz.course_uuid:
        raise NotYourEnrolmentError
    hold_log()
    before = list(Attempt.objects.filter(enrolment=enrolment, quiz_uuid=quiz.uuid))
    for attempt in before:
        if attempt.is_open:
            return attempt
    _check_may_start(quiz, enrolment, before)
    if quiz.quiz_class == Quiz.Class.EXAM and opening is None:
        raise ExamNotOpenError
    return _begin(quiz, enrolment, max((each.number for each in before), default=0) + 1, at or timezone.now(), opening)


def _begin(quiz: Quiz, enrolment: Enrolment, number: int, moment: datetime, opening: ExamOpening | None) -> Attempt:
    attempt, paper = _paper(quiz, enrolment, number, moment)
    facts = {"enrolment": str(enrolment.pk), "quiz": str(quiz.uuid), "number": number, "paper": paper.sha256}
    said = say(
        "initialized",
        attempt=attempt,
        enrolment=enrolment.pk,
        actor=enrolment.actor_uuid,
        quiz=quiz.uuid,
        at=moment,
        statement_id=derived_uuid("attempt-begun", attempt),
        facts=facts | ({"opening": str(opening.uuid)} if opening else {}),
        known=(),
    )
    begun = attempt_of(attempt, follow_attempt(said), None)
    assert begun is not None  # noqa: S101  # its own statement begins it
    # Not before the commit: a draw that is rolled back may be followed by another under the same id.
    transaction.on_commit(lambda: keep_sitting(enrolment, quiz, begun, paper))
    return begun


def _paper(quiz: Quiz, enrolment: Enrolment, number: int, moment: datetime) -> tuple[UUID, Frozen]:
    """Return a new attempt's id and its paper: everybody's in practice, else one drawn for it."""
    if quiz.quiz_class == Quiz.Class.PRACTICE:
        sheet = practice_sheet_of(quiz)
        if not sheet.items:
            raise TooFewQuestionsError
        return uuid4(), keep_practice_paper(quiz.uuid, sheet)
    paper, sheet = freeze_paper(quiz, enrolment, number, moment)
    return paper.uuid, Frozen(paper.sha256, sheet)


def _check_may_start(quiz: Quiz, enrolment: Enrolment, before: Sequence[Attempt]) -> None:
    if quiz.quiz_class != Quiz.Class.PRACTICE:
        if any(attempt.counts for attempt in before):
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
