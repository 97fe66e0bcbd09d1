"""The cloze question, without a database: gaps of any kind that may stand in one, marked by their own kinds."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError
from assessments.questions import import_from_kinds
from assessments.questions.cloze.gaps import embeddable_kinds, kind_in_gap, markers_in
from assessments.questions.cloze.marking import mark
from assessments.questions.cloze.player import KIND
from assessments.questions.kind import Draft
from assessments.questions.marking import MARKERS
from assessments.questions.single_choice.gap import read_gap, write_gap
from courses.packs.errors import PackErrors
from scripts.places import ROOT
from tests.assessments.packing import through_a_pack
from tests.factories.assessments import sample_of

IDS = [f"00000000-0000-4000-8000-{number:012}" for number in range(20)]
NUMBER, WORD, CHOICE, TEXT, X, Y, Z = IDS[:7]
GAPS: list[dict[str, Any]] = [
    {"id": NUMBER, "kind": "numeric", "structure": {"value": "18", "partial": [{"tolerance": "2", "milli": 500}]}},
    {"id": WORD, "kind": "short_answer", "structure": {"accepted": {"en": ["yes"]}}, "weight": 2},
    {"id": CHOICE, "kind": "single_choice", "structure": {"choices": [X, Y, Z], "right": [Y]}},
]
STRUCTURE = {"text": TEXT, "gaps": GAPS}
RIGHT: dict[str, Any] = {NUMBER: {"number": "18", "unit": None}, WORD: "Yes", CHOICE: Y}
numbers = st.sampled_from(["18", "17", "16", "15", "abc"]).map(lambda each: {"number": each, "unit": None})
responses = st.fixed_dictionaries(
    {}, optional={NUMBER: numbers, WORD: st.sampled_from(["yes", "no"]), CHOICE: st.sampled_from([X, Y, Z])}
)


def text(passage: str = "One [[1]], two [[2]], three [[3]].") -> dict[str, Any]:
    words = {TEXT: passage, X: "x words", Y: "y words", Z: "z words"}
    return {"stem": "Complete", "feedback": "F", "choices": words, "feedbacks": {Y: "told of y"}}


def test_every_kind_that_may_stand_in_a_gap_has_what_a_gap_needs():
    """A kind says so itself: cloze names none of them."""
    writers = import_from_kinds("gap")
    assert [each.name for each in embeddable_kinds()] == sorted(writers)
    assert {"numeric", "short_answer", "single_choice"} <= set(writers)
    folder = ROOT / "assessments" / "questions"
    for kind in embeddable_kinds():
        assert kind.name in MARKERS
        assert (folder / kind.gap_template).is_file()
        structure, words = sample_of(kind.name)
        spoken = {"en": words, "fr": {part: f"fr {said}" for part, said in words.items()}}
        lines = {
            code: own.splitlines() for code, own in writers[kind.name].write_gap(structure, spoken).items() if code
        }
        common = writers[kind.name].write_gap(structure, spoken).get("", "").splitlines()
        lines["en"] = [*common, *lines.get("en", [])]
        again, again_words = writers[kind.name].read_gap(lines, structure, spoken)
        assert MARKERS[kind.name](again, kind.key_of(structure)) == 1000
        assert sorted(kind.parts_of(again)) == sorted(kind.parts_of(structure))
        assert all(again_words[code] == own for code, own in spoken.items() if words)
    source = "".join(
        path.read_text(encoding="utf-8") for path in (folder / "cloze").rglob("*.[pj][ys]") if "test_" not in path.name
    )
    assert [each.name for each in embeddable_kinds() if f'"{each.name}"' in source] == []


def test_kinds_whose_responses_have_the_same_form_have_the_same_fields():
    """What `fields_of` of cloze relies on: it knows no structure."""
    for kind in embeddable_kinds():
        structure, _words = sample_of(kind.name)
        for response in (kind.key_of(structure), kind.wrong_of(structure)):
            found = [fields for each in embeddable_kinds() if (fields := each.fields_of(response))]
            assert found
            assert all(fields == found[0] for fields in found)


@given(responses, st.permutations(GAPS))
def test_a_mark_is_the_weighted_mean_rounded_down_and_no_order_changes_it(response, gaps):
    each = [MARKERS[gap["kind"]](gap["structure"], response.get(gap["id"])) for gap in GAPS]
    assert mark(STRUCTURE, response) == (each[0] + 2 * each[1] + each[2]) // 4
    turned = dict(random.Random(2).sample(list(response.items()), len(response)))
    assert mark({"text": TEXT, "gaps": gaps}, turned) == mark(STRUCTURE, response)


@given(responses, st.sampled_from(sorted(RIGHT)))
def test_to_mend_one_gap_never_costs_anything(response, gap):
    assert mark(STRUCTURE, {**response, gap: RIGHT[gap]}) >= mark(STRUCTURE, response)
    assert mark({**STRUCTURE, "partial": "all"}, response) == (1000 if mark(STRUCTURE, response) == 1000 else 0)


@given(responses)
def test_what_a_form_says_is_the_response(response):
    fields = KIND.fields_of(response)
    assert KIND.read_response(fields, STRUCTURE) == (response or None)
    shown = KIND.show(STRUCTURE, text(), "en", [Z, X, Y], Draft(fields))
    assert shown == KIND.show(STRUCTURE, text(), "en", [Z, X, Y], response)


def test_the_text_is_shown_with_its_gaps_where_the_language_puts_them():
    shown: Any = KIND.show(STRUCTURE, text("Three [[3]]\nand [[1]].\n\n[[2]] [[9]]"), "en", [Z, X, Y], RIGHT)
    first, second = shown.paragraphs
    assert [piece.gap.number if piece.gap else piece.words for piece in first] == ["Three ", 3, "\nand ", 1, "\u2060."]
    assert [piece.gap.number if piece.gap else piece.words for piece in second] == ["", 2, " [[9]]"]
    choices = first[1].gap.shown.choices
    assert [(each.value, each.is_chosen) for each in choices] == [(Z, False), (X, False), (Y, True)]


@pytest.mark.parametrize("passage", ["[[1]] [[2]]", "[[1]] [[2]] [[3]] [[3]]", "[[1]] [[2]] [[3]] [[4]]", "none", ""])
def test_a_language_whose_text_lacks_a_gap_is_not_whole(passage):
    assert KIND.has_words(STRUCTURE, text())
    assert KIND.has_words(STRUCTURE, text("[[3]] [[1]] [[2]]"))
    assert not KIND.has_words(STRUCTURE, text(passage))


def test_what_does_not_fit_is_refused():
    for fields in (
        {"": ["a"]},
        {"foreign": ["a"]},
        {CHOICE: ["foreign"]},
        {f"{NUMBER}:other": ["1"]},
        {WORD: ["a", "b"]},
    ):
        with pytest.raises(ResponseRefusedError):
            KIND.read_response(fields, STRUCTURE)


def test_a_gap_that_cannot_be_read_is_told_of():
    assert KIND.is_clear(RIGHT)
    assert not KIND.is_clear({**RIGHT, NUMBER: {"number": "many", "unit": None}})
    assert KIND.is_clear({WORD: "many"})


def test_an_answer_its_key_and_its_feedback_are_told_gap_by_gap():
    assert KIND.describe_response(STRUCTURE, text(), {CHOICE: Z, NUMBER: RIGHT[NUMBER]}) == [
        "Gap 1: 18",
        "Gap 3: z words",
    ]
    assert KIND.describe_key(STRUCTURE, text()) == ["Gap 1: 18", "Gap 2: yes", "Gap 3: y words"]
    assert KIND.feedbacks_of(STRUCTURE, text(), RIGHT) == ["told of y"]
    assert KIND.feedbacks_of(STRUCTURE, text(), {CHOICE: X}) == []


@pytest.mark.parametrize(
    "gaps",
    [
        [],
        [{"id": X, "kind": "cloze", "structure": STRUCTURE}],
        [{"id": X, "kind": "multiple_choice", "structure": {}}],
        [{"id": X, "kind": "no such kind", "structure": {}}],
        [{"id": X, "kind": "numeric", "structure": {}}],
        [{"id": X, "kind": "numeric", "structure": {"value": "1"}, "weight": 11}],
        [{"id": X, "kind": "numeric", "structure": {"value": "1"}}] * 2,
        [{"id": IDS[number], "kind": "numeric", "structure": {"value": "1"}} for number in range(11)],
    ],
)
def test_gaps_that_mean_nothing_are_told(gaps):
    assert KIND.problems_of({"text": TEXT, "gaps": gaps})
    assert KIND.problems_of(STRUCTURE) == []
    assert kind_in_gap("cloze") is None


def test_markers_are_numbers_from_1_on():
    assert markers_in("[[1]] [[0]] [[12]] [[ 3 ]] [4] [[100]] [[2]]") == [1, 12, 2]


def test_a_pack_keeps_the_gaps_of_every_kind_and_tells_of_a_bad_one():
    words = {TEXT: "One [[1]]\n\ntwo [[2]], ثلاثة [[3]]", X: "x", Y: "y", Z: "ي"}
    for body in (STRUCTURE, {**STRUCTURE, "partial": "all"}, {"text": TEXT, "gaps": GAPS[:2]}):
        own = {part: words[part] for part in KIND.parts_of(body)}
        assert through_a_pack("cloze", body, own) == (body, own)
    for gap in ({"id": X, "kind": "numeric", "structure": {"value": "x"}}, {**GAPS[1], "weight": 0}):
        with pytest.raises(PackErrors):
            through_a_pack("cloze", {"text": TEXT, "gaps": [gap]}, words)


def test_a_choice_keeps_its_id_while_its_words_or_its_place_stay():
    before = {"choices": [X, Y, Z], "right": [Y]}
    spoken = {"en": {X: "one", Y: "two", Z: "three"}, "fr": {X: "un", Y: "deux", Z: "trois"}}
    assert write_gap(before, spoken) == {"en": "two\none\nthree", "fr": "deux\nun\ntrois"}
    # Another one is right now, and one was mended: the ids stay.
    changed, words = read_gap({"en": ["three", "one!", "two"], "fr": ["trois", "un !", "deux"]}, before, spoken)
    assert changed == {"choices": [X, Y, Z], "right": [Z]}
    assert words["en"] == {Z: "three", X: "one!", Y: "two"}
    # One is gone, one is new.
    fewer, words = read_gap({"en": ["two", "four"], "fr": ["deux"]}, before, spoken)
    assert fewer["right"] == [Y]
    assert X not in fewer["choices"]
    assert sorted(words["fr"].values()) == ["", "deux"]
