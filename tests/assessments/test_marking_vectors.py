"""The marks that servers and devices must agree on: this side of them. The other is in tests/browser."""

import json
from typing import Any

import pytest
from django.http import QueryDict

from assessments.questions.registry import KINDS
from scripts.places import ROOT

FOLDER = ROOT / "tests" / "data" / "marking"
VECTORS: dict[str, list[dict[str, Any]]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
CASES = [(kind, each) for kind, vectors in VECTORS.items() for each in vectors]


def test_every_kind_has_vectors_with_a_full_mark_and_none():
    assert set(VECTORS) == set(KINDS)
    for vectors in VECTORS.values():
        assert {0, 1000} <= {each["milli"] for each in vectors}


@pytest.mark.parametrize(("kind", "vector"), CASES)
def test_a_server_marks_as_the_vector_says(kind, vector):
    assert KINDS[kind].mark(vector["structure"], vector["response"]) == vector["milli"]


@pytest.mark.parametrize(("kind", "vector"), [case for case in CASES if "values" in case[1]])
def test_a_server_reads_a_form_as_the_vector_says(kind, vector):
    form = QueryDict(mutable=True)
    form.setlist("response", vector["values"])
    assert KINDS[kind].read_response(form, vector["structure"]) == vector["response"]
    assert KINDS[kind].values_of(vector["response"]) == set(vector["values"])
