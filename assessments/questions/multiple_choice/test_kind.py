"""Multiple choice: its marks and their rules, what a form says, and what its author is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError
from assessments.questions.multiple_choice.marking import mark
from assessments.questions.multiple_choice.player import KIND
from courses.packs.errors import PackErrors
from tests.assessments.packing import through_a_pack
from tests.factories.assessments import sample_of

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
CHOICES = list("abcdef")
STRUCTURE: dict[str, Any] = {"choices": list("abcd"), "right": ["a", "c"]}
RIGHT = st.sets(st.sampled_from(CHOICES), min_size=1).map(sorted)
CHOSEN = st.sets(st.sampled_from(CHOICES)).map(sorted)
RULES = st.sampled_from([{}, {"wrong": "free"}, {"partial": "all"}, {"partial": "all", "wrong": "free"}])


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_a_vector_is_marked_and_read(vector):
    assert mark(vector["structure"], vector["response"]) == vector["milli"]
    if "fields" in vector:
        assert KIND.read_response(vector["fields"], vector["structure"]) == vector["response"]


@given(right=RIGHT, chosen=CHOSEN, rules=RULES)
def test_all_right_ones_and_nothing_else_earn_all(right, chosen, rules):
    structure = {"choices": CHOICES, "right": right, **rules}
    assert mark(structure, right) == 1000
    wrong = set(chosen) - set(right)
    is_whole = set(right) <= set(chosen)
    if is_whole and (not wrong or rules == {"wrong": "free"}):
        assert mark(structure, chosen) == 1000
    else:
        assert mark(structure, chosen) < 1000


@given(right=RIGHT, chosen=CHOSEN, rules=RULES, one=st.sampled_from(CHOICES))
def test_one_right_choice_more_never_costs_and_a_wrong_one_never_gains(right, chosen, rules, one):
    structure = {"choices": CHOICES, "right": right, **rules}
    before, after = mark(structure, chosen), mark(structure, sorted({*chosen, one}))
    assert after >= before if one in right else after <= before


@given(right=RIGHT, chosen=CHOSEN, rules=RULES, dice=st.randoms(use_true_random=False))
def test_the_order_of_choices_and_of_the_response_does_not_change_a_mark(right, chosen, rules, dice):
    structure = {"choices": CHOICES, "right": right, **rules}
    moved = {"choices": dice.sample(CHOICES, 6), "right": dice.sample(right, len(right)), **rules}
    assert mark(moved, dice.sample(chosen, len(chosen))) == mark(structure, chosen)


def test_choosing_everything_earns_nothing_where_half_is_wrong():
    assert mark(STRUCTURE, list("abcd")) == 0
    assert mark(STRUCTURE, ["a"]) == 500
    assert mark(STRUCTURE, list("abc")) == 500
    assert mark(STRUCTURE | {"wrong": "free"}, list("abc")) == 1000
    assert mark(STRUCTURE | {"partial": "all"}, ["a"]) == 0
    # "All right" means these and no other, also where a wrong one would be free.
    assert mark(STRUCTURE | {"partial": "all", "wrong": "free"}, list("abc")) == 0


@pytest.mark.parametrize("fields", [{"": ["x"]}, {"": ["a", "a"]}, {"": ["a", "b", "x"]}, {"a": ["a"]}])
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ResponseRefusedError):
        KIND.read_response(fields, STRUCTURE)


@pytest.mark.parametrize(
    ("changes", "count"), [({}, 0), ({"right": []}, 1), ({"choices": ["a"]}, 1), ({"choices": ["a"], "right": []}, 2)]
)
def test_its_author_is_told_what_is_missing(changes, count):
    assert len(KIND.problems_of(STRUCTURE | changes)) == count


def test_a_wrong_response_is_found_where_all_choices_are_right():
    assert KIND.wrong_of({"choices": ["a", "b"], "right": ["a", "b"]}) == ["a"]
    assert KIND.wrong_of(STRUCTURE) == ["b"]


def test_feedback_of_each_chosen_choice_is_told():
    text = {"stem": "S", "choices": {}, "feedbacks": {"a": "A sign.", "b": "No sign.", "c": ""}}
    assert KIND.feedbacks_of(STRUCTURE, text, ["a", "b", "c"]) == ["A sign.", "No sign."]


@pytest.mark.parametrize("rules", [{}, {"wrong": "free"}, {"partial": "all"}, {"partial": "all", "wrong": "free"}])
def test_a_question_goes_through_a_pack_and_comes_back_the_same(rules):
    body, words = sample_of("multiple_choice")
    assert through_a_pack("multiple_choice", body | rules, words) == (body | rules, words)


def test_a_pack_names_what_cannot_be_chosen():
    body, words = sample_of("multiple_choice")
    with pytest.raises(PackErrors, match="one choice at least is right"):
        through_a_pack("multiple_choice", body | {"right": []}, words)
    with pytest.raises(PackErrors, match="Accepted: free"):
        through_a_pack("multiple_choice", body | {"wrong": "cheap"}, words)
