"""Save what an author wrote: the row, its choices, its words, and what follows from its status."""

from django.db import transaction

from accounts.actions import record_audit
from accounts.models import Login
from assessments.actions import publish_question, retire_question
from assessments.admin.drafts import QuestionDraft
from assessments.admin.practice import practice_problem
from assessments.errors import PracticeForGoodError, QuestionNotYoursError
from assessments.models import Choice, Question, QuestionText
from assessments.policy import QUESTIONS_WRITE


@transaction.atomic
def save_question(*, by: Login, question: Question, draft: QuestionDraft) -> Question:
    """Save a question as its form filled it in; a published one gets a version if it changed.

    Raise QuestionNotYoursError where the question lies outside the login's scope, before or after
    the edit, PracticeForGoodError, QuestionIncompleteError. Nothing is written then.
    """
    before = _row_as_stored(question)
    if before and not QUESTIONS_WRITE.allows(by, before):
        raise QuestionNotYoursError
    if before and practice_problem(before, was_practice=before.is_practice, is_practice=question.is_practice):
        raise PracticeForGoodError
    wanted = question.status
    question.status = before.status if before else Question.Status.DRAFT
    question.save()
    if not QUESTIONS_WRITE.allows(by, question):
        raise QuestionNotYoursError
    _write_choices(question, draft)
    _write_words(question, draft)
    _follow_status(by, question, wanted)
    act = "question.changed" if before else "question.written"
    record_audit(by=by, act=act, target=question, country=question.country)
    return question


@transaction.atomic
def delete_question(*, by: Login, question: Question) -> None:
    """Delete a draft that was never published; raise QuestionNotYoursError for any other."""
    if question.version_number or not QUESTIONS_WRITE.allows(by, question):
        raise QuestionNotYoursError
    record_audit(by=by, act="question.deleted", target=question, country=question.country)
    question.delete()


def _row_as_stored(question: Question) -> Question | None:
    if question._state.adding:  # noqa: SLF001  # Django's own name for a row that is not stored
        return None
    row: Question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    return row


def _follow_status(by: Login, question: Question, wanted: str) -> None:
    if wanted == Question.Status.PUBLISHED:
        publish_question(by=by, question=question)
    elif wanted == Question.Status.RETIRED:
        retire_question(by=by, question=question)
    elif question.status != wanted:
        question.status = wanted
        question.save(update_fields=["status", "updated_at"])


def _write_choices(question: Question, draft: QuestionDraft) -> None:
    """Write the choices, each under the id it had. Positions are unique, so the old rows go first."""
    rows = [
        Choice(uuid=choice.uuid, question=question, position=position, is_right=choice.is_right)
        for position, choice in enumerate(draft.choices)
    ]
    Choice.objects.filter(question=question).delete()
    Choice.objects.bulk_create(rows)


def _write_words(question: Question, draft: QuestionDraft) -> None:
    """Write the words of the languages that the draft has, and forget those it has no more."""
    rows = [
        QuestionText(
            question=question,
            language=language,
            stem=words.stem,
            feedback=words.feedback,
            choices=draft.text_in(language)["choices"],
        )
        for language, words in draft.words.items()
    ]
    QuestionText.objects.filter(question=question).exclude(language__in=draft.words).delete()
    QuestionText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["question", "language"],
        update_fields=["stem", "feedback", "choices"],
    )
