"""True or false: its marks, what a form says, and that true always stands first."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from assessments.errors import ResponseRefusedError
from assessments.questions.true_false.marking import mark
from assessments.questions.true_false.player import KIND
from courses.packs.errors import PackErrors
from tests.assessments.packing import through_a_pack

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
TEXT: dict[str, Any] = {"stem": "S", "feedback": "", "choices": {}}


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_a_vector_is_marked_and_read(vector):
    assert mark(vector["structure"], vector["response"]) == vector["milli"]
    if "fields" in vector:
        assert KIND.read_response(vector["fields"], vector["structure"]) == vector["response"]
        assert KIND.fields_of(vector["response"]) == vector["fields"]


@pytest.mark.parametrize("is_true", [True, False])
def test_one_judgement_earns_all_and_the_other_nothing(is_true):
    structure = {"is_true": is_true}
    assert [mark(structure, each) for each in (is_true, not is_true, None)] == [1000, 0, 0]
    assert (KIND.key_of(structure), KIND.wrong_of(structure)) == (is_true, not is_true)
    assert KIND.problems_of(structure) == KIND.parts_of(structure) == KIND.order_of(structure) == []


@pytest.mark.parametrize("fields", [{"": ["yes"]}, {"": ["true", "false"]}, {"": ["True"]}, {"a": ["true"]}])
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ResponseRefusedError):
        KIND.read_response(fields, {"is_true": True})


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_true_stands_first_and_both_words_are_in_the_language_of_the_page(language):
    with translation.override(language):
        shown = [KIND.show({"is_true": each}, TEXT, language, [], response=False) for each in (True, False)]
        said = KIND.describe_response({"is_true": True}, TEXT, response=False)
    assert shown[0] == shown[1]
    assert [(each.value, each.is_chosen) for each in shown[0].choices] == [("true", False), ("false", True)]
    words = [each.text for each in shown[0].choices]
    assert words[1:] == said
    assert words != ["True", "False"] or language == "en"


@pytest.mark.parametrize("is_true", [True, False])
def test_a_question_goes_through_a_pack_and_comes_back_the_same(is_true):
    assert through_a_pack("true_false", {"is_true": is_true}, {}) == ({"is_true": is_true}, {})


def test_a_pack_needs_true_or_false():
    with pytest.raises(PackErrors, match="true or false is expected"):
        through_a_pack("true_false", {"is_true": "yes"}, {})
