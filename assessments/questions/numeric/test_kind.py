"""The numeric question, without a database: how numbers are read, what they earn, how they stand in a pack."""

from fractions import Fraction
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError, ResponseTooLongError
from assessments.questions.numeric.authoring import NumberField, for_author, one_number
from assessments.questions.numeric.gap import read_gap, write_gap
from assessments.questions.numeric.marking import mark
from assessments.questions.numeric.player import KIND
from assessments.questions.numeric.reading import plain_text, readings_of
from courses.packs.errors import PackErrors
from tests.assessments.packing import through_a_pack

ARABIC, PERSIAN = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"
U1, U2, U3 = (f"00000000-0000-4000-8000-{number:012}" for number in (1, 2, 3))
UNITS: list[dict[str, Any]] = [{"id": U1, "factor": "1"}, {"id": U2, "factor": "24"}, {"id": U3}]
BANDS = [{"tolerance": "2", "milli": 600}, {"tolerance": "5.5", "milli": 250}]

decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False)
small = st.decimals(min_value=-40, max_value=40, places=2, allow_nan=False)


def said(number: str, unit: str | None = None) -> dict[str, Any]:
    return {"number": number, "unit": unit}


def grouped(number: str, thousands: str, point: str) -> str:
    """Return a number written with a sign between thousands."""
    sign, plain = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _point, rest = plain.partition(".")
    return sign + f"{int(whole):,}".replace(",", thousands) + (point + rest if rest else "")


@given(decimals, st.sampled_from([" ", "\u00a0", "\u202f", "'", "’", "٬"]), st.sampled_from([",", ".", "٫", "،"]))
def test_a_number_is_read_as_its_language_writes_it(number, thousands, point):
    typed = grouped(plain_text(number), thousands, point)
    if thousands in typed:
        assert readings_of(typed) == (Fraction(number),)
    assert Fraction(number) in readings_of(typed)


@given(decimals, st.sampled_from([ARABIC, PERSIAN]), st.sampled_from("-−–‑"))
def test_digits_and_minus_signs_of_other_scripts_are_the_same_number(number, digits, minus):
    typed = plain_text(number).translate(str.maketrans("0123456789-", digits + minus))
    assert readings_of(f" \u200f{typed}\u00a0") == readings_of(plain_text(number))


@given(decimals)
def test_a_point_and_a_comma_together_are_read_in_one_way(number):
    text = plain_text(number)
    if "." in text and abs(number) >= 1000:
        assert readings_of(grouped(text, ",", ".")) == readings_of(grouped(text, ".", ",")) == (Fraction(number),)


@pytest.mark.parametrize("text", ["1,234", "1.234", "12.500", "999,999"])
def test_what_can_be_read_in_two_ways_is_read_in_both(text):
    first, second = readings_of(text)
    assert second == first * 1000
    for right in (first, second):
        assert mark({"value": plain_text(right)}, said(text)) == 1000


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        ".",
        "five",
        "5 km",
        "5%",
        "1e5",
        "½",
        "1,2,3",
        "12 34",
        "1 2",
        "1 234'567",
        "5-",
        "--5",
        "0,123,456",
        "1/2",
        "5d3",
        "²",
        "೫",
        "1" * 41,
    ],
)
def test_what_is_no_number_is_not_read_and_its_writer_is_told(text):
    assert readings_of(text) == ()
    assert mark({"value": "5", "partial": [{"tolerance": "9999", "milli": 500}]}, said(text)) == 0
    assert KIND.is_clear(said(text)) == (text == "")


@given(st.text(max_size=60))
def test_any_text_is_read_or_not_and_no_more(text):
    assert len(readings_of(text)) <= 2


@given(small, small)
def test_a_number_further_away_never_earns_more(one, other):
    structure = {"value": "3.5", "tolerance": "1", "partial": BANDS}
    near, far = sorted((one, other), key=lambda each: abs(Fraction(each) - Fraction("3.5")))
    marks = [mark(structure, said(plain_text(each).replace(".", "٫"))) for each in (near, far)]
    assert 0 <= marks[1] <= marks[0] <= 1000


