"""The doors to people, questions and regrades for those who work at the desk."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import Person
from assessments.models import Question, Regrade
from assessments.policy import ACCOMMODATIONS, DECIDERS, QUESTIONS_READ, QUESTIONS_WRITE, READERS, REGRADES

if TYPE_CHECKING:
    from django.db.models import QuerySet


def learner_for(login: Any, person: UUID) -> Person:
    """Return a person whom this login may grant something; raise Http404, or PermissionDenied without such a role."""
    if not login.holds(*DECIDERS):
        raise PermissionDenied
    rows = ACCOMMODATIONS.filter(Person.objects.select_related("country"), login)
    found = rows.filter(uuid=person).first()
    if found is None:
        raise Http404
    return found


def question_to_regrade(login: Any, question: UUID) -> Question:
    """Return a question that this login may write: 404 where it can't read it, else PermissionDenied."""
    if not login.holds(*READERS):
        raise PermissionDenied
    found: Question | None = QUESTIONS_READ.filter(Question.objects.all(), login).filter(uuid=question).first()
    if found is None:
        raise Http404
    if not QUESTIONS_WRITE.filter(Question.objects.non_polymorphic(), login).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def regrades_for(login: Any) -> "QuerySet[Regrade]":
    """Return the regrades of questions that this login may read, the newest first; PermissionDenied without a role."""
    if not login.holds(*READERS):
        raise PermissionDenied
    return REGRADES.filter(Regrade.objects.select_related("by"), login)


def regrade_for(login: Any, regrade: UUID) -> Regrade:
    """Return one of them; raise Http404."""
    found = regrades_for(login).filter(pk=regrade).first()
    if found is None:
        raise Http404
    return found
