"""The doors to attempts and quizzes: an attempt opens only to the one who sits it.

Who may read and write questions is in assessments.policy, which the models import.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404

from assessments import papers
from assessments.drawing import Item, Sheet
from assessments.keeping import Kept
from assessments.models import Attempt, Quiz
from assessments.papers import Frozen, find_papers
from assessments.policy import QUESTIONS_READ, QUESTIONS_WRITE, READERS, WRITERS, writing_scope
from courses.models import Enrolment

__all__ = [
    "QUESTIONS_READ",
    "QUESTIONS_WRITE",
    "READERS",
    "WRITERS",
    "Sitting",
    "keep_sitting",
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
    if not login.is_authenticated or not login.is_active or sitting.person != login.person.uuid:
        raise Http404
    return sitting


def keep_sitting(enrolment: Enrolment, quiz: Quiz, attempt: Attempt, paper: Frozen) -> None:
    """Keep what a committed start already knows, so that the first page need not ask."""
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
    """Return a quiz; raise Http404. What it asks is no secret, its questions come with an attempt."""
    try:
        return Quiz.objects.get(uuid=quiz)
    except Quiz.DoesNotExist:
        raise Http404 from None


def _read_sitting(attempt: UUID) -> Sitting:
    columns = ("enrolment_id", "enrolment__person_id", "enrolment__actor_uuid", "enrolment__course_uuid")
    row = Attempt.objects.filter(pk=attempt).values_list(*columns, "quiz_uuid", "number").first()
    paper = find_papers([attempt]).get(attempt)
    # Without its paper (it comes with a later bundle) or its enrolment there is nothing to show yet.
    if row is None or None in row or paper is None:
        raise Http404
    enrolment, person, actor, course, quiz, number = row
    return Sitting(attempt, enrolment, person, actor, course, quiz, number, paper.sheet)
