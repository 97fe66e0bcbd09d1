"""Where a trainer stands, and what is missing: judged from rules, facts and the day. Pure.

candidate > trained > certified > mentor, each with all that the one before asks. A certified trainer who has held no
session for the programme's time is lapsed, whatever was reached before; one session held brings them back.
"""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from certificates.cascade.rules import RUBRIC_LINES, TrainerRules


class TrainerState(StrEnum):
    """How far somebody has come as a trainer."""

    NONE = "none"
    CANDIDATE = "candidate"
    TRAINED = "trained"
    CERTIFIED = "certified"
    MENTOR = "mentor"
    LAPSED = "lapsed"


class Rule(StrEnum):
    """The rules, in the order in which people usually meet them."""

    BASE = "base"
    ATTENDANCE = "attendance"
    RUBRIC = "rubric"
    CO_DELIVERED = "co-delivered"
    OBSERVED = "observed"
    CONDUCT = "conduct"
    RECENT = "recent"
    MENTOR = "mentor"


@dataclass(frozen=True, slots=True)
class TrainerFacts:
    """What is known of one person in one programme. None: nothing is known, which is not zero."""

    # Best share of points on a certificate of the base course that is in force.
    base_percent: int | None = None
    # Best of the person's train-the-trainer cohorts.
    attendance_percent: int | None = None
    # The marks of the latest micro-teaching, by line; empty where there was none.
    rubric: tuple[int, ...] = ()
    co_delivered: int = 0
    observed: int = 0
    observed_on: dt.date | None = None
    has_conduct: bool = False
    # Sessions held as lead trainer, and the day of the last that was held, as lead or beside another.
    led: int = 0
    last_held_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: what it asks, what there is (None: nothing known), and whether that is enough."""

    rule: Rule
    asked: int
    found: int | None
    is_met: bool


@dataclass(frozen=True, slots=True)
class TrainerVerdict:
    """Where somebody stands, each rule with what was found, and the rules that are not met yet."""

    state: TrainerState
    lines: tuple[RuleLine, ...]

    @property
    def missing(self) -> tuple[Rule, ...]:
        """The rules between here and a certified trainer, or what made one lapse."""
        return tuple(line.rule for line in self.lines if not line.is_met and line.rule != Rule.MENTOR)

    @property
    def is_certified(self) -> bool:
        """Tell whether the person may hold sessions as a certified trainer today."""
        return self.state in (TrainerState.CERTIFIED, TrainerState.MENTOR)


def judge_trainer(rules: TrainerRules, facts: TrainerFacts, today: dt.date) -> TrainerVerdict:
    """Judge one person in one programme.

    >>> judge_trainer(TrainerRules(), TrainerFacts(base_percent=85), dt.date(2026, 11, 22)).state.value
    'candidate'
    """
    base = _at_least(Rule.BASE, rules.base_percent, facts.base_percent)
    attendance = _at_least(Rule.ATTENDANCE, rules.attendance_percent, facts.attendance_percent)
    practice = (
        _rubric(rules, facts.rubric),
        _at_least(Rule.CO_DELIVERED, rules.co_delivered, facts.co_delivered),
        _at_least(Rule.OBSERVED, rules.observed, facts.observed),
        RuleLine(Rule.CONDUCT, int(rules.needs_conduct), int(facts.has_conduct), _conduct(rules, facts)),
    )
    recent = _recent(rules, facts, today)
    mentor = _at_least(Rule.MENTOR, rules.mentor_after, facts.led)
    state = _state(base, attendance, practice, recent, mentor)
    # Who was never certified can't have lapsed: the line would only frighten.
    shown = recent if state in (TrainerState.CERTIFIED, TrainerState.MENTOR, TrainerState.LAPSED) else None
    return TrainerVerdict(state, (base, attendance, *practice, *([shown] if shown else []), mentor))


def _state(
    base: RuleLine, attendance: RuleLine, practice: Sequence[RuleLine], recent: RuleLine, mentor: RuleLine
) -> TrainerState:
    if not base.is_met:
        return TrainerState.NONE
    if not attendance.is_met:
        return TrainerState.CANDIDATE
    if not all(line.is_met for line in practice):
        return TrainerState.TRAINED
    if not recent.is_met:
        return TrainerState.LAPSED
    return TrainerState.MENTOR if mentor.is_met else TrainerState.CERTIFIED


def _at_least(rule: Rule, asked: int, found: int | None) -> RuleLine:
    return RuleLine(rule, asked, found, asked == 0 or (found is not None and found >= asked))


def _rubric(rules: TrainerRules, marks: tuple[int, ...]) -> RuleLine:
    """Return the line of the micro-teaching: its weakest mark counts, every line must be there."""
    lowest = min(marks) if len(marks) == len(RUBRIC_LINES) else None
    return _at_least(Rule.RUBRIC, rules.rubric_line, lowest)


def _conduct(rules: TrainerRules, facts: TrainerFacts) -> bool:
    return facts.has_conduct or not rules.needs_conduct


def _recent(rules: TrainerRules, facts: TrainerFacts, today: dt.date) -> RuleLine:
    """Return the line of the last session: the observed one was a session, too."""
    days = [day for day in (facts.last_held_on, facts.observed_on) if day is not None]
    if not days:
        # Where a programme asks for no session at all there is nothing to count from.
        return RuleLine(Rule.RECENT, rules.lapse_months, None, is_met=not (rules.co_delivered or rules.observed))
    return RuleLine(
        Rule.RECENT,
        rules.lapse_months,
        months_between(max(days), today),
        max(days) > months_before(today, rules.lapse_months),
    )


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the day so many months before; the last of a month stays within its month.

    >>> months_before(dt.date(2026, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    return months_after(day, -months)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the day so many months later; the last of a month stays within its month.

    >>> months_after(dt.date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(earlier: dt.date, later: dt.date) -> int:
    """Return how many whole months lie between two days, 0 where the first is not earlier.

    >>> months_between(dt.date(2026, 1, 31), dt.date(2026, 2, 28))
    1
    """
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(months - (months_after(earlier, months) > later), 0)
