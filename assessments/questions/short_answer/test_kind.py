"""The short answer question, without a database: how texts are folded and matched, what they earn."""

import random
import re
import time
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError, ResponseTooLongError
from assessments.questions.short_answer.folding import fold
from assessments.questions.short_answer.gap import read_gap, read_partly, write_gap, write_partly
from assessments.questions.short_answer.marking import mark
from assessments.questions.short_answer.patterns import is_match, pieces_of, plain_form
from assessments.questions.short_answer.player import KIND
from courses.packs.errors import PackErrors
from tests.assessments.packing import through_a_pack

# Letters with marks, ligatures and letters that have several forms, in four scripts.
LETTERS = "aAeEéÉêçñßœŒæøłİıſﬁÅåюЮёйΣςσΆآأإاىيةهكﻻَّ٣۳'’ʼ-–\u00a0\u202f \u0301\u0640"
words = st.text(alphabet=LETTERS, max_size=12)
rules = st.fixed_dictionaries({"case": st.booleans(), "accents": st.booleans()})


def matches(answer: str, pattern: str) -> bool:
    return is_match(fold(answer), pieces_of(pattern, case=False, accents=False))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Été", "l'ete"),
        ("ŒUVRE", "oeuvre"),
        ("straße", "STRASSE"),
        ("STRAẞE", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
        ("Łódź", "lodz"),
        ("أُولى", "اولي"),
        ("الإتجار", "الاتجار"),
        ("مدرسة", "مدرسه"),
        ("کودک", "كودك"),
        ("مـحـمد", "محمد"),
        ("ﻻ", "لا"),
        ("المادة ٣", "الماده 3"),
        ("ёлка", "елка"),
        ("ILIK", "ılık"),
        ("co\u00adoperate", "cooperate"),
        ("a\u200bb", "ab"),
        ("well–being", "well-being"),
        ("« oui »", "oui"),
        ("“yes”!", "yes"),
        ("no…", "no"),
        ("  two   words ", "two words"),
        ("هل؟", "هل"),
        ("Ｎ３", "n3"),
    ],
)
def test_two_ways_to_write_the_same_are_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("कि", "कु"),
        ("ไม้", "ไม"),
        ("a b", "ab"),
        ("well being", "well-being"),
        ("don't", "dont"),
        ("3", "4"),
        ("ou", "on"),
        ("e.g", "eg"),
    ],
)
def test_what_differs_stays_apart(one, other):
    assert fold(one) != fold(other)


def test_case_and_accents_count_where_the_author_says_so():
    assert fold("ÉTÉ", accents=True) == fold("été", accents=True) != fold("ete", accents=True)
    assert fold("e\u0301te\u0301", accents=True) == "été"
    assert fold("Été", case=True) == "Ete"
    assert fold("Été", case=True, accents=True) == "Été"
    # Arabic vowel signs and forms of alef are no accents: nobody types them alike.
    assert fold("أُولى", case=True, accents=True) == fold("اولي", case=True, accents=True)


@given(st.text(max_size=60), rules)
def test_folding_twice_is_folding_once(text, rules):
    once = fold(text, **rules)
    assert fold(once, **rules) == once
    assert "  " not in once


@given(words, words)
def test_folding_is_the_same_for_a_text_and_for_its_upper_case(one, other):
    assert fold(f"{one} {other}".upper()) == fold(f"{one} {other}")


@given(st.text(alphabet="ab*", max_size=8), st.text(alphabet="ab", max_size=10))
def test_a_star_stands_for_any_text(pattern, answer):
    expected = re.fullmatch(pattern.replace("*", ".*"), answer, re.DOTALL) is not None
    assert matches(answer, pattern) == expected


def test_a_star_that_is_meant_is_written_with_a_backslash():
    assert matches("5 * 3", r"5 \* 3")
    assert not matches("5 x 3", r"5 \* 3")
    assert matches("a \\ b", r"a \ b")
    assert plain_form(r"5 \* 3*") == "5 * 3"


def test_no_pattern_takes_long():
    # What a regular expression would try for hours.
    pattern = "*".join(["a"] * 60) + "*b"
    began = time.perf_counter()
    for _each in range(20):
        assert mark({"accepted": {"en": [pattern]}}, "a" * 500) == 0
        assert mark({"accepted": {"en": [pattern]}}, "ﷺ" * 500) == 0
    assert time.perf_counter() - began < 2


