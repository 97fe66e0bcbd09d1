"""Words into gaps: its marks, its text, its pack form, and what a form says."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError
from assessments.questions.word_gaps.marking import mark
from assessments.questions.word_gaps.player import KIND
from assessments.questions.word_gaps.text import has_each_once, numbers_in, renumber, split_text
from courses.packs.errors import PackErrors
from tests.assessments.packing import through_a_pack
from tests.factories.assessments import sample_of

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
GAPS, WORDS = "123456", "uvwxyz"
STRUCTURE: dict[str, Any] = {
    "text": "t",
    "gaps": [{"id": "1", "right": "x"}, {"id": "2", "right": "y"}, {"id": "3", "right": "z"}],
    "words": ["x", "y", "z", "w"],
}
TEXT: dict[str, Any] = {
    "stem": "S",
    "choices": {"t": "A [[3]] and\nan [[1]],\n\nthen [[2]].", "x": "act", "y": "means", "z": "purpose", "w": "border"},
}
FILLED = st.lists(st.tuples(st.sampled_from(GAPS), st.sampled_from(WORDS)), min_size=1, unique_by=lambda pair: pair[0])
RESPONSES = st.dictionaries(st.sampled_from(GAPS), st.sampled_from(WORDS))


def structure_of(gaps: list[tuple[str, str]]) -> dict[str, Any]:
    return {"text": "t", "gaps": [{"id": gap, "right": word} for gap, word in gaps], "words": list(WORDS)}


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_a_vector_is_marked_and_read(vector):
    assert mark(vector["structure"], vector["response"]) == vector["milli"]
    if "fields" in vector:
        assert KIND.read_response(vector["fields"], vector["structure"]) == vector["response"]
        assert KIND.fields_of(vector["response"]) == vector["fields"]


@given(gaps=FILLED, response=RESPONSES)
def test_a_mark_is_the_share_of_right_gaps_and_the_key_earns_all(gaps, response):
    right = sum(response.get(gap) == word for gap, word in gaps)
    assert mark(structure_of(gaps), response) == right * 1000 // len(gaps)
    assert mark(structure_of(gaps), dict(gaps)) == 1000


@given(gaps=FILLED, response=RESPONSES, place=st.integers(0, 5))
def test_to_mend_one_gap_never_costs_anything(gaps, response, place):
    gap, word = gaps[place % len(gaps)]
    before, after = (mark(structure_of(gaps), each) for each in (response, response | {gap: word}))
    assert (after > before) if response.get(gap) != word else (after == before)


@given(gaps=FILLED, response=RESPONSES, dice=st.randoms(use_true_random=False))
def test_the_order_of_gaps_and_words_does_not_change_a_mark(gaps, response, dice):
    moved = structure_of(dice.sample(gaps, len(gaps))) | {"words": dice.sample(WORDS, len(WORDS))}
    assert mark(moved, response) == mark(structure_of(gaps), response)


def test_all_or_nothing_gives_nothing_for_a_part():
    assert mark(STRUCTURE, {"1": "x", "2": "y"}) == 666
    assert mark(STRUCTURE | {"partial": "all"}, {"1": "x", "2": "y"}) == 0
    assert mark(STRUCTURE | {"partial": "all"}, KIND.key_of(STRUCTURE)) == 1000


@pytest.mark.parametrize("fields", [{"1": ["1"]}, {"1": ["x", "y"]}, {"4": ["x"]}, {"": ["x"]}, {"t": ["x"]}])
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ResponseRefusedError):
        KIND.read_response(fields, STRUCTURE)


def test_gaps_are_numbered_as_this_text_has_them_and_words_come_as_the_paper_shuffled_them():
    shown = KIND.show(STRUCTURE, TEXT, "en", ["w", "z", "y", "x"], {"1": "x", "2": "gone"})
    gaps = [(piece.gap, piece.number, piece.chosen) for piece in shown.pieces if piece.gap]
    assert gaps == [("3", 1, ""), ("1", 2, "x"), ("2", 3, "gone")]
    assert [word.text for word in shown.words] == ["border", "purpose", "means", "act"]
    assert "".join(piece.text for piece in shown.pieces) == "A  and\nan ,\n\nthen ."


def test_a_response_is_told_in_its_text():
    assert KIND.describe_response(STRUCTURE, TEXT, {"1": "x", "3": "w"}) == ["A [border] and", "an [act],", "then […]."]
    assert KIND.describe_response(STRUCTURE, TEXT, None) == KIND.describe_response(STRUCTURE, TEXT, {"9": "x"}) == []


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("[[1]] [[2]]", True),
        ("في [[2]] ثم [[1]]", True),
        ("[[ 1 ]]-[[2]]", True),
        ("[[1]]", False),
        ("[[1]] [[2]] [[2]]", False),
        ("[[1]] [[2]] [[3]]", False),
        ("[[1]] [[2]] [[act]]", False),
        ("[[1]] [[2]] ]]", False),
        ("", False),
    ],
)
def test_a_language_is_complete_where_each_gap_stands_in_its_text_once(text, is_whole):
    assert has_each_once(text, 2) == is_whole
    structure = STRUCTURE | {"gaps": STRUCTURE["gaps"][:2]}
    assert KIND.has_words(structure, TEXT | {"choices": TEXT["choices"] | {"t": text}}) == is_whole


@given(pieces=st.lists(st.integers(1, 99) | st.text(alphabet="ab [", min_size=1, max_size=4)))
def test_a_text_is_split_without_losing_a_letter(pieces):
    text = "".join(each if isinstance(each, str) else f"[[{each}]]" for each in pieces)
    assert "".join(each if isinstance(each, str) else f"[[{each}]]" for each in split_text(text)) == text
    moved = {each: each + 100 for each in numbers_in(text)}
    assert renumber(text, {}) == text
    assert len(renumber(text, moved)) >= len(text)


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        ({}, 0),
        ({"gaps": []}, 1),
        ({"words": ["x"], "gaps": [{"id": "1", "right": "x"}]}, 1),
        ({"words": ["x", "y"]}, 1),
        ({"gaps": [{"id": "1", "right": "x"}, {"id": "2", "right": "x"}]}, 1),
        ({"gaps": [{"id": "1", "right": "x"}, {"id": "2", "right": "x"}], "is_reusable": True}, 0),
    ],
)
def test_what_cannot_be_asked_is_a_problem(changed, count):
    assert len(KIND.problems_of(STRUCTURE | changed)) == count


@pytest.mark.parametrize("rule", [{}, {"partial": "all"}, {"is_reusable": True}])
def test_a_question_goes_through_a_pack_and_comes_back_the_same(rule):
    body, words = sample_of("word_gaps")
    assert through_a_pack("word_gaps", body | rule, words) == (body | rule, words)


def test_a_pack_names_a_gap_that_the_text_lacks_and_a_word_that_is_none():
    body, words = sample_of("word_gaps")
    with pytest.raises(PackErrors, match="each gap stands in it once"):
        through_a_pack("word_gaps", body, words | {body["text"]: "An [[1]] and a [[2]]."})
    stray = [body["gaps"][0] | {"right": body["text"]}, *body["gaps"][1:]]
    with pytest.raises(PackErrors, match="none of the words"):
        through_a_pack("word_gaps", body | {"gaps": stray}, words)
    twice = [gap | {"right": body["words"][0]} for gap in body["gaps"]]
    with pytest.raises(PackErrors, match="right in two gaps"):
        through_a_pack("word_gaps", body | {"gaps": twice}, words)
