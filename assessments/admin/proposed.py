"""A proposal as JSON, and a question as a proposal has it: see assessments.models.reviewing."""

from typing import Any
from uuid import UUID

from assessments.admin.drafts import QuestionDraft, WordsDraft
from assessments.models import Question, QuestionText

# What a question has once, apart from its structure and its tags.
FIELDS = ("course_uuid", "lesson_uuid", "country_id", "difficulty", "source", "category_id", "is_practice")
_UUIDS = ("course_uuid", "lesson_uuid")


def as_json(question: Question, draft: QuestionDraft) -> dict[str, Any]:
    """Return what a form says, as a proposal keeps it."""
    fields = {name: getattr(question, name) for name in FIELDS}
    fields |= {name: str(fields[name]) for name in _UUIDS if fields[name]}
    return {
        "fields": fields,
        "body": dict(draft.body),
        "words": {
            language: {
                "stem": words.stem,
                "feedback": words.feedback,
                "choices": dict(words.choices),
                "feedbacks": dict(words.feedbacks),
            }
            for language, words in draft.words.items()
        },
        "tags": list(draft.tags) if draft.tags is not None else None,
        "still_right": sorted(draft.still_right),
    }


def read_draft(proposed: dict[str, Any]) -> QuestionDraft:
    """Return what a proposal says of structure, words and tags."""
    words = {language: WordsDraft(**text) for language, text in proposed["words"].items()}
    tags = proposed.get("tags")
    still_right = frozenset(proposed.get("still_right", ()))
    return QuestionDraft(proposed["body"], words, None if tags is None else tuple(tags), still_right)


def read_fields(proposed: dict[str, Any]) -> dict[str, Any]:
    """Return what a proposal says of the rest, by the name of the model's field."""
    fields = proposed["fields"]
    return {
        name: UUID(value) if name in _UUIDS and value else value for name, value in fields.items() if name in FIELDS
    }


def show_proposed(question: Question, proposed: dict[str, Any]) -> Question:
    """Return a question with the structure and the words of a proposal, for a form to begin from. Writes nothing."""
    draft = read_draft(proposed)
    question.body = dict(draft.body)
    stale = {text.language: text.stale_since for text in question.texts.all()}
    texts: Any = QuestionText.objects.none()
    texts._result_cache = [  # noqa: SLF001  # rows that are nowhere, read as if they had been prefetched
        QuestionText(
            question=question,
            language=language,
            stem=words.stem,
            feedback=words.feedback,
            choices=dict(words.choices),
            feedbacks=dict(words.feedbacks),
            stale_since=None if language in draft.still_right else stale.get(language),
        )
        for language, words in draft.words.items()
    ]
    question._prefetched_objects_cache = {"texts": texts}  # noqa: SLF001  # the same
    return question
