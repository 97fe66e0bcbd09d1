"""Every kind of question does all that the registry promises."""

import random
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.template.loader import get_template
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError, UnknownKindError
from assessments.models import Question
from assessments.questions.marking import FULL_MARK_MILLI, MARKERS
from assessments.questions.multiple_choice.marking import mark_multiple_choice
from assessments.questions.registry import KINDS, kind_named, kind_of
from elearning.lib.canonical import canonical_json
from tests.factories.assessments import make_question

ALL = sorted(KINDS)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40), lambda inner: st.lists(inner, max_size=4)
)
A, B, C, D = "abcd"
STRUCTURES: dict[str, Any] = {
    "single_choice": {"choices": [A, B, C, D], "right": [B]},
    "multiple_choice": {"choices": [A, B, C, D], "right": [A, C]},
    "true_false": {"is_true": True},
}


def test_each_kind_has_a_marker_and_a_model_of_its_own():
    assert {name: kind.mark for name, kind in KINDS.items()} == MARKERS
    assert {name: kind.name for name, kind in KINDS.items()} == {name: name for name in KINDS}
    assert {kind.model for kind in KINDS.values()} == set(Question.__subclasses__())


@pytest.mark.parametrize("name", ALL)
def test_a_kind_reads_shows_marks_and_describes_its_key(name, db):
    kind, question = kind_named(name), make_question(name)
    assert kind_of(question) is kind
    structure = kind.structure_of(question)
    assert canonical_json(structure)
    text = {"stem": "S", "feedback": "F", "choices": {each: f"words {each}" for each in kind.choices_of(structure)}}
    shown = kind.public(text, "en", kind.choices_of(structure))
    key = kind.key_of(structure)
    read = kind.read_response({"response": sorted(kind.values_of(key))}, structure)
    assert read == key
    assert kind.mark(structure, read) == FULL_MARK_MILLI
    assert kind.values_of(key) <= {choice.value for choice in shown.choices}
    assert kind.describe_response(structure, text, key)
    assert kind.describe_response(structure, text, None) == []
    assert get_template(kind.template)
    assert not hasattr(shown, "structure")
    assert "F" not in repr(shown).replace("False", "")


@pytest.mark.parametrize("name", ALL)
def test_nothing_chosen_is_no_response(name):
    kind = kind_named(name)
    assert kind.read_response(QueryDict(""), STRUCTURES[name]) is None
    assert kind.read_response({"response": ["", ""]}, STRUCTURES[name]) is None
    assert kind.mark(STRUCTURES[name], None) == 0


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("values", [["x"], [str(uuid4())], [{"a": 1}], 7, [A, A], [A, B, "x"]])
def test_what_does_not_fit_is_refused(name, values):
    with pytest.raises(ResponseRefusedError):
        kind_named(name).read_response({"response": values}, STRUCTURES[name])


@pytest.mark.parametrize("name", ALL)
@given(response=ANYTHING)
def test_any_response_whatever_has_a_mark_from_0_to_1000(name, response):
    assert 0 <= KINDS[name].mark(STRUCTURES[name], response) <= FULL_MARK_MILLI


@given(chosen=st.sets(st.sampled_from([A, B, C, D])), seed=st.integers(0, 99))
def test_the_order_of_choices_does_not_change_a_mark(chosen, seed):
    shuffled = random.Random(seed).sample([A, B, C, D], 4)
    moved = {"choices": shuffled, "right": [C, A]}
    response = sorted(chosen)
    assert mark_multiple_choice(moved, response[::-1]) == mark_multiple_choice(STRUCTURES["multiple_choice"], response)


def test_choosing_everything_earns_nothing_where_half_is_wrong():
    assert mark_multiple_choice(STRUCTURES["multiple_choice"], [A, B, C, D]) == 0
    assert mark_multiple_choice(STRUCTURES["multiple_choice"], [A]) == 500
    assert mark_multiple_choice(STRUCTURES["multiple_choice"], [A, B, C]) == 500


def test_an_unknown_kind_is_named_with_those_accepted():
    with pytest.raises(UnknownKindError, match="single_choice"):
        kind_named("essay")
