"""Whether an award is due, and of what is missing each part. Pure: rows, rules and clock stay outside.

Without a rule of its own an award attests two things: every part of the course was completed, and every
quiz of the outline was passed by an attempt that counts. It quotes the best of them at the last quiz of
the outline, the final test. A course without a quiz attests nothing that was tested, and gives no award.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID


class Verdict(StrEnum):
    """Why an award is due, or is not: for more than one reason, the first of these."""

    DUE = "due"
    ALREADY_ISSUED = "already-issued"
    IS_TRAINER = "is-trainer"
    NOT_COMPLETED = "not-completed"
    NO_TEST = "no-test"
    NOT_PASSED = "not-passed"
    WRONG_CLASS = "wrong-class"
    SCORE_TOO_LOW = "score-too-low"
    NO_ATTENDANCE = "no-attendance"
    ATTENDANCE_TOO_LOW = "attendance-too-low"
    TOO_FEW_MINUTES = "too-few-minutes"
    NOT_CERTIFIED = "not-certified"


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
class Terms:
    """What an award asks for. None: it asks nothing of the kind."""

    needs_lessons: bool = True
    quiz_class: str = ""
    min_score_percent: int | None = None
    min_attendance_percent: int | None = None
    min_minutes: int | None = None

    @property
    def asks_attendance(self) -> bool:
        """Tell whether attendance has to be known at all."""
        return bool(self.min_attendance_percent or self.min_minutes)


USUAL_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Attended:
    """What one person attended of the sessions held so far."""

    percent: int | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """One condition that is not met: what was wanted, and what there is; None where there is nothing."""

    verdict: Verdict
    wanted: int | str | None = None
    found: int | str | None = None

    def as_json(self) -> list[Any]:
        """Return the condition as it is kept."""
        return [str(self.verdict), self.wanted, self.found]


def read_unmet(stored: Sequence[Any]) -> Unmet:
    """Return a condition from how it is kept."""
    verdict, wanted, found = stored
    return Unmet(Verdict(verdict), wanted, found)


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that is unmet, and the attempt that the award quotes where it is due."""

    unmet: tuple[Unmet, ...] = ()
    quoted: PassedAttempt | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict in one word."""
        return self.unmet[0].verdict if self.unmet else Verdict.DUE


def judge_award(  # noqa: PLR0913  # each is a fact of its own, all named
    *,
    completed_at: datetime | None,
    quizzes: Sequence[UUID],
    passed: Collection[PassedAttempt],
    issued_versions: Collection[int],
    version: int,
    terms: Terms = USUAL_TERMS,
    classes: Mapping[UUID, str] | None = None,
    attended: Attended | None = None,
    is_trainer: bool = False,
) -> Judgement:
    """Judge one enrolment. Terms at or above this version that were issued on, even if withdrawn since, bar it.

    `classes` says of which class each quiz is; `attended` is None where no session was held or nothing is known.
    """
    if any(issued >= version for issued in issued_versions):
        return Judgement((Unmet(Verdict.ALREADY_ISSUED),))
    unmet = [Unmet(Verdict.IS_TRAINER)] if is_trainer else []
    if terms.needs_lessons and completed_at is None:
        unmet.append(Unmet(Verdict.NOT_COMPLETED))
    quoted = _quoted(quizzes, passed)
    unmet += _unmet_test(terms, quizzes, passed, quoted, classes or {})
    unmet += _unmet_attendance(terms, attended)
    return Judgement(tuple(unmet), None if unmet else quoted)


def best_attempt(attempts: Collection[PassedAttempt]) -> PassedAttempt:
    """Return the attempt with the greatest share of points; of equals the earliest."""
    return min(attempts, key=lambda each: (-each.share, each.handed_in_at, str(each.uuid)))


def _quoted(quizzes: Sequence[UUID], passed: Collection[PassedAttempt]) -> PassedAttempt | None:
    final = [attempt for attempt in passed if attempt.quiz == quizzes[-1]] if quizzes else []
    return best_attempt(final) if final else None


def _unmet_test(
    terms: Terms,
    quizzes: Sequence[UUID],
    passed: Collection[PassedAttempt],
    quoted: PassedAttempt | None,
    classes: Mapping[UUID, str],
) -> list[Unmet]:
    if not quizzes:
        return [Unmet(Verdict.NO_TEST)]
    open_ones = set(quizzes) - {attempt.quiz for attempt in passed}
    if open_ones:
        return [Unmet(Verdict.NOT_PASSED, len(quizzes), len(set(quizzes)) - len(open_ones))]
    unmet = []
    if terms.quiz_class and terms.quiz_class not in {classes.get(quiz) for quiz in quizzes}:
        unmet.append(Unmet(Verdict.WRONG_CLASS, terms.quiz_class))
    if terms.min_score_percent and quoted is not None and quoted.share * 100 < terms.min_score_percent:
        # Rounded down: 79.9 is not 80.
        unmet.append(Unmet(Verdict.SCORE_TOO_LOW, terms.min_score_percent, int(quoted.share * 100)))
    return unmet


def _unmet_attendance(terms: Terms, attended: Attended | None) -> list[Unmet]:
    if not terms.asks_attendance:
        return []
    if attended is None:
        return [Unmet(Verdict.NO_ATTENDANCE)]
    unmet = []
    least = terms.min_attendance_percent
    if least and (attended.percent is None or attended.percent < least):
        unmet.append(Unmet(Verdict.ATTENDANCE_TOO_LOW, least, attended.percent))
    if terms.min_minutes and attended.minutes < terms.min_minutes:
        unmet.append(Unmet(Verdict.TOO_FEW_MINUTES, terms.min_minutes, attended.minutes))
    return unmet
