"""Canonical JSON: one value, one text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.lib.canonical import LARGEST_EXACT_NUMBER, NotCanonicalError, canonical_json

keys = st.text(st.characters(max_codepoint=127), max_size=8)
exact = st.integers(-LARGEST_EXACT_NUMBER, LARGEST_EXACT_NUMBER)
values = st.recursive(
    st.none() | st.booleans() | exact | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


def shuffled(value, rng):
    """Return the same value with the keys of every mapping in another order."""
    if isinstance(value, dict):
        items = list(value.items())
        rng.shuffle(items)
        return {key: shuffled(item, rng) for key, item in items}
    return [shuffled(item, rng) for item in value] if isinstance(value, list) else value


@given(values)
def test_text_reads_back_as_the_same_value(value):
    """Nothing is lost and nothing is added."""
    assert json.loads(canonical_json(value)) == value


@given(values, st.randoms())
def test_order_of_keys_does_not_matter(value, rng):
    """Two mappings with the same items have one text."""
    assert canonical_json(shuffled(value, rng)) == canonical_json(value)


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), 2**53, -(2**53), {"é": 1}, {1: "a"}, ("a",), "\ud800", {"a": {"b": [0.1]}}, b"x", object()],
    ids=lambda value: type(value).__name__,
)
def test_what_has_two_forms_is_refused(value):
    """A fraction, a huge number, a key that sorts two ways, half a character: refused, never changed."""
    with pytest.raises(NotCanonicalError):
        canonical_json(value)


def test_deep_nesting_is_refused_and_does_not_crash():
    """A hostile statement cannot exhaust the stack."""
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(NotCanonicalError):
        canonical_json(deep)


def test_keys_are_sorted_and_text_is_kept():
    """The form is RFC 8785's for this subset."""
    assert canonical_json({"b": [1, True, None], "a": "نص é"}) == '{"a":"نص é","b":[1,true,null]}'
