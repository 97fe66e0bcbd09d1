"""What the question page and the review list show: questions without keys, and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from assessments.access import Sitting
from assessments.answering import AttemptLog
from assessments.drawing import TRIES, Item, Sheet
from assessments.models.bank import in_language
from assessments.questions.kind import Draft, Shown
from assessments.questions.registry import kind_named
from assessments.showing import show_version
from assessments.trying import began_anew, trying_of
from assessments.versions import Version, versions_of


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question of a sitting as its page shows it."""

    number: int
    question: str
    url: str
    shown: Shown
    is_answered: bool
    # Begun, and something is left to decide.
    is_unfinished: bool
    flagged: bool
    response: Any
    ordinal: int
    saved_at: datetime | None
    certainty: int | None
    # The title of the section that begins with this question, "" for none.
    section: str
    nonce: str
    previous_url: str
    next_url: str

    @property
    def number_text(self) -> str:
        """Its number, as ids of elements have it."""
        return str(self.number)


def question_pages(
    sitting: Sitting, log: AttemptLog, language: str, drafts: Mapping[int, Draft] | None = None
) -> list[QuestionPage]:
    """Return all questions of a sitting, in the order of its paper; `drafts` are what is typed and not saved."""
    versions = versions_of(item.version for item in sitting.sheet.items)
    urls = [question_url(sitting.attempt, number) for number in range(1, len(sitting.sheet.items) + 1)]
    around = ["", *urls, reverse("assessments:attempt-review", args=[sitting.attempt])]
    # One nonce a load of the page; the question is part of a statement's id too.
    nonce = uuid4().hex
    return [
        _page(sitting, log, versions[item.version], number, language, nonce, around, (drafts or {}).get(number))
        for number, item in enumerate(sitting.sheet.items, 1)
    ]


def question_url(attempt: UUID, number: int) -> str:
    """Return the address of one question."""
    return reverse("assessments:question", args=[attempt, number])


def _page(  # the parts of a page
    sitting: Sitting,
    log: AttemptLog,
    version: Version,
    number: int,
    language: str,
    nonce: str,
    around: list[str],
    draft: Draft | None,
) -> QuestionPage:
    item = sitting.sheet.items[number - 1]
    answer = log.answers.get(item.question)
    response = answer.response if answer else None
    is_unfinished = response is not None and bool(kind_named(version.kind).open_place(version.structure, response))
    return QuestionPage(
        number=number,
        question=item.question,
        url=around[number],
        shown=show_version(version, item.choices, language, draft or _response_shown(sitting, log, version, item)),
        is_answered=response is not None and not is_unfinished,
        is_unfinished=is_unfinished,
        flagged=answer is not None and answer.flagged,
        response=response,
        ordinal=answer.ordinal if answer else 0,
        saved_at=datetime.fromisoformat(answer.timestamp) if answer else None,
        certainty=answer.certainty if answer else None,
        section=section_title(sitting.sheet, number, language),
        nonce=nonce,
        previous_url=around[number - 1],
        next_url=around[number + 1],
    )


def _response_shown(sitting: Sitting, log: AttemptLog, version: Version, item: Item) -> Any:
    """Return what stands in the form: what is answered, but nothing where another try begins from the start."""
    held = log.answers.get(item.question)
    if held is None or sitting.sheet.marking != TRIES:
        return held.response if held else None
    tries = log.tries.get(item.question, ())
    is_over = trying_of(version.kind, version.structure, tries).is_settled
    stands = is_over or not began_anew(tries, held) or kind_named(version.kind).may_follow(held.response, None)
    return held.response if stands else None


def section_title(sheet: Sheet, number: int, language: str) -> str:
    """Return the title of the section that begins with a question, in a language or in English; "" for none."""
    titles = [each.title for each in sheet.sections if each.first == number]
    return in_language(dict(titles[0]), language) if titles else ""


def groups_of(pages: Sequence[QuestionPage]) -> list[dict[str, Any]]:
    """Return the questions section by section: the title, "" for none, the number of its first, and its pages."""
    groups: list[dict[str, Any]] = []
    for page in pages:
        if page.section or not groups:
            groups.append({"title": page.section, "first": page.number, "pages": []})
        groups[-1]["pages"].append(page)
    return groups


def answers_of(pages: list[QuestionPage]) -> Mapping[str, Any]:
    """Return what stands here of each question: a device's hand-in says what it was made of."""
    return {page.question: {"response": page.response, "ordinal": page.ordinal} for page in pages}


def counts_of(pages: list[QuestionPage]) -> Mapping[str, Any]:
    """Return how many questions there are, how many are answered and flagged."""
    answered = sum(page.is_answered for page in pages)
    return {
        "total": len(pages),
        "answered": answered,
        "unanswered": sum(page.response is None for page in pages),
        "unfinished": sum(page.is_unfinished for page in pages),
        "flagged": sum(page.flagged for page in pages),
    }
