"""S30: from the tables that leave the site nobody can be worked out: a thousand differences are tried."""

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.disclosure import Told, feasible, tell, withheld

_POPULATIONS, _PAIRS = 200, 1000
_GROUPS = {"country": 8, "sex": 4, "age": 6, "rank": 5, "duty": 3}


def told_of(tables: dict[str, list[int]]) -> dict[str, list[Told]]:
    away = withheld(tables)
    return {name: [tell(count) for count in row] for name, row in tables.items() if name not in away}


def population(dice: random.Random, size: int) -> list[tuple[int, ...]]:
    return [tuple(dice.randrange(dice.randint(1, groups)) for groups in _GROUPS.values()) for _each in range(size)]


def count(people: list[tuple[int, ...]]) -> dict[str, list[int]]:
    return {
        name: [sum(person[place] == group for person in people) for group in range(groups)]
        for place, (name, groups) in enumerate(_GROUPS.items())
    }


@given(number=st.integers(0, 10_000))
def test_a_count_is_told_as_a_multiple_of_five_near_it_and_never_below_five(number):
    told = tell(number)
    assert told.lowest <= number <= told.highest
    assert told.value % 5 == 0
    assert told.is_small == (number < 5)
    assert told.is_small or abs(told.value - number) <= 2


@given(
    tables=st.dictionaries(
        st.text("abc", min_size=1, max_size=2), st.lists(st.integers(0, 30), min_size=1, max_size=4), max_size=3
    )
)
@settings(max_examples=150, deadline=None)
def test_what_is_left_possible_holds_the_truth_and_nothing_small_is_known(tables):
    """Tables of one population (their sums made equal) keep every true count possible, with company."""
    whole = max((sum(row) for row in tables.values()), default=0)
    tables = {name: [*row, whole - sum(row)] for name, row in tables.items()}
    told = told_of(tables)
    for name, ranges in feasible(told).items():
        for true, (low, high) in zip(tables[name], ranges, strict=True):
            assert low <= true <= high
            assert low >= 10 or high - low >= 2


def test_the_ranges_are_exactly_what_trying_everything_gives():
    """The arithmetic against brute force: all pairs of small tables that are told so."""
    told = {"a": [tell(3), tell(6)], "b": [tell(9)]}
    possible = [
        (a, b, c)
        for a, b, c in product(range(13), repeat=3)
        if a + b == c and [tell(a), tell(b)] == told["a"] and [tell(c)] == told["b"]
    ]
    ranges = feasible(told)
    assert ranges["a"][0] == (min(p[0] for p in possible), max(p[0] for p in possible))
    assert ranges["a"][1] == (min(p[1] for p in possible), max(p[1] for p in possible))
    assert ranges["b"][0] == (min(p[2] for p in possible), max(p[2] for p in possible))


def test_rounding_alone_would_give_a_group_away_and_such_a_table_is_not_published():
    """The control: told as 10, 10, 5, 5 and 40 in all, nothing but 12, 12, 7 and 7 makes the 38 that 40 means."""
    tables = {"groups": [12, 12, 7, 7], "whole": [38]}
    ranges = feasible({name: [tell(each) for each in row] for name, row in tables.items()})
    assert any(low == high for low, high in ranges["groups"])
    assert withheld(tables) == {"groups"}


@pytest.mark.parametrize("seed", range(4))
def test_no_difference_of_two_tables_says_how_one_person_counts(seed):
    """A thousand pairs of tables before and after one person came: the difference never names a group by one."""
    dice = random.Random(seed)  # repeatable dice, no secrets
    known = tried = 0
    for _each in range(_POPULATIONS // 4):
        people = population(dice, dice.randint(1, 60))
        for _pair in range(_PAIRS // _POPULATIONS):
            more = [*people, *population(dice, 1)]
            before, after = told_of(count(people)), told_of(count(more))
            tried += 1
            known += _is_worked_out(before, after)
    assert tried == _PAIRS // 4
    assert known == 0


def _is_worked_out(before: dict[str, list[Told]], after: dict[str, list[Told]]) -> bool:
    """Tell whether some group's growth is known to be exactly one: all other growths are impossible."""
    first, second = feasible(before), feasible(after)
    for name in first.keys() & second.keys():
        for (low, high), (later_low, later_high) in zip(first[name], second[name], strict=True):
            least, most = later_low - high, later_high - low
            if least == most:
                return True
    return False
