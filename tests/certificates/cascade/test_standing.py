"""Where a trainer stands, by rules, facts and the day."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.cascade.rules import TrainerRules, TrainerRulesError, read_rules, written_rules
from certificates.cascade.standing import Rule, TrainerFacts, TrainerState, judge_trainer, months_after, months_between

TODAY = dt.date(2026, 11, 22)
ALL = TrainerFacts(
    base_percent=80,
    attendance_percent=90,
    rubric=(3,) * 7,
    co_delivered=1,
    observed=1,
    observed_on=dt.date(2026, 5, 1),
    has_conduct=True,
    led=2,
    last_held_on=dt.date(2026, 6, 1),
)


def judged(rules: TrainerRules | None = None, **changed: Any) -> TrainerState:
    return judge_trainer(rules or TrainerRules(), dataclasses.replace(ALL, **changed), TODAY).state


def test_who_meets_every_rule_exactly_is_certified() -> None:
    assert judged() == TrainerState.CERTIFIED


@pytest.mark.parametrize(
    ("changed", "state", "missing"),
    [
        ({"base_percent": 79}, "none", Rule.BASE),
        ({"base_percent": None}, "none", Rule.BASE),
        ({"attendance_percent": 89}, "candidate", Rule.ATTENDANCE),
        ({"attendance_percent": None}, "candidate", Rule.ATTENDANCE),
        ({"rubric": (4, 4, 4, 2, 4, 4, 4)}, "trained", Rule.RUBRIC),
        ({"rubric": ()}, "trained", Rule.RUBRIC),
        ({"rubric": (4, 4, 4)}, "trained", Rule.RUBRIC),
        ({"co_delivered": 0}, "trained", Rule.CO_DELIVERED),
        ({"observed": 0}, "trained", Rule.OBSERVED),
        ({"has_conduct": False}, "trained", Rule.CONDUCT),
        ({"observed_on": None, "last_held_on": dt.date(2024, 11, 22)}, "lapsed", Rule.RECENT),
    ],
)
def test_each_rule_alone_holds_somebody_back_and_is_named(changed: dict[str, Any], state: str, missing: Rule) -> None:
    verdict = judge_trainer(TrainerRules(), dataclasses.replace(ALL, **changed), TODAY)
    assert verdict.state == state
    assert verdict.missing == (missing,)


def test_a_rule_that_asks_nothing_holds_nobody_back() -> None:
    rules = TrainerRules(0, 0, 0, 0, 0, needs_conduct=False)
    assert judge_trainer(rules, TrainerFacts(), TODAY).state == TrainerState.CERTIFIED


def test_the_last_day_of_two_years_is_in_time_and_the_next_is_not() -> None:
    assert judged(observed_on=None, last_held_on=dt.date(2024, 11, 23)) == TrainerState.CERTIFIED
    assert judged(observed_on=None, last_held_on=dt.date(2024, 11, 22)) == TrainerState.LAPSED


def test_the_observed_session_counts_as_one_that_was_held() -> None:
    assert judged(last_held_on=None, observed_on=dt.date(2026, 1, 1)) == TrainerState.CERTIFIED


def test_ten_led_sessions_make_a_mentor_and_two_idle_years_a_lapsed_one() -> None:
    assert judged(led=10) == TrainerState.MENTOR
    assert judged(led=10, last_held_on=dt.date(2020, 1, 1), observed_on=None) == TrainerState.LAPSED


def test_nothing_known_is_not_the_same_as_zero() -> None:
    lines = {line.rule: line.found for line in judge_trainer(TrainerRules(), TrainerFacts(), TODAY).lines}
    assert lines[Rule.BASE] is None
    assert lines[Rule.CO_DELIVERED] == 0


@given(
    st.integers(0, 100), st.integers(0, 100), st.integers(0, 3), st.integers(0, 3), st.booleans(), st.integers(0, 12)
)
def test_more_of_anything_never_sets_anybody_back(  # as many facts as the rules have
    base: int,
    attendance: int,
    co: int,
    observed: int,
    conduct: bool,  # noqa: FBT001  # hypothesis fills it in
    led: int,
) -> None:
    order: list[TrainerState] = [state for state in TrainerState if state is not TrainerState.LAPSED]
    facts = dataclasses.replace(
        ALL,
        base_percent=base,
        attendance_percent=attendance,
        co_delivered=co,
        observed=observed,
        has_conduct=conduct,
        led=led,
    )
    here = judge_trainer(TrainerRules(), facts, TODAY).state
    for more in (
        {"base_percent": 100},
        {"attendance_percent": 100},
        {"co_delivered": co + 1},
        {"observed": observed + 1},
        {"has_conduct": True},
        {"led": led + 20},
    ):
        there = judge_trainer(TrainerRules(), dataclasses.replace(facts, **more), TODAY).state
        assert order.index(there) >= order.index(here)


def test_rules_come_back_as_they_were_written() -> None:
    rules = TrainerRules(base_percent=70, needs_conduct=False)
    assert written_rules(rules) == {"base_percent": 70, "needs_conduct": False}
    assert read_rules(written_rules(rules)) == rules


@pytest.mark.parametrize(
    "stored", [{"base_percent": 101}, {"base_percent": "80"}, {"needs_conduct": 1}, {"unknown": 1}, {"lapse_months": 0}]
)
def test_what_is_no_rule_is_refused_by_name(stored: dict[str, Any]) -> None:
    with pytest.raises(TrainerRulesError) as caught:
        read_rules(stored)
    assert caught.value.name == next(iter(stored))


@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1)), st.integers(0, 200))
def test_months_there_are_months_between(day: dt.date, months: int) -> None:
    assert months_between(day, months_after(day, months)) == months
