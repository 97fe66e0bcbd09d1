"""What the bank judges by words alone: duplicates, differences, hints on quality. No database."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank_differences import word_difference
from assessments.bank_duplicates import features_of, find_alike, find_pairs, likeness
from assessments.bank_quality import Hint, hints_of
from assessments.bank_words import words_of

CASE = "A minibus arrives at the border post at night. Eight passengers are silent and one man speaks for all."
FRENCH = "Un minibus arrive de nuit au poste frontière. Huit passagers se taisent et un homme parle pour tous."
ARABIC = "وصلت حافلة صغيرة ليلاً إلى المركز الحدودي وفيها ثمانية ركاب صامتين ورجل واحد يتكلم عنهم جميعاً"
words = st.lists(st.sampled_from(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr"]), max_size=14).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’ÉTAT d’esprit", "l'etat d'esprit"),
        ("أَيْنَ الحافلة؟", "اين حافله"),
        ("«Who?» she said…", "who she said"),
        ("Straße", "STRASSE"),
    ],
)
def test_words_are_compared_without_case_accents_and_punctuation(one, other):
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(("text", "changed"), [(CASE, "driver"), (FRENCH, "chauffeur"), (ARABIC, "السائق")])
def test_text_with_one_word_changed_is_alike_and_another_is_not(text, changed):
    parts = text.split()
    parts[3] = changed
    asked = features_of([" ".join(parts)])
    bank = {1: features_of([text]), 2: features_of(["Which papers does the protocol ask a driver for, and when?"])}
    assert [key for key, _share in find_alike(asked, bank)] == [1]


def test_two_short_texts_are_never_called_alike():
    assert not find_pairs({1: features_of(["Yes, do"]), 2: features_of(["Yes, do"])})


def test_share_that_finds_everything_is_refused():
    with pytest.raises(ValueError, match="at_least"):
        find_pairs({}, at_least=0)


@given(st.lists(words, max_size=12), st.sampled_from([0.3, 0.5, 0.8, 1.0]), st.randoms())
def test_all_pairs_are_those_that_comparing_each_with_each_finds(texts, at_least, dice):
    bank = {number: features_of([text]) for number, text in enumerate(texts)}
    slow = {
        (one, other)
        for one, other in combinations(bank, 2)
        if min(len(bank[one]), len(bank[other])) >= 7 and likeness(bank[one], bank[other]) >= at_least
    }
    shuffled = list(bank.items())
    dice.shuffle(shuffled)
    found = find_pairs(dict(shuffled), at_least)
    assert {(pair.first, pair.second) for pair in found} == slow
    assert found == find_pairs(bank, at_least)


def test_ten_pairs_are_found_among_ten_thousand_questions():
    dice = random.Random(4)
    vocabulary = [f"word{number}" for number in range(4000)]
    bank = {number: features_of([" ".join(dice.choices(vocabulary, k=30))]) for number in range(9_990)}
    bank |= {10_000 + number: bank[number] for number in range(10)}
    found = find_pairs(bank)
    assert [(pair.first, pair.second) for pair in found] == [(number, 10_000 + number) for number in range(10)]


@given(st.text("ab c.\n", max_size=30), st.text("ab c.\n", max_size=30))
def test_difference_holds_both_texts(before, after):
    pieces = word_difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.change != "new") == before
    assert "".join(piece.text for piece in pieces if piece.change != "gone") == after


def test_difference_is_in_whole_words_and_phrases():
    pieces = word_difference("Talk to the driver first.", "Talk with each passenger first.")
    assert [(piece.change, piece.text) for piece in pieces] == [
        ("same", "Talk "),
        ("gone", "to the driver"),
        ("new", "with each passenger"),
        ("same", " first."),
    ]


def hints(stem="What do you do first?", choices=("Talk to her", "Let her go", "Call a lawyer"), right=(0,), **text):
    ids = [str(number) for number in range(len(choices))]
    structure = {"choices": ids, "right": [ids[each] for each in right]}
    said = {"stem": stem, "feedback": "Because.", "choices": dict(zip(ids, choices, strict=True))} | text
    found = hints_of(structure, {"en": said}, source="S3 ¶22", expected=["en"], parts=ids)
    return {hint.code for hint in found}


def test_good_question_gets_no_hint():
    assert hints() == set()


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_feedback", {"feedback": " "}),
        ("longest_is_right", {"choices": ("Talk to her apart, in her own language", "Let her go", "Wait")}),
        ("all_or_none", {"choices": ("Talk to her", "Wait", "All of the above")}),
        ("all_or_none", {"choices": ("Parler", "Attendre", "Aucune des réponses ci-dessus")}),
        ("all_or_none", {"choices": ("Parler", "Attendre", "Toutes les réponses")}),
        ("all_or_none", {"choices": ("التحدث", "الانتظار", "جميع ما سبق")}),
        ("negative", {"stem": "Which of these is NOT a sign?"}),
        ("negative", {"stem": "Tous sont des indices, sauf un. Lequel ?"}),
        ("negative", {"stem": "Que ne faut-il pas faire ?"}),
        ("negative", {"stem": "أي مما يلي ليس علامة؟"}),
        ("absolute", {"choices": ("Talk to her", "She always lies", "Wait")}),
        ("absolute", {"choices": ("Parler", "Elle ment toujours", "Attendre")}),
        ("absolute", {"choices": ("التحدث", "هي تكذب دائماً", "الانتظار")}),
        ("few_wrong", {"choices": ("Talk to her", "Wait")}),
        (
            "repeats_stem",
            {"stem": "Who keeps the passport and papers?", "choices": ("One keeps papers of all", "Two", "Three men")},
        ),
        ("long_stem", {"stem": "word " * 200}),
        ("missing_words", {"choices": ("Talk to her", "", "Wait")}),
    ],
)  # fmt: skip
def test_hint_is_given(code, changes):
    assert code in hints(**changes)


@pytest.mark.parametrize(
    "stem",
    ["He does not answer.\n\nWhat do you do?", "At least how many years?", "Un annotateur note l’heure : laquelle ?"],
)
def test_case_may_say_no_and_at_least_is_no_negative(stem):
    assert "negative" not in hints(stem=stem)


def test_hints_name_what_all_languages_lack():
    found = hints_of({}, {"fr": {"stem": "Vrai ?", "feedback": "Oui"}}, source="", expected=["en", "fr"], parts=[])
    assert found == [Hint("no_source"), Hint("missing_language", "en")]


def test_picture_needs_words_in_each_language():
    structure = {"image": {"sha256": "0"}}
    text = {"stem": "What is it?", "feedback": "A stamp.", "choices": {}}
    assert Hint("no_alt", "en") in hints_of(structure, {"en": text}, source="S", expected=[], parts=["image"])


structures = st.recursive(st.none() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3))


@given(st.dictionaries(st.sampled_from(["choices", "right", "image", "pairs"]), structures), words)
def test_structure_of_any_kind_gets_hints_without_an_error(structure, stem):
    text = {"stem": stem, "feedback": "", "choices": {}, "feedbacks": {}}
    assert isinstance(hints_of(structure, {"en": text}, source="", expected=["en"], parts=["x"]), list)
