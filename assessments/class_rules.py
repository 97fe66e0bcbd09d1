"""Who of a class needs help, how far each is, and which questions are hard. Pure."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from assessments import results
from assessments.contact import Contact
from assessments.questions.marking import FULL_MARK_MILLI

# An attempt that is open and in which nothing arrived for so long.
STUCK = dt.timedelta(days=7)
# A device that was not heard of for so long may hold work that nobody has seen.
SILENT = dt.timedelta(days=3)
# With fewer answers a share says more about chance than about the question: raw counts are shown.
ENOUGH_ANSWERS = 30


class Stage(StrEnum):
    """How far a learner is with a quiz."""

    NOT_BEGUN = "not-begun"
    IN_PROGRESS = "in-progress"
    HANDED_IN = "handed-in"
    PASSED = "passed"


class Need(StrEnum):
    """Why a learner needs somebody."""

    NO_ATTEMPT_LEFT = "no-attempt-left"
    FAILED = "failed"
    STUCK = "stuck"
    FLAGGED = "flagged"
    TO_MARK = "to-mark"


class Tried(results.Tried, Protocol):
    """What these rules need to know of an attempt; see models.Attempt."""

    @property
    def flags(self) -> str:
        """What is odd about it."""

    @property
    def decision(self) -> str:
        """What was decided about that."""


def stage_of(attempts: Sequence[Tried]) -> Stage:
    """Return how far somebody is, from all attempts at a quiz."""
    if any(each.counts for each in attempts):
        return Stage.PASSED
    if any(each.is_open for each in attempts):
        return Stage.IN_PROGRESS
    return Stage.HANDED_IN if attempts else Stage.NOT_BEGUN


def needs_of(
    attempts: Sequence[Tried], *, limit: int, last_said_at: dt.datetime | None, now: dt.datetime
) -> list[Need]:
    """Return why somebody needs help; `attempts` in their order. Who has passed needs none."""
    if not attempts or stage_of(attempts) == Stage.PASSED:
        return []
    found = []
    last, done = attempts[-1], [each for each in attempts if not each.is_open]
    if not last.is_open and last.is_passed is False:
        found.append(Need.NO_ATTEMPT_LEFT if len(attempts) >= limit else Need.FAILED)
    if last.is_open and last_said_at and now - last_said_at > STUCK:
        found.append(Need.STUCK)
    if any(each.flags and not each.decision and each.is_passed is not False for each in done):
        found.append(Need.FLAGGED)
    if any(each.awaits_marking for each in done):
        found.append(Need.TO_MARK)
    return found


def is_silent(contact: Contact, now: dt.datetime) -> bool:
    """Tell whether a device may hold work that has not arrived: said so itself, or was not heard of for long."""
    return bool(contact.waiting) or contact.last_at is None or now - contact.last_at > SILENT


@dataclass(frozen=True, slots=True)
class Marked:
    """One answer of a first attempt: its mark, and in words what was chosen; no words for no answer."""

    question: str
    mark_milli: int
    words: str


@dataclass(frozen=True, slots=True)
class Facility:
    """How a class did on one question. `wrong` are the answers that earned less than a full mark, most first."""

    question: str
    n: int
    right: int
    sum_milli: int
    unanswered: int
    wrong: tuple[tuple[str, int], ...]

    @property
    def share_milli(self) -> int:
        """The mean mark in thousandths."""
        return self.sum_milli // self.n

    @property
    def percent(self) -> int | None:
        """The mean mark in per cent; None where the answers are too few for a share."""
        return self.sum_milli * 100 // (self.n * FULL_MARK_MILLI) if self.n >= ENOUGH_ANSWERS else None


def hardest_first(marked: Iterable[Marked], most_wrong: int = 5) -> list[Facility]:
    """Return the questions, those that earned least first.

    >>> [each.question for each in hardest_first([Marked("a", 1000, "x"), Marked("b", 0, "y")])]
    ['b', 'a']
    """
    piles: Mapping[str, list[Marked]] = defaultdict(list)
    for each in marked:
        piles[each.question].append(each)
    found = [_facility(question, pile, most_wrong) for question, pile in piles.items()]
    return sorted(found, key=lambda each: (each.share_milli, -each.n, each.question))


def _facility(question: str, pile: Sequence[Marked], most_wrong: int) -> Facility:
    missed = [each for each in pile if each.mark_milli < FULL_MARK_MILLI]
    chosen = Counter(each.words for each in missed if each.words)
    ranked = sorted(chosen.items(), key=lambda pair: (-pair[1], pair[0]))
    return Facility(
        question,
        len(pile),
        len(pile) - len(missed),
        sum(each.mark_milli for each in pile),
        sum(not each.words for each in missed),
        tuple(ranked[:most_wrong]),
    )
