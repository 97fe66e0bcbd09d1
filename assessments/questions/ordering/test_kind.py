"""Ordering: its marks, its pack form, and what a form says."""

import json
import random
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseIncompleteError, ResponseRefusedError
from assessments.questions.kind import Draft
from assessments.questions.ordering.marking import mark
from assessments.questions.ordering.player import KIND
from courses.packs.errors import PackErrors
from tests.assessments.packing import through_a_pack
from tests.factories.assessments import sample_of

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
ITEMS = ["a", "b", "c", "d"]
STRUCTURE: dict[str, Any] = {"items": ITEMS}
ORDERS = st.lists(st.text(min_size=1, max_size=3), min_size=2, max_size=8, unique=True).flatmap(
    lambda items: st.tuples(st.just(items), st.permutations(items))
)


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_a_vector_is_marked_and_read(vector):
    assert mark(vector["structure"], vector["response"]) == vector["milli"]
    if "fields" in vector:
        assert KIND.read_response(vector["fields"], vector["structure"]) == vector["response"]
        assert KIND.fields_of(vector["response"]) == vector["fields"]


@given(case=ORDERS)
def test_a_mark_lies_within_its_bounds_and_only_the_right_order_earns_all(case):
    items, response = case
    assert 0 <= mark({"items": items}, response) <= 1000
    assert (mark({"items": items}, response) == 1000) == (response == items)
    assert mark({"items": items}, items[::-1]) == 0


@given(case=ORDERS, place=st.integers(0, 6))
def test_to_mend_two_neighbours_never_costs_anything_and_earns_more_once_it_earns_at_all(case, place):
    items, response = case
    place %= len(items) - 1
    swapped = [*response]
    swapped[place], swapped[place + 1] = response[place + 1], response[place]
    is_mended = items.index(swapped[place]) < items.index(swapped[place + 1])
    worse, better = (response, swapped) if is_mended else (swapped, response)
    low, high = (mark({"items": items}, each) for each in (worse, better))
    assert high > low or high == low == 0


@given(case=ORDERS, seed=st.integers(0, 99))
def test_other_names_for_the_items_do_not_change_a_mark(case, seed):
    items, response = case
    names = dict(zip(items, random.Random(seed).sample([f"n{each}" for each in range(20)], len(items)), strict=True))
    renamed = mark({"items": [names[each] for each in items]}, [names[each] for each in response])
    assert renamed == mark({"items": items}, response)


@pytest.mark.parametrize("count", [3, 4, 5])
def test_an_order_by_chance_earns_far_less_than_half(count):
    items = ITEMS[:count] if count < 5 else [*ITEMS, "e"]
    marks = [mark({"items": items}, list(each)) for each in permutations(items)]
    assert sum(marks) / len(marks) < 300


def test_all_or_nothing_gives_nothing_for_a_part():
    assert mark(STRUCTURE, ["b", "a", "c", "d"]) == 666
    assert mark(STRUCTURE | {"partial": "all"}, ["b", "a", "c", "d"]) == 0
    assert mark(STRUCTURE | {"partial": "all"}, ITEMS) == 1000


@pytest.mark.parametrize(
    "fields",
    [
        {"a": ["1"]},
        {"a": ["1"], "b": ["2"], "c": ["3"]},
        {"a": ["1"], "b": ["1"], "c": ["2"], "d": ["3"]},
        {"a": ["4"], "b": ["4"], "c": ["4"], "d": ["4"]},
    ],
)
def test_an_order_with_a_place_missing_or_given_twice_is_said_and_shown_again(fields):
    with pytest.raises(ResponseIncompleteError) as caught:
        KIND.read_response(fields, STRUCTURE)
    assert "different place" in str(caught.value.text)
    text = {"stem": "S", "choices": {each: each for each in ITEMS}}
    shown = KIND.show(STRUCTURE, text, "en", ["d", "c", "b", "a"], Draft(fields))
    assert {item.value: [item.place] for item in shown.items if item.place} == fields


@pytest.mark.parametrize(
    "fields", [{"x": ["1"]}, {"a": ["5"]}, {"a": ["0"]}, {"a": ["one"]}, {"a": ["1", "2"]}, {"": ["1"]}, {"a": ["01"]}]
)
def test_what_does_not_fit_is_refused_in_other_words(fields):
    with pytest.raises(ResponseRefusedError) as caught:
        KIND.read_response(fields, STRUCTURE)
    assert not isinstance(caught.value, ResponseIncompleteError)


@given(items=st.permutations(ITEMS))
def test_what_is_not_shuffled_never_stands_in_the_right_order(items):
    order = KIND.order_of({"items": items})
    assert sorted(order) == sorted(items)
    assert order != items


def test_a_response_is_told_with_its_places_and_the_feedback_of_what_stands_wrong():
    text = {"stem": "S", "choices": {each: each.upper() for each in ITEMS}, "feedbacks": {"a": "First.", "d": "Last."}}
    assert KIND.describe_response(STRUCTURE, text, ["b", "a", "c", "d"]) == ["1. B", "2. A", "3. C", "4. D"]
    assert KIND.feedbacks_of(STRUCTURE, text, ["b", "a", "c", "d"]) == ["First."]
    assert KIND.feedbacks_of(STRUCTURE, text, ITEMS) == KIND.feedbacks_of(STRUCTURE, text, None) == []
    assert KIND.describe_response(STRUCTURE, text, {"a": "1"}) == []


def test_one_line_has_no_order():
    assert len(KIND.problems_of({"items": ["a"]})) == 1
    assert KIND.problems_of(STRUCTURE) == []


@pytest.mark.parametrize("rule", [{}, {"partial": "all"}])
def test_a_question_goes_through_a_pack_and_comes_back_the_same(rule):
    body, words = sample_of("ordering")
    assert through_a_pack("ordering", body | rule, words) == (body | rule, words)


def test_a_pack_names_an_item_that_stands_twice():
    body, words = sample_of("ordering")
    with pytest.raises(PackErrors, match="twice"):
        through_a_pack("ordering", {"items": [*body["items"], body["items"][0]]}, words)
