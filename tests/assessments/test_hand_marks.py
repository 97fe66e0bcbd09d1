"""What people's marks of a written answer come to, whatever order they arrive in. No database."""

import random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.answering import follow_attempt
from assessments.drawing import Item, Sheet
from assessments.hand_marks import mark_facts, marked_by_hand, marks_by_hand, response_sha256
from assessments.scoring import Answers, score_paper
from assessments.standing import answers_that_stand
from assessments.versions import Version
from tests.assessments.saying import LEARNER, Saying

ITEM = Item("q", "v", ())
RUBRIC = {"a": 6, "b": 4}
ONE = Sheet((ITEM,), 70, 1)
TWO = Sheet((ITEM,), 70, 1, has_second_marker=True)
ANN, BOB, CY, DEE = (UUID(int=90 + number) for number in range(4))


def written(text="My answer."):
    saying = Saying()
    saying.begin()
    saying.answer(10, "q", text)
    saying.hand_in(20)
    return saying


def mark(saying, marker, at, reached, *, text="My answer.", **changed):
    """Let somebody give some of the ten points."""
    given_points = {"a": min(reached, 6), "b": max(0, reached - 6)}
    facts = mark_facts(ITEM, text, RUBRIC, given_points, "") | changed
    return saying.say("marked", at, facts, actor=marker)


def final(saying, sheet=ONE):
    return marked_by_hand(follow_attempt(saying.said), sheet, ITEM).final_milli


def test_the_points_of_the_criteria_make_the_mark_rounded_down():
    saying = written()
    mark(saying, ANN, 30, 7)
    assert final(saying) == 700
    assert marks_by_hand(follow_attempt(saying.said), ONE) == {"q": 700}
    thirds = {"a": 1, "b": 0}
    saying.say("marked", 31, mark_facts(ITEM, "My answer.", {"a": 2, "b": 1}, thirds, ""), actor=ANN)
    assert final(saying) == 333


def test_nothing_is_marked_before_somebody_did():
    assert marks_by_hand(follow_attempt(written().said), ONE) == {}
    assert final(written()) is None


def test_a_mark_for_another_response_counts_nothing():
    saying = written()
    mark(saying, ANN, 30, 7)
    # It was on its way when the attempt was handed in, and stands before the hand-in.
    saying.answer(15, "q", "Another answer.", ordinal=1)
    assert final(saying) is None
    mark(saying, ANN, 40, 5, text="Another answer.")
    assert final(saying) == 500


@pytest.mark.parametrize(
    "changed",
    [
        {"version": "w"},
        {"question": "r"},
        {"points": {"a": -1, "b": 0}},
        {"points": {"a": True}},
        {"points": {"a": "6"}},
        {"points": [6, 4]},
        {"points": None},
        {"out_of": {}},
        {"out_of": {"a": 0}},
        {"out_of": "10"},
        {"response_sha256": None},
        {"response_sha256": ["x"]},
    ],
)
def test_what_can_not_be_read_counts_nothing(changed):
    saying = written()
    mark(saying, ANN, 30, 7, **changed)
    assert final(saying) is None


def test_no_mark_exceeds_what_its_criteria_give():
    saying = written()
    mark(saying, ANN, 30, 7, points={"a": 99, "b": 0, "elsewhere": 50})
    assert final(saying) == 600


def test_nobody_marks_the_own_answer():
    saying = written()
    mark(saying, LEARNER, 30, 10)
    assert final(saying) is None


def test_of_one_marker_the_latest_mark_counts_and_with_one_marker_the_latest_of_all():
    saying = written()
    mark(saying, ANN, 30, 7)
    mark(saying, ANN, 40, 5)
    assert final(saying) == 500
    mark(saying, BOB, 50, 9)
    assert final(saying) == 900
    assert [each.marker for each in marked_by_hand(follow_attempt(saying.said), ONE, ITEM).marks] == [ANN, BOB]


@pytest.mark.parametrize(
    ("marks", "result"),
    [
        ([7], None),
        ([7, 7], 700),
        ([7, 8], 750),
        ([7, 9], None),
        ([7, 9, 10], 900),
        ([9, 7, 8], 800),
        ([2, 9, 1], 200),
        ([7, 8, 0], 750),
        ([2, 9, 5, 10], 500),
    ],
)
def test_two_markers_agree_or_a_third_decides(marks, result):
    saying = written()
    for place, points in enumerate(marks):
        mark(saying, UUID(int=90 + place), 30 + place, points)
    assert final(saying, TWO) == result


def test_a_marker_who_comes_round_settles_it():
    saying = written()
    mark(saying, ANN, 30, 4)
    mark(saying, BOB, 31, 9)
    assert final(saying, TWO) is None
    mark(saying, ANN, 32, 8)
    assert final(saying, TWO) == 850


points = st.integers(0, 10)
said_marks = st.lists(st.tuples(st.sampled_from([ANN, BOB, CY, DEE]), st.integers(30, 40), points), max_size=8)


@given(said_marks, st.sampled_from([ONE, TWO]), st.integers(0, 99))
def test_neither_order_nor_repetition_of_what_was_said_matters(marks, sheet, seed):
    saying = written()
    for marker, at, given_points in marks:
        mark(saying, marker, at, given_points)
    before = marked_by_hand(follow_attempt(saying.said), sheet, ITEM)
    shuffled = random.Random(seed).sample([*saying.said, *saying.said], 2 * len(saying.said))
    assert marked_by_hand(follow_attempt(set(shuffled)), sheet, ITEM) == before
    assert before.final_milli is None or 0 <= before.final_milli <= 1000


@given(st.lists(points, min_size=2, max_size=4))
def test_a_mark_lies_between_those_that_were_given(marks):
    saying = written()
    for place, each in enumerate(marks):
        mark(saying, UUID(int=90 + place), 30 + place, each)
    result = final(saying, TWO)
    assert result is None or min(marks) * 100 <= result <= max(marks) * 100


def test_an_attempt_has_no_score_before_the_last_answer_is_marked():
    versions = {"v": Version("v", "q", "extended_answer", {"rubric": [{"id": "a", "points": 1}]}, {}, None, "")}
    saying = written()
    score = score_paper(ONE, versions, answers_that_stand(follow_attempt(saying.said), ONE))
    assert (score.awaits_marking, score.is_passed) == (True, False)
    mark(saying, ANN, 30, 7)
    score = score_paper(ONE, versions, answers_that_stand(follow_attempt(saying.said), ONE))
    assert (score.awaits_marking, score.points_milli, score.is_passed) == (False, 700, True)
    # Without an answer there is nothing to mark.
    assert not score_paper(ONE, versions, Answers({})).awaits_marking


def test_a_response_is_named_by_what_it_says():
    assert response_sha256("a") == response_sha256("a") != response_sha256("b")
