"""How long an attempt took: proven by the page, told by the clock, and never less than either."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.answering import follow_attempt
from assessments.timing import clock_is_odd, time_attempt
from records.statements import Said
from tests.assessments.saying import Saying, device

MINUTE = 60


def sat(*moments):
    """Return the log of an attempt: (seconds by the clock, device or None) for each thing said, the hand-in last."""
    attempt = Saying()
    (at, by), *between, (end, ender) = moments
    attempt.begin(at, device=by)
    for number, (each, where) in enumerate(between):
        attempt.answer(each, f"q{number}", "a", device=where)
    attempt.hand_in(end, device=ender)
    return follow_attempt(attempt.said)


def elapsed(*moments):
    found = time_attempt(sat(*moments))
    return found.ms / 1000, found.is_proven


def test_the_sites_own_clock_is_proven():
    assert elapsed((0, None), (50, None), (300, None)) == (300, True)


def test_within_a_page_the_page_proves_the_time():
    assert elapsed((0, device(1, 1000)), (100, device(2, 101_000)), (300, device(3, 301_000))) == (300, True)


def test_between_two_pages_the_clock_is_counted_and_marked():
    first, second = device(1, 0), device(2, 60_000)
    reopened = device(3, 0, page="0000000b")
    assert elapsed((0, first), (60, second), (660, reopened)) == (660, False)


def test_from_a_device_to_the_site_the_clock_is_counted_and_marked():
    assert elapsed((0, device(1, 0)), (60, device(2, 60_000)), (90, None)) == (90, False)


def test_a_device_that_slept_gains_no_time():
    # The page stood still for an hour; the clock did not. Nothing about it is odd.
    slept = ((0, device(1, 0)), (60, device(2, 60_000)), (60 * MINUTE, device(3, 61_000)))
    assert elapsed(*slept) == (60 * MINUTE, False)
    assert not clock_is_odd(sat(*slept).sitting)


def test_a_clock_put_back_within_a_page_gains_no_time_and_shows():
    # The clock is put back by ten minutes: the outbox lets no time go backwards, so it stands still.
    put_back = ((0, device(1, 0)), (1200, device(2, 1_200_000)), (1200.001, device(3, 1_800_000)))
    assert elapsed(*put_back) == (1800, True)
    assert clock_is_odd(sat(*put_back).sitting)


@pytest.mark.parametrize(("lag_s", "odd"), [(119, False), (121, True)])
def test_a_clock_may_lag_two_minutes_behind_its_page_in_all(lag_s, odd):
    # In small steps, none of which is odd by itself.
    half = lag_s / 2
    moments = ((0, device(1, 0)), (300 - half, device(2, 300_000)), (600 - lag_s, device(3, 600_000)))
    assert clock_is_odd(sat(*moments).sitting) is odd


def test_time_that_goes_backwards_in_a_devices_own_order_shows():
    moments = ((0, device(1, 0)), (100, device(3, 0, page="0000000b")), (90, device(4, 0, page="0000000c")))
    assert clock_is_odd(sat(*moments).sitting)
    assert elapsed(*moments) == (100, False)


def test_two_devices_whose_clocks_differ_are_not_odd():
    other = device(1, 0, name="00000000-0000-0000-0000-000000000072")
    assert not clock_is_odd(sat((0, device(1, 0)), (-500, other), (10, device(2, 10_000))).sitting)


def test_answers_after_the_hand_in_take_no_time():
    attempt = Saying()
    attempt.begin()
    attempt.hand_in(60)
    attempt.answer(6000, "q0", "a", ordinal=9)
    assert time_attempt(follow_attempt(attempt.said)).ms == 60_000


# What a statement can hold and a fact must not.
ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text("a0é", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("a0", max_size=4), inner, max_size=3),
    max_leaves=4,
)


@given(devices=st.lists(st.dictionaries(st.sampled_from(["id", "seq", "prev", "page", "ms"]), ODD) | ODD, max_size=6))
def test_a_device_of_any_form_raises_nothing(devices):
    attempt = Saying()
    attempt.begin()
    for number, each in enumerate(devices):
        said = attempt.answer(number, f"q{number}", "a")
        said.body["context"]["extensions"]["device"] = each
    attempt.hand_in(100)
    log = follow_attempt(attempt.said)
    assert time_attempt(log).ms >= 100_000
    assert clock_is_odd(log.sitting) in {True, False}
    assert all(isinstance(said, Said) for said in log.sitting)
