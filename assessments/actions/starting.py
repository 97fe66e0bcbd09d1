"""Begin an attempt: a paper by the quiz's class, and the statement that it is begun."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Login
from assessments.access import keep_sitting
from assessments.accommodating import attempt_limit_for
from assessments.actions.freezing import freeze_paper
from assessments.actions.statements import say
from assessments.answering import follow_attempt
from assessments.bank import practice_sheet_of
from assessments.deriving import attempt_of
from assessments.errors import (
    AlreadyPassedError,
    AwaitsMarkingError,
    ExamNotOpenError,
    NoAttemptLeftError,
    QuizClosedError,
    QuizNotOpenError,
    QuizNotYetOpenError,
    TooFewQuestionsError,
    WaitFirstError,
)
from assessments.models import Attempt, ExamOpening, Quiz
from assessments.opening import is_over_for, window_for, zone_of
from assessments.papers import Frozen, keep_practice_paper
from assessments.windows import Window, may_begin_at
from courses.errors import NotYourEnrolmentError
from courses.models import ActivityState, Enrolment
from elearning.lib.ids import derived_uuid
from records.aliases import is_own
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
    QuizNotOpenError, AlreadyPassedError, NoAttemptLeftError, WaitFirstError, QuizNotYetOpenError, QuizClosedError,
    TooFewQuestionsError, ExamNotOpenError.
    """
    if not is_own(enrolment.person_id, by.person.uuid) or enrolment.course_uuid != quiz.course_uuid:
        raise NotYourEnrolmentError
    hold_log()
    before = list(Attempt.objects.filter(enrolment=enrolment, quiz_uuid=quiz.uuid))
    for attempt in before:
        if attempt.is_open:
            return attempt
    _check_may_start(quiz, enrolment, before)
    moment, window = at or timezone.now(), window_for(quiz, enrolment)
    _check_time(quiz, enrolment, before, window, moment)
    if quiz.quiz_class == Quiz.Class.EXAM and opening is None:
        raise ExamNotOpenError
    number = max((each.number for each in before), default=0) + 1
    return _begin(quiz, enrolment, number, moment, opening, window)


def _begin(  # what an attempt begins with
    quiz: Quiz, enrolment: Enrolment, number: int, moment: datetime, opening: ExamOpening | None, window: Window
) -> Attempt:
    attempt, paper = _paper(quiz, enrolment, number, moment, window)
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


def _paper(quiz: Quiz, enrolment: Enrolment, number: int, moment: datetime, window: Window) -> tuple[UUID, Frozen]:
    """Return a new attempt's id and its paper: everybody's in practice, else one drawn for it."""
    if quiz.quiz_class == Quiz.Class.PRACTICE:
        sheet = practice_sheet_of(quiz)
        if not sheet.items:
            raise TooFewQuestionsError
        return uuid4(), keep_practice_paper(quiz.uuid, sheet)
    paper, sheet = freeze_paper(quiz, enrolment, number, moment, window=window)
    return paper.uuid, Frozen(paper.sha256, sheet)


def _check_may_start(quiz: Quiz, enrolment: Enrolment, before: Sequence[Attempt]) -> None:
    if quiz.quiz_class != Quiz.Class.PRACTICE:
        if any(attempt.counts for attempt in before):
            raise AlreadyPassedError
        today = timezone.now().date()
        if len(before) >= attempt_limit_for(enrolment.person_id, quiz.attempt_limit, len(before), today):
            raise NoAttemptLeftError
        if any(attempt.awaits_marking for attempt in before):
            raise AwaitsMarkingError
    if quiz.opens_after == Quiz.Opens.LESSONS and not _lessons_are_complete(enrolment, quiz):
        raise QuizNotOpenError


def _check_time(quiz: Quiz, enrolment: Enrolment, before: Sequence[Attempt], window: Window, now: datetime) -> None:
    """Refuse before the opening, after the closing, and while the waiting time runs; practice waits for nothing."""
    if quiz.quiz_class == Quiz.Class.PRACTICE:
        return
    if window.opens_at and window.is_early(now):
        raise QuizNotYetOpenError(window.opens_at, zone_of(window, enrolment))
    if window.closes_at and is_over_for(window, quiz, enrolment.person_id, now):
        raise QuizClosedError(window.closes_at, zone_of(window, enrolment))
    last = max((each.handed_in_at for each in before if each.handed_in_at), default=None)
    free = may_begin_at(last, quiz.wait_s)
    if free and now < free:
        raise WaitFirstError(free, zone_of(window, enrolment))


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
