"""Matching: its marks, its pack form, and what a form says."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError
from assessments.questions.matching.marking import mark
from assessments.questions.matching.player import KIND, matches_of
from courses.packs.errors import PackErrors
from tests.assessments.packing import through_a_pack
from tests.factories.assessments import sample_of

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
LEFTS, RIGHTS = "abcdef", "uvwxyz"
STRUCTURE: dict[str, Any] = {
    "pairs": [{"left": left, "right": right} for left, right in zip("abcd", "xyxy", strict=True)],
    "extras": ["z"],
}
STRUCTURES = st.lists(st.tuples(st.sampled_from(LEFTS), st.sampled_from(RIGHTS)), min_size=1, unique_by=lambda p: p[0])
RESPONSES = st.dictionaries(st.sampled_from(LEFTS), st.sampled_from(RIGHTS))


def structure_of(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    return {"pairs": [{"left": left, "right": right} for left, right in pairs]}


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_a_vector_is_marked_and_read(vector):
    assert mark(vector["structure"], vector["response"]) == vector["milli"]
    if "fields" in vector:
        assert KIND.read_response(vector["fields"], vector["structure"]) == vector["response"]
        assert KIND.fields_of(vector["response"]) == vector["fields"]


@given(pairs=STRUCTURES, response=RESPONSES)
def test_a_mark_is_the_share_of_right_pairs_and_the_key_earns_all(pairs, response):
    right = sum(response.get(left) == match for left, match in pairs)
    assert mark(structure_of(pairs), response) == right * 1000 // len(pairs)
    assert mark(structure_of(pairs), dict(pairs)) == 1000


@given(pairs=STRUCTURES, response=RESPONSES, place=st.integers(0, 5))
def test_to_mend_one_pair_never_costs_anything(pairs, response, place):
    left, right = pairs[place % len(pairs)]
    before, after = (mark(structure_of(pairs), each) for each in (response, response | {left: right}))
    assert after >= before
    assert (after > before) == (response.get(left) != right)


@given(pairs=STRUCTURES, response=RESPONSES, dice=st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_does_not_change_a_mark(pairs, response, dice):
    moved = dice.sample(pairs, len(pairs))
    turned = dict(dice.sample(list(response.items()), len(response)))
    assert mark(structure_of(moved), turned) == mark(structure_of(pairs), response)


def test_all_or_nothing_gives_nothing_for_a_part():
    most = {"a": "x", "b": "y", "c": "x"}
    assert mark(STRUCTURE, most) == 750
    assert mark(STRUCTURE | {"partial": "all"}, most) == 0
    assert mark(STRUCTURE | {"partial": "all"}, KIND.key_of(STRUCTURE)) == 1000


@pytest.mark.parametrize(
    "fields", [{"a": ["a"]}, {"a": ["x", "y"]}, {"x": ["x"]}, {"": ["x"]}, {"a": ["x"], "other": ["y"]}]
)
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ResponseRefusedError):
        KIND.read_response(fields, STRUCTURE)


def test_a_match_of_two_lines_is_shown_once_and_the_order_says_nothing_of_the_lines():
    assert matches_of(STRUCTURE) == ["x", "y", "z"]
    assert KIND.order_of({"pairs": [{"left": "a", "right": "z"}, {"left": "b", "right": "u"}]}) == ["u", "z"]
    text = {"stem": "S", "choices": {each: each.upper() for each in "abcdxyz"}}
    shown = KIND.show(STRUCTURE, text, "en", ["z", "x", "y"], {"b": "z"})
    assert [line.text for line in shown.lines] == ["A", "B", "C", "D"]
    assert [match.text for match in shown.matches] == ["Z", "X", "Y"]
    assert [line.chosen for line in shown.lines] == ["", "z", "", ""]
    assert KIND.describe_response(STRUCTURE, text, {"d": "y", "b": "z", "c": "gone"}) == ["B: Z", "D: Y"]


def test_feedback_of_a_match_is_told_once_for_all_lines():
    text = {"stem": "S", "choices": {}, "feedbacks": {"x": "Not so.", "y": ""}}
    assert KIND.feedbacks_of(STRUCTURE, text, {"a": "x", "c": "x", "b": "y"}) == ["Not so."]


@pytest.mark.parametrize(
    ("pairs", "extras", "count"),
    [([], [], 1), ([("a", "x")], ["y"], 1), ([("a", "x"), ("b", "x")], [], 1), ([("a", "x"), ("a", "y")], [], 1)],
)
def test_too_little_to_match_is_a_problem(pairs, extras, count):
    assert len(KIND.problems_of(structure_of(pairs) | {"extras": extras})) == count
    assert KIND.problems_of(STRUCTURE) == []


@pytest.mark.parametrize("rule", [{}, {"partial": "all"}])
def test_a_question_goes_through_a_pack_and_comes_back_the_same(rule):
    body, words = sample_of("matching")
    assert through_a_pack("matching", body | rule, words) == (body | rule, words)
    without = {"pairs": body["pairs"]}
    assert through_a_pack("matching", without, words)[0] == without


def test_a_pack_names_what_cannot_be_matched():
    body, words = sample_of("matching")
    one = {"pairs": [pair | {"right": body["extras"][0]} for pair in body["pairs"]]}
    with pytest.raises(PackErrors, match="two different matches"):
        through_a_pack("matching", one, words)
    again = body | {"extras": [body["pairs"][0]["right"]]}
    with pytest.raises(PackErrors, match="twice"):
        through_a_pack("matching", again, words)
