"""What the question page and the review list show: questions without keys, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from assessments.access import Sitting
from assessments.answering import AttemptLog
from assessments.questions.player import Shown
from assessments.questions.registry import kind_named
from assessments.versions import Version, versions_of


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question of a sitting as its page shows it."""

    number: int
    question: str
    url: str
    shown: Shown
    chosen: frozenset[str]
    is_answered: bool
    flagged: bool
    response: Any
    ordinal: int
    saved_at: datetime | None
    nonce: str
    previous_url: str
    next_url: str


def question_pages(sitting: Sitting, log: AttemptLog, language: str) -> list[QuestionPage]:
    """Return all questions of a sitting, in the order of its paper."""
    versions = versions_of(item.version for item in sitting.sheet.items)
    urls = [question_url(sitting.attempt, number) for number in range(1, len(sitting.sheet.items) + 1)]
    around = ["", *urls, reverse("assessments:attempt-review", args=[sitting.attempt])]
    # One nonce a load of the page; the question is part of a statement's id too.
    nonce = uuid4().hex
    return [
        _page(sitting, log, versions[item.version], number, language, nonce, around)
        for number, item in enumerate(sitting.sheet.items, 1)
    ]


def question_url(attempt: UUID, number: int) -> str:
    """Return the address of one question."""
    return reverse("assessments:question", args=[attempt, number])


def show(version: Version, order: tuple[str, ...], language: str) -> Shown:
    """Return a version as a player may see it, in a language or what stands in for it."""
    found = version.language_for(language)
    return kind_named(version.kind).public(version.texts[found], found, order)


def _page(  # the parts of a page
    sitting: Sitting,
    log: AttemptLog,
    version: Version,
    number: int,
    language: str,
    nonce: str,
    around: list[str],
) -> QuestionPage:
    item = sitting.sheet.items[number - 1]
    answer = log.answers.get(item.question)
    return QuestionPage(
        number=number,
        question=item.question,
        url=around[number],
        shown=show(version, item.choices, language),
        chosen=kind_named(version.kind).values_of(answer.response) if answer else frozenset(),
        is_answered=answer is not None and answer.response is not None,
        flagged=answer is not None and answer.flagged,
        response=answer.response if answer else None,
        ordinal=answer.ordinal if answer else 0,
        saved_at=datetime.fromisoformat(answer.timestamp) if answer else None,
        nonce=nonce,
        previous_url=around[number - 1],
        next_url=around[number + 1],
    )


def answers_of(pages: list[QuestionPage]) -> Mapping[str, Any]:
    """Return what stands here of each question: a device's hand-in says what it was made of."""
    return {page.question: {"response": page.response, "ordinal": page.ordinal} for page in pages}


def counts_of(pages: list[QuestionPage]) -> Mapping[str, Any]:
    """Return how many questions there are, how many are answered and flagged."""
    answered = sum(page.is_answered for page in pages)
    return {
        "total": len(pages),
        "answered": answered,
        "unanswered": len(pages) - answered,
        "flagged": sum(page.flagged for page in pages),
    }