@given(small)
def test_a_range_is_right_to_both_its_ends(number):
    earned = mark({"low": "-3", "high": "8.25"}, said(plain_text(number).replace(".", "٫")))
    assert earned == (1000 if -3 <= number <= Fraction("8.25") else 0)


@given(small, st.permutations(UNITS), st.permutations(BANDS), st.sampled_from([U1, U2, U3, None, "other"]))
def test_the_order_of_units_and_of_near_answers_changes_no_mark(number, units, bands, unit):
    structure = {"value": "24", "partial": BANDS, "units": UNITS, "unit_costs": 300}
    response = said(plain_text(number).replace(".", "٫"), unit)
    assert mark(structure, response) == mark({**structure, "units": units, "partial": bands}, response)


@given(small, st.integers(0, 1000), st.integers(0, 1000))
def test_a_dearer_unit_never_earns_more(number, cheap, dear):
    cheap, dear = sorted((cheap, dear))
    for unit in (U1, U2, U3, None):
        response = said(plain_text(number).replace(".", "٫"), unit)
        marks = [mark({"value": "24", "units": UNITS, "unit_costs": each}, response) for each in (cheap, dear)]
        assert marks[1] <= marks[0]


def test_a_number_longer_than_a_float_is_told_apart():
    assert mark({"value": "0.3"}, said("0.3")) == 1000
    assert mark({"value": "0.3"}, said("0.30000000000000000000000000000000001")) == 0
    assert mark({"value": "123456789012345", "tolerance": "0"}, said("123456789012345.0000000001")) == 0


@pytest.mark.parametrize(
    "structure",
    [
        {"value": "18"},
        {"value": "-0.5", "tolerance": "3"},
        {"low": "0", "high": "0"},
        {"low": "-3", "high": "8.25", "partial": BANDS},
        {"value": "24", "units": UNITS},
        {"value": "1", "units": UNITS, "unit_costs": 0},
        {"value": "1.234"},
    ],
)
def test_the_key_earns_all_and_a_wrong_response_less(structure):
    assert KIND.problems_of(structure) == []
    assert mark(structure, KIND.key_of(structure)) == 1000
    assert mark(structure, KIND.wrong_of(structure)) < 1000


@pytest.mark.parametrize(
    "structure",
    [
        {},
        {"value": ""},
        {"value": "abc"},
        {"value": "1e5"},
        {"value": "18", "low": "1", "high": "2"},
        {"low": "3"},
        {"low": "3", "high": "2"},
        {"value": "18", "tolerance": "-1"},
        {"value": "18", "tolerance": "x"},
        {"value": "18", "tolerance": "3", "partial": [{"tolerance": "3", "milli": 500}]},
        {"value": "18", "partial": [{"tolerance": "3", "milli": 1000}]},
        {"value": "18", "partial": [{"tolerance": "3", "milli": 300}, {"tolerance": "4", "milli": 400}]},
        {"value": "18", "units": [{"id": U1, "factor": "2"}]},
        {"value": "18", "units": [{"id": U1, "factor": "1"}, {"id": U2, "factor": "0"}]},
        {"value": "18", "units": [{"id": U1, "factor": "1"}, {"id": U1, "factor": "2"}]},
        {"value": "18", "units": UNITS, "unit_costs": 1001},
    ],
)
def test_a_key_that_means_nothing_is_told(structure):
    assert KIND.problems_of(structure)


def test_the_key_is_told_as_the_language_writes_numbers():
    text = {"stem": "", "choices": {U1: "heures", U2: "jours"}}
    with translation.override("fr"):
        assert KIND.describe_key({"value": "48.5", "units": UNITS}, text) == ["48,5 heures"]
        assert len(KIND.describe_key({"value": "48", "tolerance": "0.5"}, text)) == 2
    with translation.override("en"):
        assert KIND.describe_key({"low": "1.5", "high": "2", "units": UNITS}, text) == ["from 1.5 to 2 heures"]
        assert KIND.describe_response({"value": "48", "units": UNITS}, text, said("2", U2)) == ["2 jours"]
        assert KIND.describe_response({"value": "48", "units": UNITS}, text, said("2", "foreign")) == ["2"]


