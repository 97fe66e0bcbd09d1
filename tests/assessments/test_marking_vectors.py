"""The marks that servers and devices must agree on: this side of them. The other is in tests/browser."""

import json
from typing import Any

import pytest
from django.http import QueryDict

from assessments.questions import kind_names
from assessments.questions.kind import fields_in
from assessments.questions.marking import MARKED_BY_HAND, MARKERS
from assessments.questions.registry import KINDS
from scripts.places import ROOT
from tests.assessments.sitting import form_of


def read_vectors(kind: str) -> list[dict[str, Any]]:
    """Return the vectors of a kind: a structure, a response, the fields of a form that says it, and its mark."""
    path = ROOT / "assessments" / "questions" / kind / "vectors.json"
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


VECTORS = {kind: read_vectors(kind) for kind in kind_names()}
CASES = [(kind, each) for kind, vectors in VECTORS.items() for each in vectors]
MARKED = [case for case in CASES if case[0] in MARKERS]


@pytest.mark.parametrize("kind", VECTORS)
def test_every_kind_has_vectors_that_say_something(kind):
    vectors = VECTORS[kind]
    assert all(set(each) <= {"structure", "response", "fields", "milli"} for each in vectors)
    assert sum("fields" in each for each in vectors) >= 3
    assert {None} < {json.dumps(each["response"]) if each["response"] is not None else None for each in vectors}
    marks = {each.get("milli") for each in vectors}
    assert marks == {None} if kind in MARKED_BY_HAND else {0, 1000} <= marks - {None} == marks


@pytest.mark.parametrize(("kind", "vector"), MARKED)
def test_a_server_marks_as_the_vector_says(kind, vector):
    assert MARKERS[kind](vector["structure"], vector["response"]) == vector["milli"]


@pytest.mark.parametrize(("kind", "vector"), [case for case in CASES if "fields" in case[1]])
def test_a_server_reads_a_form_as_the_vector_says(kind, vector):
    form = QueryDict(mutable=True)
    for part, values in vector["fields"].items():
        form.setlist(f"response:{part}" if part else "response", values)
    read = KINDS[kind].read_response(fields_in(form), vector["structure"])
    assert read == vector["response"]
    assert KINDS[kind].read_response(fields_in(form_of(kind, read)), vector["structure"]) == read
