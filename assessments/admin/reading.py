"""A question's rows as the fields of the form show them."""

from collections.abc import Iterator
from typing import Any

from assessments.admin.drafts import ChoiceDraft, QuestionDraft, WordsDraft
from assessments.admin.fields import PLACES, choice_id_name, choice_name, feedback_name, stem_name
from assessments.models import Choice, Question

Fields = Iterator[tuple[str, Any]]


def choices_of(question: Question) -> list[Choice]:
    """Return the choices in the author's order; none for a question that is not saved."""
    return sorted(question.choice_rows.all(), key=lambda row: row.position) if question.pk else []


def words_in_fields(question: Question) -> Fields:
    """Yield the words of every language by the name of their field."""
    rows = choices_of(question)
    for text in question.texts.all() if question.pk else ():
        yield stem_name(text.language), text.stem
        yield feedback_name(text.language), text.feedback
        for place, row in zip(PLACES, rows, strict=False):
            yield choice_name(text.language, place), text.choices.get(str(row.uuid), "")


def ids_in_fields(question: Question) -> Fields:
    """Yield the UUIDs of the choices by the name of their hidden field."""
    for place, row in zip(PLACES, choices_of(question), strict=False):
        yield choice_id_name(place), row.uuid


def right_places(question: Question) -> list[str]:
    """Return the places of the right choices, as the fields of the key name them."""
    return [str(place) for place, row in zip(PLACES, choices_of(question), strict=False) if row.is_right]


def draft_of(question: Question) -> QuestionDraft:
    """Return a saved question as a draft."""
    rows = choices_of(question)
    words = {
        text.language: WordsDraft(text.stem, text.feedback, tuple(text.choices.get(str(row.uuid), "") for row in rows))
        for text in question.texts.all()
    }
    return QuestionDraft(tuple(ChoiceDraft(row.uuid, row.is_right) for row in rows), words)
