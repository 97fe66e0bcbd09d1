"""Single choice: its marks, what a form says, and what its author is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError
from assessments.questions.single_choice.marking import mark
from assessments.questions.single_choice.player import KIND
from courses.packs.errors import PackErrors
from tests.assessments.packing import through_a_pack
from tests.factories.assessments import sample_of

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
CHOICES = list("abcd")
STRUCTURE: dict[str, Any] = {"choices": CHOICES, "right": ["b"]}


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_a_vector_is_marked_and_read(vector):
    assert mark(vector["structure"], vector["response"]) == vector["milli"]
    if "fields" in vector:
        assert KIND.read_response(vector["fields"], vector["structure"]) == vector["response"]
        assert KIND.fields_of(vector["response"]) == vector["fields"]


@given(right=st.sampled_from(CHOICES), chosen=st.sampled_from(CHOICES), dice=st.randoms(use_true_random=False))
def test_the_right_choice_earns_all_and_any_other_nothing_in_whatever_order(right, chosen, dice):
    structure = {"choices": dice.sample(CHOICES, 4), "right": [right]}
    assert mark(structure, chosen) == (1000 if chosen == right else 0)


@pytest.mark.parametrize("fields", [{"": ["x"]}, {"": ["a", "b"]}, {"": ["a", "a"]}, {"a": ["a"]}])
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ResponseRefusedError):
        KIND.read_response(fields, STRUCTURE)


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 0),
        ({"right": []}, 1),
        ({"right": ["a", "b"]}, 1),
        ({"choices": ["b"]}, 1),
        ({"choices": [], "right": []}, 2),
    ],
)
def test_its_author_is_told_what_is_missing(changes, count):
    assert len(KIND.problems_of(STRUCTURE | changes)) == count


def test_the_choices_are_shown_in_the_order_of_the_paper():
    text = {"stem": "It is late.\n\nWhat first?", "choices": {each: each.upper() for each in CHOICES}}
    shown = KIND.show(STRUCTURE, text, "en", ["d", "b", "a", "c"], "b")
    assert (shown.case, shown.stem) == ("It is late.", "What first?")
    assert [(each.text, each.is_chosen) for each in shown.choices] == [
        ("D", False),
        ("B", True),
        ("A", False),
        ("C", False),
    ]
    assert KIND.describe_response(STRUCTURE, text, "b") == ["B"]
    assert KIND.describe_response(STRUCTURE, text, "gone") == []


def test_feedback_of_the_chosen_choice_is_told_and_no_other():
    text = {"stem": "S", "choices": {}, "feedbacks": {"a": "Not first.", "b": ""}}
    assert KIND.feedbacks_of(STRUCTURE, text, "a") == ["Not first."]
    assert KIND.feedbacks_of(STRUCTURE, text, "b") == KIND.feedbacks_of(STRUCTURE, text, None) == []


def test_a_pack_names_a_question_without_one_right_choice():
    body, words = sample_of("single_choice")
    assert through_a_pack("single_choice", body, words) == (body, words)
    right: list[str]
    for right in ([], body["choices"][:2]):
        with pytest.raises(PackErrors, match="exactly one choice is right"):
            through_a_pack("single_choice", body | {"right": right}, words)