@given(words, st.lists(words, max_size=4), st.integers(1, 999))
def test_marks_lie_within_their_bounds_and_no_order_changes_them(answer, forms, milli):
    dice = random.Random(3)
    structure: dict[str, Any] = {
        "accepted": {"en": forms[::2], "fr": forms[1::2]},
        "partial_answers": [{"pattern": f"{each}*", "milli": milli} for each in forms],
    }
    earned = mark(structure, answer)
    assert earned in {0, milli, 1000}
    mixed = {
        "accepted": {"fr": dice.sample(forms, len(forms))},
        "partial_answers": dice.sample(structure["partial_answers"], len(forms)),
    }
    assert mark(mixed, answer) == earned


@given(words, st.lists(words, max_size=3), words)
def test_one_more_accepted_form_never_costs_anything(answer, forms, more):
    before, after = (mark({"accepted": {"en": each}}, answer) for each in (forms, [*forms, more]))
    assert after >= before


@given(st.lists(st.text(alphabet=LETTERS + "*", max_size=10), min_size=1, max_size=3), rules)
def test_where_nothing_is_told_to_the_author_the_key_earns_all_and_a_wrong_response_nothing(forms, rules):
    structure = {"accepted": {"en": forms}, **rules}
    if KIND.problems_of(structure) == []:
        for each in forms:
            assert mark(structure, plain_form(each)) == 1000
        assert mark(structure, KIND.key_of(structure)) == 1000
        assert mark(structure, KIND.wrong_of(structure)) == 0


@pytest.mark.parametrize(
    "structure",
    [
        {},
        {"accepted": {}},
        {"accepted": {"en": []}},
        {"accepted": {"en": ["*"]}},
        {"accepted": {"en": ["?"]}},
        {"accepted": {"xx": ["a"]}},
        {"accepted": {"en": ["a"] * 21}},
        {"accepted": {"en": ["a" * 201]}},
        {"accepted": {"en": ["end.*"]}},
        {"accepted": {"en": ["a"]}, "partial_answers": [{"pattern": "*", "milli": 500}]},
        {"accepted": {"en": ["a"]}, "partial_answers": [{"pattern": "b", "milli": 1000}]},
    ],
)
def test_a_key_that_means_nothing_is_told(structure):
    assert KIND.problems_of(structure)


def test_the_key_is_told_in_the_language_of_the_page():
    structure = {"accepted": {"fr": ["traite*"], "en": ["traffick*", "trade"]}}
    for language, forms in (("fr", ["traite"]), ("en", ["traffick", "trade"]), ("ar", ["traffick", "trade"])):
        with translation.override(language):
            assert KIND.describe_key(structure, {}) == forms
            assert KIND.key_of(structure) == forms[0]


def test_what_does_not_fit_is_refused_and_a_text_is_trimmed():
    for fields in ({"": ["a", "b"]}, {"other": ["a"]}):
        with pytest.raises(ResponseRefusedError):
            KIND.read_response(fields, {})
    with pytest.raises(ResponseTooLongError):
        KIND.read_response({"": ["a" * 501]}, {})
    assert KIND.read_response({"": ["\u00a0a\x00b\r\n"]}, {}) == "a b"
    assert KIND.read_response({"": ["\u3000"]}, {}) is None


def test_a_pack_keeps_every_rule_and_tells_of_a_bad_key():
    body: dict[str, Any] = {
        "accepted": {"en": ["UNODC", "yes"], "ar": ["نعم"]},
        "partial_answers": [{"pattern": r"5 \* 3*", "milli": 333}],
        "case": True,
        "accents": True,
    }
    assert through_a_pack("short_answer", body, {}) == (body, {})
    with pytest.raises(PackErrors):
        through_a_pack("short_answer", {"accepted": {"en": ["*"]}}, {})


def test_the_lines_of_a_gap_say_its_key_and_come_back():
    lines = {"en": ["consent*", "50% consen*"], "fr": ["consentement"]}
    before = {
        "accepted": {"ar": ["موافقة"], "en": ["old"]},
        "accents": True,
        "partial_answers": [{"pattern": "x", "milli": 1}],
    }
    read, words_ = read_gap(lines, before, {})
    assert words_ == {}
    assert read == {
        "accepted": {"ar": ["موافقة"], "en": ["consent*"], "fr": ["consentement"]},
        "accents": True,
        "partial_answers": [{"pattern": "consen*", "milli": 500}],
    }
    assert write_gap(read, {}) == {"ar": "موافقة", "en": "consent*", "fr": "consentement", "": "50% consen*"}


@given(st.lists(st.integers(1, 999), max_size=4))
def test_partly_right_lines_come_back(millis):
    partly = [{"pattern": f"p{place}*", "milli": milli} for place, milli in enumerate(millis)]
    assert read_partly(write_partly(partly).splitlines()) == partly
