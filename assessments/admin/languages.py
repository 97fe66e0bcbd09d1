"""One question in several languages: which it was written in, which words are stale, how much of a bank is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.admin.drafts import QuestionDraft, WordsDraft
from assessments.admin.fields import LANGUAGE_NAMES
from assessments.models import Question, QuestionText

STALE, MISSING = "stale", "missing"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of some questions have words in a language, and how many of those are stale."""

    language: str
    name: str
    percent: int
    has_words: int
    stale: int


def language_of(kept: str, draft: QuestionDraft) -> str:
    """Return the language that the others translate: the first it was written in, while it has words there.

    A new question is taken to be written in the author's own language.
    """
    own = (get_language() or "en").split("-")[0]
    in_order = [kept, own, *LANGUAGE_NAMES]
    return next((language for language in in_order if language in draft.words), kept or "en")


def stale_languages(first: str, draft: QuestionDraft, stored: Mapping[str, QuestionText]) -> frozenset[str]:
    """Return the languages whose words say what the first language said before. Pure."""
    was, now = stored.get(first), draft.words.get(first)
    has_changed = was is not None and now is not None and not says_the_same(was, now)
    return frozenset(
        language
        for language, words in draft.words.items()
        if language != first
        and language not in draft.still_right
        and (text := stored.get(language)) is not None
        and says_the_same(text, words)
        and (has_changed or text.stale_since)
    )


def says_the_same(text: QuestionText, words: WordsDraft) -> bool:
    """Tell whether a stored text and a draft have the same words. Pure."""
    return (text.stem, text.feedback, _said(text.choices), _said(text.feedbacks)) == (
        words.stem,
        words.feedback,
        _said(words.choices),
        _said(words.feedbacks),
    )


def coverage_of(rows: QuerySet[Question]) -> list[Coverage]:
    """Return the coverage of some questions in each language that is asked for or used. Two queries."""
    total = rows.order_by().count()
    texts = QuestionText.objects.filter(question__in=rows.order_by().values("pk")).exclude(stem="")
    counts: Any = texts.order_by().values_list("language")
    counts = counts.annotate(written=Count("pk"), stale=Count("pk", filter=Q(stale_since__isnull=False)))
    found = {language: (count, stale) for language, count, stale in counts}
    return [
        Coverage(code, name, 100 * found.get(code, (0, 0))[0] // total, *found.get(code, (0, 0)))
        for code, name in LANGUAGE_NAMES.items()
        if total and (code in settings.COMPLETE_LANGUAGES or code in found)
    ]


def language_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what the list can be narrowed to: stale or missing in a language."""
    groups = (
        (STALE, _("Translation out of date"), _("Stale in %(language)s")),
        (MISSING, _("No translation"), _("Missing in %(language)s")),
    )
    return [
        (heading, [(f"{state}:{code}", label % {"language": name}) for code, name in LANGUAGE_NAMES.items()])
        for state, heading, label in groups
    ]


def in_state(rows: QuerySet[Question], value: str) -> QuerySet[Question]:
    """Return the questions that are stale or missing in a language."""
    state, _colon, language = value.partition(":")
    texts = QuestionText.objects.filter(question=OuterRef("pk"), language=language)
    if state == STALE:
        return rows.filter(Exists(texts.filter(stale_since__isnull=False)))
    return rows.filter(~Exists(texts.exclude(stem="")))


def _said(words: Mapping[str, Any]) -> dict[str, str]:
    return {part: str(said).strip() for part, said in words.items() if str(said).strip()}
