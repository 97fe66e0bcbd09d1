"""A question's rows as a draft, and as the fields of its form show them."""

from collections.abc import Iterator
from typing import Any

from assessments.admin.drafts import QuestionDraft, WordsDraft
from assessments.admin.fields import feedback_name, stem_name
from assessments.models import Question

Fields = Iterator[tuple[str, Any]]


def words_in_fields(question: Question) -> Fields:
    """Yield the question and its feedback in every language, by the name of their field."""
    for text in question.texts.all() if question.pk else ():
        yield stem_name(text.language), text.stem
        yield feedback_name(text.language), text.feedback


def draft_of(question: Question) -> QuestionDraft:
    """Return a saved question as a draft."""
    words = {
        text.language: WordsDraft(text.stem, text.feedback, dict(text.choices), dict(text.feedbacks))
        for text in question.texts.all()
    }
    return QuestionDraft(question.body, words)
