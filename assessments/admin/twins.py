"""Questions of the bank that look like one another, as far as somebody may read them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from assessments.admin.drafts import QuestionDraft
from assessments.admin.fields import LANGUAGE_NAMES
from assessments.admin.listing import kind_of_row, title_of
from assessments.bank_duplicates import Features, features_of, find_alike, find_pairs
from assessments.models import Question, QuestionText

MOST_SHOWN = 5
MOST_LISTED = 200
LONG_WORDS = 8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Twin:
    """One question that looks like another, in a language."""

    title: str
    url: str
    status: str
    language_name: str
    percent: int


@dataclass(frozen=True, slots=True)
class TwinPair:
    """Two questions that look alike, in a language."""

    first: Twin
    second: Twin


def twins_of(login: Any, draft: QuestionDraft, own: int | None = None) -> list[Twin]:
    """Return what looks like a draft among the questions that a login reads, the most alike first. Two queries.

    Compares only the texts that have one of the long words of the draft: what is alike has most of them.
    """
    bank = _bank(login, _with_long_words(draft))
    best: dict[int, tuple[float, str]] = {}
    for language, words in draft.words.items():
        asked = features_of([words.stem, *words.choices.values()])
        others = {pk: each for pk, each in bank.get(language, {}).items() if pk != own}
        for pk, share in find_alike(asked, others):
            best[pk] = max(best.get(pk, (0.0, "")), (share, language))
    chosen = sorted(best.items(), key=lambda each: (-each[1][0], each[0]))[:MOST_SHOWN]
    rows = _rows([pk for pk, _found in chosen])
    return [_twin(rows[pk], share, language) for pk, (share, language) in chosen if pk in rows]


def pairs_in(login: Any) -> list[TwinPair]:
    """Return all pairs that look alike among the questions that a login reads, each once. Two queries."""
    best: dict[tuple[int, int], tuple[float, str]] = {}
    for language, texts in _bank(login).items():
        for pair in find_pairs(texts):
            key: Any = (pair.first, pair.second)
            best[key] = max(best.get(key, (0.0, "")), (pair.likeness, language))
    chosen = sorted(best.items(), key=lambda each: (-each[1][0], each[0]))[:MOST_LISTED]
    rows = _rows(pk for pair, _found in chosen for pk in pair)
    return [
        TwinPair(_twin(rows[first], share, language), _twin(rows[second], share, language))
        for (first, second), (share, language) in chosen
    ]


def _with_long_words(draft: QuestionDraft) -> Q:
    condition = Q(pk__in=())
    for language, words in draft.words.items():
        long = sorted(set(_WORD.findall(words.stem)), key=lambda word: (-len(word), word))[:LONG_WORDS]
        for word in long:
            # Without its first letter, which may be a capital: SQLite folds the case of ASCII only.
            condition |= Q(language=language, stem__contains=word[1:] if len(word) > 1 else word)
    return condition


def _bank(login: Any, only: Q | None = None) -> dict[str, dict[int, Features]]:
    """Return the features of the texts that a login may read, by language. Retired questions are left out."""
    readable: Any = Question.objects.visible_to(login).non_polymorphic()
    readable = readable.exclude(status=Question.Status.RETIRED)
    rows = QuestionText.objects.filter(question__in=readable.order_by().values("pk"))
    if only is not None:
        rows = rows.filter(only)
    found: dict[str, dict[int, Features]] = {}
    for pk, language, stem, choices in rows.values_list("question_id", "language", "stem", "choices").order_by("pk"):
        found.setdefault(language, {})[pk] = features_of([stem, *choices.values()])
    return found


def _rows(pks: Any) -> Mapping[int, Question]:
    """Return questions by their keys, without their kinds. The keys come from what may be read."""
    rows: Any = Question.objects.non_polymorphic()
    return {row.pk: row for row in rows.filter(pk__in=list(pks)).prefetch_related("texts")}


def _twin(row: Question, share: float, language: str) -> Twin:
    url = reverse(kind_of_row(row).address("inspect"), args=[row.pk])
    return Twin(
        title_of(row), url, row.get_status_display(), LANGUAGE_NAMES.get(language, language), round(100 * share)
    )
