"""Save what an author wrote: the row, its words, and what follows from its status."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Login
from assessments.actions import publish_question, retire_question
from assessments.admin.drafts import QuestionDraft
from assessments.admin.languages import language_of, stale_languages
from assessments.admin.practice import practice_problem
from assessments.admin.tags import tags_named
from assessments.errors import PracticeForGoodError, QuestionNotYoursError
from assessments.models import Question, QuestionText
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
    question.body = dict(draft.body)
    question.language = language_of(question.language if before else "", draft)
    question.save()
    if not QUESTIONS_WRITE.allows(by, question):
        raise QuestionNotYoursError
    _write_words(question, draft)
    if draft.tags is not None:
        question.tags.set(tags_named(draft.tags))
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


def _write_words(question: Question, draft: QuestionDraft) -> None:
    """Write the words of the languages that the draft has, and forget those it has no more.

    Where the words change that the others translate, the others are stale until somebody looks at them.
    """
    stored = {text.language: text for text in QuestionText.objects.filter(question=question)}
    stale = stale_languages(question.language, draft, stored)
    now = timezone.now()
    rows = [
        QuestionText(
            question=question,
            language=language,
            stem=words.stem,
            feedback=words.feedback,
            choices=dict(words.choices),
            feedbacks=dict(words.feedbacks),
            stale_since=((language in stored and stored[language].stale_since) or now) if language in stale else None,
        )
        for language, words in draft.words.items()
    ]
    QuestionText.objects.filter(question=question).exclude(language__in=draft.words).delete()
    QuestionText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["question", "language"],
        update_fields=["stem", "feedback", "choices", "feedbacks", "stale_since"],
    )
