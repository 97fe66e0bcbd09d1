"""What a learner may be shown of a result, and when. Pure.

The next attempt draws from the same questions. So the keys, and which answers were right, stay closed
until the learner has passed or has no attempt left; before that a result says the score, how each
lesson went, and what to read again. A pass that waits for a decision opens nothing: it may be denied,
and then the next attempt draws again. Practice has no limit and hides nothing.

That is the usual one of four presets that an author chooses from. Two show less, to the end: the score only, or
the score and what to read again. One shows more: the keys after each hand-in, for quizzes whose next attempt
draws other questions. While a class may still sit the quiz, only that one opens them; and in an exam none does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assessments.questions.marking import FULL_MARK_MILLI

SCORE, OBJECTIVES, AFTERWARDS, AT_ONCE = "score", "objectives", "afterwards", "at_once"


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

    @property
    def awaits_marking(self) -> bool:
        """Tell whether a person has yet to mark a part of it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands with a quiz, from all attempts at it."""

    is_passed: bool
    attempts_left: int
    has_open: bool
    is_practice: bool = False
    # What the author lets learners see: SCORE, OBJECTIVES, AFTERWARDS or AT_ONCE.
    review: str = AFTERWARDS
    is_exam: bool = False
    # Whether others of the class may still sit it: it has a closing, and that has not come.
    is_still_sat: bool = False
    # A person has yet to mark an attempt: it may pass, so another one waits for it.
    awaits_marking: bool = False

    @property
    def keys_are_open(self) -> bool:
        """Tell whether nothing can be gained any more by knowing the keys, as far as the author lets them be seen.

        The last attempt may be open: it is used up, and yet its questions are still being answered.
        """
        if self.is_practice:
            return True
        if self.has_open or self.review in {SCORE, OBJECTIVES}:
            return False
        if self.is_still_sat and (self.is_exam or self.review != AT_ONCE):
            return False
        return self.review == AT_ONCE or self.is_over

    @property
    def is_over(self) -> bool:
        """Tell whether no other attempt will count: passed, or none is left."""
        return self.is_passed or self.attempts_left == 0

    @property
    def keys_never_open(self) -> bool:
        """Tell whether the author keeps the keys closed for good: a page promises nothing then."""
        return not self.is_practice and self.review in {SCORE, OBJECTIVES}

    @property
    def shows_objectives(self) -> bool:
        """Tell whether a result says how each lesson went, and what to read again."""
        return self.is_practice or self.review != SCORE

    @property
    def may_start(self) -> bool:
        """Tell whether another attempt may begin."""
        if self.has_open or self.awaits_marking:
            return False
        return self.is_practice or (not self.is_passed and self.attempts_left > 0)


def standing_of(
    attempts: Iterable[Tried],
    attempt_limit: int,
    *,
    is_practice: bool = False,
    review: str = AFTERWARDS,
    is_exam: bool = False,
    is_still_sat: bool = False,
) -> Standing:
    """Return where a learner stands."""
    tried = list(attempts)
    return Standing(
        is_passed=any(attempt.is_passed if is_practice else attempt.counts for attempt in tried),
        attempts_left=max(0, attempt_limit - len(tried)),
        has_open=any(attempt.is_open for attempt in tried),
        awaits_marking=not is_practice and any(attempt.awaits_marking for attempt in tried),
        is_practice=is_practice,
        review=review,
        is_exam=is_exam,
        is_still_sat=is_still_sat,
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


def results_by_objective(lessons: Sequence[str], marks_milli: Sequence[int | None]) -> list[ObjectiveResult]:
    """Return a result a lesson, in the order the lessons first come; the two sequences run in step.

    What a person has yet to mark is left out.

    >>> [each.percent for each in results_by_objective(["a", "b", "a"], [1000, 0, 0])]
    [50, 0]
    """
    sums: dict[str, tuple[int, int]] = {}
    for lesson, mark in zip(lessons, marks_milli, strict=True):
        if mark is None:
            continue
        points, out_of = sums.get(lesson, (0, 0))
        sums[lesson] = (points + mark, out_of + FULL_MARK_MILLI)
    return [ObjectiveResult(lesson, *totals) for lesson, totals in sums.items()]


def in_course_order(results: Iterable[ObjectiveResult], places: Mapping[str, int]) -> list[ObjectiveResult]:
    """Return the results as the lessons stand in the course; a lesson that is no longer there comes last."""
    return sorted(results, key=lambda each: (places.get(each.lesson, len(places) + 1), each.lesson))
