"""The hints of assessments.bank_quality in words, for one question and for the list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.admin.drafts import QuestionDraft
from assessments.admin.fields import LANGUAGE_NAMES
from assessments.bank_quality import Hint, hints_of
from assessments.models import Question
from assessments.questions.kind import all_parts
from assessments.questions.registry import KINDS

# What each hint says, and what helps.
TEXTS: dict[str, tuple[Any, Any]] = {
    "no_feedback": (_("No feedback"), _("Say why the answer is right: a learner who was wrong learns from it.")),
    "longest_is_right": (
        _("The right choice is the longest"),
        _("Learners guess it by its length. Make the wrong choices as long, or this one shorter."),
    ),
    "all_or_none": (
        _("“All” or “none of the above”"),
        _("It tests less than a choice of its own would. Write another choice."),
    ),
    "negative": (_("A “not” in the question"), _("It is easily missed. Ask for what is right, where you can.")),
    "absolute": (
        _("“Always” or “never”"),
        _("Words like these give an answer away. Use them where the law says so, and nowhere else."),
    ),
    "few_wrong": (_("Too few wrong choices"), _("With two wrong choices or more, guessing helps less.")),
    "repeats_stem": (
        _("The right choice repeats the question"),
        _("It has words of the question that no wrong choice has. Use other words."),
    ),
    "no_source": (_("No source"), _("Name the text that the answer rests on, so that it can be checked.")),
    "long_stem": (_("A long question"), _("Shorten the case, or ask in fewer words: on a phone it fills the screen.")),
    "missing_language": (_("Not in this language yet"), _("Learners who read it get another language.")),
    "missing_words": (_("A part has no words"), _("This language is not published before every part has words.")),
    "no_alt": (_("A picture without a text"), _("Say in words what the picture shows, for who can’t see it.")),
}


@dataclass(frozen=True, slots=True)
class ShownHint:
    """One hint as its author reads it."""

    code: str
    language: str
    language_name: str
    text: Any
    advice: Any


def hint_choices() -> list[tuple[str, Any]]:
    """Return the hints that the list can be narrowed to."""
    return [("any", _("Any hint")), ("none", _("No hint")), *((code, text) for code, (text, _advice) in TEXTS.items())]


def hints_of_draft(kind: str, draft: QuestionDraft, source: str) -> list[ShownHint]:
    """Return the hints to what stands in a form."""
    texts = {language: words.as_text() for language, words in draft.words.items()}
    return _shown(_hints(kind, draft.body, texts, source))


def hints_of_row(kind: str, row: Question) -> list[ShownHint]:
    """Return the hints to a row whose texts are prefetched."""
    texts = {
        text.language: {
            "stem": text.stem,
            "feedback": text.feedback,
            "choices": text.choices,
            "feedbacks": text.feedbacks,
        }
        for text in row.texts.all()
    }
    return _shown(_hints(kind, row.body, texts, row.source))


def with_hint(rows: QuerySet[Question], code: str) -> QuerySet[Question]:
    """Return the questions to which a hint is given. Reads them all: two queries, and a tenth of a millisecond each."""
    found = []
    for row in rows.order_by().prefetch_related("texts"):
        codes = {hint.code for hint in hints_of_row(_kind_of_row(row), row)}
        if (code == "none" and not codes) or (code == "any" and codes) or code in codes:
            found.append(row.pk)
    return rows.filter(pk__in=found)


def _hints(kind: str, structure: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]], source: str) -> list[Hint]:
    parts = all_parts(KINDS[kind], structure) if structure else []
    return hints_of(structure, texts, source=source, expected=settings.COMPLETE_LANGUAGES, parts=parts)


def _kind_of_row(row: Question) -> str:
    from assessments.admin.listing import kind_of_row  # noqa: PLC0415  # the list shows hints

    return kind_of_row(row).name


def _shown(hints: Iterable[Hint]) -> list[ShownHint]:
    return [
        ShownHint(hint.code, hint.language, LANGUAGE_NAMES.get(hint.language, ""), *TEXTS[hint.code]) for hint in hints
    ]