def test_what_does_not_fit_is_refused():
    structure = {"value": "48", "units": UNITS}
    for fields in (
        {"": ["1"], "other": ["x"]},
        {"": ["1", "2"]},
        {"": ["1"], "unit": ["foreign"]},
        {"": ["1"], "unit": [U1, U2]},
    ):
        with pytest.raises(ResponseRefusedError):
            KIND.read_response(fields, structure)
    with pytest.raises(ResponseTooLongError):
        KIND.read_response({"": ["1" * 41]}, structure)
    assert KIND.read_response({"unit": [U1]}, structure) is None
    assert KIND.read_response({"": ["\x00 12\t"]}, structure) == said("12")


def test_the_feedback_of_the_chosen_unit_is_told():
    text = {"stem": "", "choices": {}, "feedbacks": {U2: "Days, not hours"}}
    structure = {"value": "48", "units": UNITS}
    assert KIND.feedbacks_of(structure, text, said("2", U2)) == ["Days, not hours"]
    assert KIND.feedbacks_of(structure, text, said("2", U1)) == []


def test_a_pack_keeps_every_rule_and_tells_of_a_bad_key():
    body = {"value": "48.5", "tolerance": "1", "partial": BANDS, "units": UNITS, "unit_costs": 250}
    words = {U1: "hours", U2: "days", U3: "ساعات"}
    assert through_a_pack("numeric", body, words) == (body, words)
    assert through_a_pack("numeric", {"low": "1", "high": "2"}, {}) == ({"low": "1", "high": "2"}, {})
    with pytest.raises(PackErrors):
        through_a_pack("numeric", {"value": "about 5"}, {})


@given(decimals)
def test_an_author_reads_a_number_as_it_was_meant(number):
    assert one_number(for_author(plain_text(number))) == plain_text(number)


def test_an_author_is_asked_which_number_is_meant():
    field = NumberField()
    assert [field.clean(each) for each in ("", "12,50", "1 250", "١٨", "1.2340")] == ["", "12.5", "1250", "18", "1.234"]
    for typed in ("1,234", "eighteen"):
        with pytest.raises(Exception, match=r"1234|cannot be read"):
            field.clean(typed)


@pytest.mark.parametrize(
    ("lines", "structure"),
    [
        (["18"], {"value": "18"}),
        (["18 ± 1,5", "50% ± 3"], {"value": "18", "tolerance": "1.5", "partial": [{"tolerance": "3", "milli": 500}]}),
        (["17 .. 19.5"], {"low": "17", "high": "19.5"}),
        (["-5 +/- 0.5"], {"value": "-5", "tolerance": "0.5"}),
    ],
)
def test_the_lines_of_a_gap_say_its_key_and_come_back(lines, structure):
    read, _words = read_gap({"en": lines, "fr": []}, {}, {})
    assert read == structure
    again, _words = read_gap({"en": write_gap(read, {})[""].splitlines()}, {}, {})
    assert again == structure


def test_a_gap_that_says_two_numbers_says_none():
    two, _words = read_gap({"en": ["18"], "fr": ["19"]}, {}, {})
    assert KIND.problems_of(two)


def test_the_units_of_a_gap_stand_in_every_language_and_keep_their_ids():
    words = {"en": {U1: "hours", U2: "days", U3: "km"}, "fr": {U1: "heures", U2: "jours", U3: "km"}}
    before = {"value": "48", "units": UNITS, "unit_costs": 300}
    lines = write_gap(before, words)
    assert lines == {"": "48", "en": "1 × hours\n24 × days\n0 × km", "fr": "1 × heures\n24 × jours\n0 × km"}
    split = {code: lines[code].splitlines() for code in ("en", "fr")}
    assert read_gap({**split, "en": ["48", *split["en"]]}, before, words) == (before, words)
    # A copy has no ids yet, and loses no unit.
    copy, copied = read_gap({**split, "en": ["48", *split["en"]]}, {}, {})
    assert [each.get("factor") for each in copy["units"]] == ["1", "24", None]
    assert sorted(copied["fr"].values()) == ["heures", "jours", "km"]
    assert read_gap({"en": ["48"], "fr": []}, before, words) == ({"value": "48"}, {})
