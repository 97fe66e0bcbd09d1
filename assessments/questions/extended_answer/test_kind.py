"""The extended answer, without a database: what is kept of a text, and what is said before it is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError, ResponseTooLongError
from assessments.questions.extended_answer.player import KIND, MOST_CHARACTERS, plain_answer
from assessments.questions.marking import MARKED_BY_HAND, MARKERS
from elearning.lib.canonical import canonical_json
from records.statements import LARGEST_STATEMENT_BYTES

STRUCTURE = {"rubric": [{"id": "a", "points": 3}, {"id": "b", "points": 2}], "model": True, "least_words": 30}
TEXT = {"stem": "What do you do?", "feedback": "F", "choices": {"a": "safety", "b": "signs", "model": "One\nTwo"}}


def test_a_person_marks_it():
    assert "extended_answer" in MARKED_BY_HAND
    assert "extended_answer" not in MARKERS


@given(st.text(max_size=200))
def test_what_is_kept_of_a_text_stays_as_it_is(text):
    kept = plain_answer(text)
    assert plain_answer(kept) == kept
    assert "\r" not in kept
    assert kept == (KIND.read_response({"": [text]}, STRUCTURE) or "")


def test_nothing_but_blanks_is_no_answer():
    assert KIND.read_response({}, STRUCTURE) is None
    assert KIND.read_response({"": [" \r\n\t"]}, STRUCTURE) is None


@pytest.mark.parametrize("each", ["a", "ب", "語", "😀", "\n", '"', "\\"])
def test_the_longest_text_fits_into_a_statement(each):
    units = len(each.encode("utf-16-le")) // 2
    longest = "x" + each * ((MOST_CHARACTERS - 2) // units) + "x"
    read = KIND.read_response({"": [longest]}, STRUCTURE)
    assert read == longest
    assert len(canonical_json(read).encode()) < LARGEST_STATEMENT_BYTES - 4096


def test_a_longer_text_is_refused_in_words_of_its_own():
    with pytest.raises(ResponseTooLongError) as refused:
        KIND.read_response({"": ["x" * (MOST_CHARACTERS + 1)]}, STRUCTURE)
    assert "too long" in str(refused.value.text)


def test_two_texts_or_another_part_are_refused():
    for fields in ({"": ["a", "b"]}, {"model": ["a"]}):
        with pytest.raises(ResponseRefusedError):
            KIND.read_response(fields, STRUCTURE)


def test_neither_the_rubric_nor_the_model_answer_is_shown_before():
    shown = KIND.show(STRUCTURE, TEXT, "en", [], "My text")
    assert shown.text == "My text"
    assert not any(said in repr(shown) for said in ("safety", "signs", "One", "rubric"))
    assert KIND.show(STRUCTURE, TEXT, "en", [], 7).text == ""


def test_afterwards_the_model_answer_is_what_is_right():
    assert KIND.describe_key(STRUCTURE, TEXT) == ["One", "Two"]
    assert KIND.describe_key(STRUCTURE | {"model": False}, TEXT) == []
    assert KIND.describe_response(STRUCTURE, TEXT, "A\nB") == ["A", "B"]
    assert KIND.describe_response(STRUCTURE, TEXT, None) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rubric": []}, "at least one criterion"),
        ({"rubric": [{"id": "a", "points": 0}]}, "1 to 20 points"),
        ({"most_words": 10}, "greater than the greatest"),
    ],
)
def test_what_is_missing_is_said_to_the_author(changed, words):
    assert KIND.problems_of(STRUCTURE) == []
    assert any(words in each for each in KIND.problems_of(STRUCTURE | changed))
