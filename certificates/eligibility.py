"""Whether an award is due. Pure: rows, rules and clock stay outside.

An award attests two things: every part of the course was completed, and every quiz of the outline
was passed by an attempt that counts. It quotes the best of them at the last quiz of the outline, the
final test. A course without a quiz attests nothing that was tested, and gives no award.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID


class Verdict(StrEnum):
    """Why an award is due, or is not."""

    DUE = "due"
    NOT_COMPLETED = "not-completed"
    NO_TEST = "no-test"
    NOT_PASSED = "not-passed"
    ALREADY_ISSUED = "already-issued"


@dataclass(frozen=True, slots=True)
class PassedAttempt:
    """One attempt that reached its pass mark and counts: nothing about it waits for a decision."""

    uuid: UUID
    quiz: UUID
    points_milli: int
    out_of_milli: int
    handed_in_at: datetime

    @property
    def share(self) -> Fraction:
        """The part of the points that was reached."""
        return Fraction(self.points_milli, self.out_of_milli) if self.out_of_milli else Fraction(0)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and the attempt that the award quotes where it is due."""

    verdict: Verdict
    quoted: PassedAttempt | None = None


def judge_award(
    *,
    completed_at: datetime | None,
    quizzes: Sequence[UUID],
    passed: Collection[PassedAttempt],
    issued_versions: Collection[int],
    version: int,
) -> Judgement:
    """Judge one enrolment. A version at or above this one that was issued, even if withdrawn since, bars it."""
    if any(issued >= version for issued in issued_versions):
        return Judgement(Verdict.ALREADY_ISSUED)
    if completed_at is None:
        return Judgement(Verdict.NOT_COMPLETED)
    if not quizzes:
        return Judgement(Verdict.NO_TEST)
    if not set(quizzes) <= {attempt.quiz for attempt in passed}:
        return Judgement(Verdict.NOT_PASSED)
    return Judgement(Verdict.DUE, best_attempt([attempt for attempt in passed if attempt.quiz == quizzes[-1]]))


def best_attempt(attempts: Collection[PassedAttempt]) -> PassedAttempt:
    """Return the attempt with the greatest share of points; of equals the earliest."""
    return min(attempts, key=lambda each: (-each.share, each.handed_in_at, str(each.uuid)))
