"""Matching by person, and what a group gained."""

import datetime as dt
import math
import statistics
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.evaluation.paired import Gain, Pair, Scored, gain_by_part, gain_of, gain_of_pairs, match

DAY = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
AWA, MODIBO, OUMOU = (UUID(int=number) for number in (1, 2, 3))


def scored(person: UUID, percent: float, day: int, attempt: int) -> Scored:
    begun = DAY + dt.timedelta(days=day)
    return Scored(UUID(int=1000 + attempt), person, begun, begun + dt.timedelta(hours=1), percent)


def test_first_before_and_last_after_are_compared_and_not_the_best() -> None:
    pre = [scored(AWA, 60, 1, 2), scored(AWA, 40, 0, 1)]
    post = [scored(AWA, 90, 5, 3), scored(AWA, 70, 9, 4)]
    pairs, _pre_only, _post_only = match(pre, post)
    assert [(each.pre, each.post) for each in pairs] == [(40, 70)]
    assert pairs[0].pre_attempt == UUID(int=1001)
    assert pairs[0].post_attempt == UUID(int=1004)


def test_who_has_one_test_only_is_counted_and_left_out() -> None:
    pre = [scored(AWA, 40, 0, 1), scored(MODIBO, 50, 0, 2)]
    post = [scored(MODIBO, 80, 5, 3), scored(OUMOU, 90, 5, 4)]
    gain = gain_of(pre, post)
    assert (gain.matched, gain.pre_only, gain.post_only) == (1, 1, 1)
    assert gain.mean is None


def test_a_test_after_that_was_begun_before_the_other_was_handed_in_is_none() -> None:
    assert gain_of([scored(AWA, 40, 5, 1)], [scored(AWA, 80, 5, 2)]).matched == 0
    assert gain_of([scored(AWA, 40, 5, 1)], [scored(AWA, 80, 1, 2)]).pre_only == 1


def test_one_attempt_is_never_both_tests() -> None:
    only = scored(AWA, 40, 0, 1)
    assert gain_of([only], [only]).matched == 0


def test_one_quiz_may_be_both_tests() -> None:
    taken = [scored(AWA, 40, 0, 1), scored(AWA, 65, 9, 2)]
    assert [(each.pre, each.post) for each in match(taken, taken)[0]] == [(40, 65)]


def test_figures_are_those_of_a_worked_example() -> None:
    # Gains 10, 12, 9, 15, 14: mean 12, s = sqrt(6.5), t(0.975, 4) = 2.7764; interval 12 ± 3.1656.
    pairs = [Pair(UUID(int=n), 50, 50 + gain) for n, gain in enumerate((10, 12, 9, 15, 14))]
    gain = gain_of_pairs(pairs)
    assert gain.mean == 12
    assert gain.low == pytest.approx(12 - 3.1656, abs=1e-3)
    assert gain.high == pytest.approx(12 + 3.1656, abs=1e-3)
    assert gain.normalised == pytest.approx(12 / 50)


@pytest.mark.parametrize("people", [0, 1])
def test_fewer_than_two_people_give_no_figure(people: int) -> None:
    gain = gain_of_pairs([Pair(AWA, 40, 90)] * people)
    assert gain.matched == people
    assert (gain.mean, gain.low, gain.high, gain.normalised) == (None, None, None, None)
    assert not gain.has_figures


def test_full_marks_before_leave_nothing_to_gain() -> None:
    gain = gain_of_pairs([Pair(AWA, 100, 100), Pair(MODIBO, 100, 90)])
    assert gain.mean == -5
    assert gain.normalised is None


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=2, max_size=40), st.randoms())
def test_the_order_of_people_changes_nothing(shares: list[tuple[float, float]], random: object) -> None:
    pairs = [Pair(UUID(int=place), pre, post) for place, (pre, post) in enumerate(shares)]
    mixed = list(pairs)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    one, other = gain_of_pairs(pairs), gain_of_pairs(mixed)
    assert _figures(one) == _figures(other)
    gains = [post - pre for pre, post in shares]
    assert one.mean == pytest.approx(statistics.fmean(gains), abs=1e-9)
    assert one.low is not None
    assert one.high is not None
    assert one.low <= (one.mean or 0) <= one.high


def _figures(gain: Gain) -> tuple[float | None, ...]:
    return (gain.pre_mean, gain.post_mean, gain.mean, gain.low, gain.high, gain.normalised)


def test_parts_are_matched_each_for_itself() -> None:
    pre = {AWA: {"signs": 20.0, "referral": 50.0}, MODIBO: {"signs": 40.0}}
    post = {AWA: {"signs": 80.0}, MODIBO: {"signs": 60.0, "referral": 70.0}, OUMOU: {"signs": 10.0}}
    found = gain_by_part(pre, post)
    assert found["signs"].mean == 40
    assert (found["referral"].matched, found["referral"].pre_only, found["referral"].post_only) == (0, 1, 1)
    assert math.isclose(found["signs"].pre_mean or 0, 30)
