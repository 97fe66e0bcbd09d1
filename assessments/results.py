"""What a learner may be shown of a result, and when. Pure.

The next attempt draws from the same questions. So the keys, and which answers were right, stay closed
until the learner has passed or has no attempt left; before that a result says the score, how each
lesson went, and what to read again. A pass that waits for a decision opens nothing: it may be denied,
and then the next attempt draws again. Practice has no limit and hides nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assessments.questions.marking import FULL_MARK_MILLI


class Tried(Protocol):
    """What these rules need to know of an attempt."""

    @property
    def is_open(self) -> bool:
        """Tell whether it still takes answers."""

    @property
    def is_passed(self) -> bool | None:
        """Tell whether it passed; None where it has no score (yet)."""

    @property
    def counts(self) -> bool:
        """Tell whether it passed and nothing about it waits for a decision."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands with a quiz, from all attempts at it."""

    is_passed: bool
    attempts_left: int
    has_open: bool
    is_practice: bool = False

    @property
    def keys_are_open(self) -> bool:
        """Tell whether nothing can be gained any more by knowing the keys.

        The last attempt may be open: it is used up, and yet its questions are still being answered.
        """
        return self.is_practice or (not self.has_open and (self.is_passed or self.attempts_left == 0))

    @property
    def may_start(self) -> bool:
        """Tell whether another attempt may begin."""
        if self.has_open:
            return False
        return self.is_practice or (not self.is_passed and self.attempts_left > 0)


def standing_of(attempts: Iterable[Tried], attempt_limit: int, *, is_practice: bool = False) -> Standing:
    """Return where a learner stands."""
    tried = list(attempts)
    return Standing(
        is_passed=any(attempt.is_passed if is_practice else attempt.counts for attempt in tried),
        attempts_left=max(0, attempt_limit - len(tried)),
        has_open=any(attempt.is_open for attempt in tried),
        is_practice=is_practice,
    )


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    """How the questions of one lesson went, in thousandths of a point."""

    lesson: str
    points_milli: int
    out_of_milli: int

    @property
    def percent(self) -> int:
        """The share reached, rounded down."""
        return self.points_milli * 100 // self.out_of_milli

    @property
    def is_full(self) -> bool:
        """Tell whether nothing is left to read again."""
        return self.points_milli == self.out_of_milli


def results_by_objective(lessons: Sequence[str], marks_milli: Sequence[int]) -> list[ObjectiveResult]:
    """Return a result a lesson, in the order the lessons first come; the two sequences run in step.

    >>> [each.percent for each in results_by_objective(["a", "b", "a"], [1000, 0, 0])]
    [50, 0]
    """
    sums: dict[str, tuple[int, int]] = {}
    for lesson, mark in zip(lessons, marks_milli, strict=True):
        points, out_of = sums.get(lesson, (0, 0))
        sums[lesson] = (points + mark, out_of + FULL_MARK_MILLI)
    return [ObjectiveResult(lesson, *totals) for lesson, totals in sums.items()]


def in_course_order(results: Iterable[ObjectiveResult], places: Mapping[str, int]) -> list[ObjectiveResult]:
    """Return the results as the lessons stand in the course; a lesson that is no longer there comes last."""
    return sorted(results, key=lambda each: (places.get(each.lesson, len(places) + 1), each.lesson))
