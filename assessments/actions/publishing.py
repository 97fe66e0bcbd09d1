"""Publish a question, or take it out of use."""

from django.db import transaction

from accounts.actions import record_audit
from accounts.models import Login
from assessments.errors import QuestionNotYoursError
from assessments.models import Question, QuestionVersion
from assessments.policy import QUESTIONS_WRITE
from assessments.publishing import publish, retire


@transaction.atomic
def publish_question(*, by: Login, question: Question) -> QuestionVersion:
    """Publish what the question says now; raise QuestionNotYoursError, QuestionIncompleteError.

    Nothing that is unchanged gets a new version, so publishing twice is publishing once.
    """
    _check_may_write(by, question)
    before = (question.version_sha256, question.status)
    version = publish(question)
    if (question.version_sha256, question.status) != before:
        _audit(by, "question.published", question, {"version": version.sha256, "number": version.number})
    return version


@transaction.atomic
def retire_question(*, by: Login, question: Question) -> None:
    """Draw the question no more; raise QuestionNotYoursError."""
    _check_may_write(by, question)
    if retire(question):
        _audit(by, "question.retired", question, {})


def _check_may_write(by: Login, question: Question) -> None:
    if not QUESTIONS_WRITE.allows(by, question):
        raise QuestionNotYoursError


def _audit(by: Login, act: str, question: Question, detail: dict[str, object]) -> None:
    record_audit(by=by, act=act, target=question, country=question.country, detail=detail)
