"""The hotspot question, without a database: its marks, its words, its picture."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError
from assessments.questions.hotspot.marking import mark
from assessments.questions.hotspot.player import KIND, is_in_picture

IDS = ("a", "b", "c", "d", "e")
IMAGE = {"sha256": "0" * 64, "width": 960, "height": 480}
TEXT = {"stem": "Where?", "feedback": "F", "choices": {"image": "A lorry", **{each: f"place {each}" for each in IDS}}}


def structure(right=("a", "b"), choose=2, **more):
    areas = [
        {"id": each, "shape": "rect", "x": 100 * n, "y": 0, "width": 100, "height": 100, "is_right": each in right}
        for n, each in enumerate(IDS)
    ]
    return {"image": IMAGE, "areas": areas, "choose": choose, **more}


chosen = st.sets(st.sampled_from(IDS))
right = st.sets(st.sampled_from(IDS), min_size=1)


@given(chosen, right, st.data())
def test_a_mark_lies_within_its_bounds_and_no_order_changes_it(chosen, right, data):
    asked = structure(right, data.draw(st.integers(1, len(right))))
    shuffled = asked | {"areas": random.Random(1).sample(asked["areas"], len(IDS))}
    response = sorted(chosen)
    assert 0 <= mark(asked, response) <= 1000
    assert mark(asked, response) == mark(shuffled, response[::-1])


@given(right, st.data())
def test_one_more_right_place_never_lowers_a_mark_and_a_wrong_one_never_raises_it(right, data):
    choose = data.draw(st.integers(1, len(right)))
    some = data.draw(st.sets(st.sampled_from(IDS), max_size=choose - 1))
    asked = structure(right, choose)
    for each in set(IDS) - some:
        after, before = mark(asked, [*some, each]), mark(asked, list(some))
        assert after >= before if each in right else after <= before


@given(right, st.data())
def test_whoever_chooses_more_than_asked_for_earns_nothing(right, data):
    choose = data.draw(st.integers(1, len(right)))
    many = data.draw(st.sets(st.sampled_from(IDS), min_size=choose))
    assert mark(structure(right, choose), list(many)) == 0 or len(many) == choose


def test_the_key_earns_all_and_a_wrong_response_less():
    for asked in (structure(), structure(choose=1), structure(("a",), 1), structure(IDS, 5)):
        assert mark(asked, KIND.key_of(asked)) == 1000
        assert mark(asked, KIND.wrong_of(asked)) < 1000


def test_a_form_that_chooses_too_many_is_refused():
    assert KIND.read_response({"": ["c", "a"]}, structure()) == ["a", "c"]
    for values in (["a", "b", "c"], ["a", "a"], ["x"]):
        with pytest.raises(ResponseRefusedError):
            KIND.read_response({"": values}, structure())


def test_the_numbers_follow_the_paper_and_say_nothing_of_the_key():
    shown = KIND.show(structure(), TEXT, "en", ["d", "a", "c", "b", "e"], ["a"])
    assert [(area.number, area.value) for area in shown.areas[:2]] == [(1, "d"), (2, "a")]
    assert [area.value for area in shown.areas if area.is_chosen] == ["a"]
    assert "right" not in repr(shown)
    # Two places that differ in the key alone are drawn alike.
    other = KIND.show(structure(("e",), 2), TEXT, "en", ["d", "a", "c", "b", "e"], ["a"])
    assert other == shown


def test_places_are_whole_pixels_of_the_picture_and_their_numbers_stay_on_it():
    (first, *_others) = KIND.show(structure(), TEXT, "en", ["e"]).areas
    assert (first.box["x"], first.box["width"], first.box["height"]) == ("384", "96", "48")
    assert (first.badge["cx"], first.badge["cy"], first.badge["r"]) == ("384", "36", "36")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"image": None}, "needs a picture"),
        ({"areas": structure()["areas"][:1]}, "at least two places"),
        ({"areas": [each | {"is_right": False} for each in structure()["areas"]]}, "must be right"),
        ({"choose": 3}, "2 places at most"),
        ({"choose": 0}, "places at most"),
        ({"areas": [*structure()["areas"][:2], structure()["areas"][2] | {"x": 950}]}, "within the picture"),
    ],
)
def test_what_is_missing_is_said_to_the_author(changed, words):
    assert KIND.problems_of(structure()) == []
    assert any(words in each for each in KIND.problems_of(structure() | changed))


@pytest.mark.parametrize("wrong", [{"x": -1}, {"width": 19}, {"y": 901}, {"height": 1001}])
def test_a_place_beyond_the_picture_or_too_small_to_touch_is_seen(wrong):
    area = structure()["areas"][0]
    assert is_in_picture(area)
    assert not is_in_picture(area | wrong)


def test_a_response_is_said_by_the_names_of_the_places():
    assert KIND.describe_response(structure(), TEXT, ["c", "a"]) == ["place a", "place c"]
    assert KIND.describe_response(structure(), TEXT, "a") == []
