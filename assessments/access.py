"""The doors to attempts, quizzes and exams: an attempt opens only to the one who sits it.

Who may read and write questions is in assessments.policy, which the models import.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from accounts.models import Cohort, InvitationCode
from accounts.policy import ADMINISTRATOR, COORDINATOR, TRAINER
from assessments import papers
from assessments.answering import follow_attempt
from assessments.drawing import Item, Sheet
from assessments.keeping import Kept
from assessments.models import Attempt, ExamOpening, Quiz, QuizSection, QuizWindow
from assessments.papers import Frozen, find_papers, find_practice_papers
from assessments.policy import QUESTIONS_READ, QUESTIONS_WRITE, READERS, WRITERS, writing_scope
from courses.models import Enrolment
from records.aliases import is_own
from records.storage import statements_of

__all__ = [
    "QUESTIONS_READ",
    "QUESTIONS_WRITE",
    "READERS",
    "WRITERS",
    "Sitting",
    "cohort_for_exams",
    "exams_of_cohort",
    "keep_sitting",
    "openings_of",
    "quiz_for",
    "sitting_for",
    "writing_scope",
]


@dataclass(frozen=True, slots=True)
class Sitting:
    """What never changes of an attempt: whose it is, of which quiz, and its paper."""

    attempt: UUID
    enrolment: UUID
    person: UUID
    actor: UUID
    course: UUID
    quiz: UUID
    number: int
    sheet: Sheet

    def item(self, number: int) -> Item:
        """Return the item at a place, from 1; raise Http404."""
        if not 1 <= number <= len(self.sheet.items):
            raise Http404
        return self.sheet.items[number - 1]


kept: Kept[UUID, Sitting] = Kept(2048)


def sitting_for(login: Any, attempt: UUID) -> Sitting:
    """Return the login's own attempt; raise Http404 for any other. No query when this process knows it.

    Kept in the process because nothing in it can change: the paper is frozen, and the enrolment's
    id is made from the person's. Whether the attempt is open is never kept: the statements say it.
    """
    sitting = kept.take([attempt]).get(attempt)
    if sitting is None:
        sitting = _read_sitting(attempt)
        kept.keep({attempt: sitting})
    if not login.is_authenticated or not login.is_active or not is_own(sitting.person, login.person.uuid):
        raise Http404
    return sitting


def keep_sitting(enrolment: Enrolment, quiz: Quiz, attempt: Attempt, paper: Frozen) -> None:
    """Keep what a committed start already knows, so that the first page need not ask."""
    if not paper.sheet.is_practice:  # That one is everybody's, and kept by its hash.
        papers.kept.keep({attempt.pk: paper})
    sitting = Sitting(
        attempt.pk,
        enrolment.pk,
        enrolment.person_id,
        enrolment.actor_uuid,
        enrolment.course_uuid,
        quiz.uuid,
        attempt.number,
        paper.sheet,
    )
    kept.keep({attempt.pk: sitting})


def quiz_for(quiz: UUID) -> Quiz:
    """Return a quiz; raise Http404. What it asks is no secret, its questions come with an attempt.

    It says whether it has sections and windows: most have none, and then nobody asks for them.
    """
    try:
        return Quiz.objects.annotate(is_sectioned=_has(QuizSection), is_timed=_has(QuizWindow)).get(uuid=quiz)
    except Quiz.DoesNotExist:
        raise Http404 from None


def cohort_for_exams(login: Any, cohort: UUID) -> Cohort:
    """Return a cohort this login trains, coordinates or administers; raise Http404, or PermissionDenied."""
    if not login.holds(TRAINER, COORDINATOR, ADMINISTRATOR):
        raise PermissionDenied
    row = Cohort.objects.visible_to(login).select_related("country").filter(uuid=cohort).first()
    if row is None:
        raise Http404
    return row


def exams_of_cohort(cohort: Cohort) -> list[Quiz]:
    """Return the exams of the courses that a cohort takes, or that its codes lead to. One query."""
    taken = Enrolment.objects.filter(cohort=cohort).values("course_uuid")
    invited = InvitationCode.objects.filter(cohort=cohort).values("course_uuid")
    exams = Quiz.objects.filter(quiz_class=Quiz.Class.EXAM)
    return list(exams.filter(Q(course_uuid__in=taken) | Q(course_uuid__in=invited)).order_by("pk"))


def openings_of(cohort: Cohort) -> list[ExamOpening]:
    """Return the exams that this cohort may begin now, with their quizzes. One query."""
    now = timezone.now()
    rows = ExamOpening.objects.filter(cohort=cohort, opened_at__lte=now, closes_at__gt=now)
    return list(rows.select_related("quiz"))


def _has(parts: Any) -> Exists:
    return Exists(parts.objects.filter(quiz=OuterRef("pk")))


def _read_sitting(attempt: UUID) -> Sitting:
    columns = ("enrolment_id", "enrolment__person_id", "enrolment__actor_uuid", "enrolment__course_uuid")
    row = Attempt.objects.filter(pk=attempt).values_list(*columns, "quiz_uuid", "number").first()
    paper = find_papers([attempt]).get(attempt) or _practice_paper(attempt)
    # Without its paper (it comes with a later bundle) or its enrolment there is nothing to show yet.
    if row is None or None in row or paper is None:
        raise Http404
    enrolment, person, actor, course, quiz, number = row
    return Sitting(attempt, enrolment, person, actor, course, quiz, number, paper.sheet)


def _practice_paper(attempt: UUID) -> Frozen | None:
    """Return the paper that a practice attempt says it was begun with. Two queries at most."""
    begun = follow_attempt(statements_of([attempt])).started
    sha256 = begun.facts.get("paper") if begun else None
    return find_practice_papers([sha256]).get(sha256) if isinstance(sha256, str) else None
