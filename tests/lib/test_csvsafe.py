"""CSV cells: no formula runs, numbers stay numbers, and the text comes back."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.lib.csvsafe import BOM, csv_text, plain_cell, safe_cell

# reliability.md S18, with what OWASP added since.
ATTACKS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20A1",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(attack):
    assert safe_cell(attack) == f"'{attack}"
    assert plain_cell(f"'{attack}") == attack


@pytest.mark.parametrize("name", ["Aïssata Traoré", "О'Коннор", "'Abd al-Rahman", "عائشة", "7 of 12", "", "A-B=C"])
def test_ordinary_text_is_left_alone(name):
    assert safe_cell(name) == name


def test_numbers_stay_numbers_and_dates_are_iso():
    assert [safe_cell(value) for value in (-5, 0, Decimal("-1.5"))] == [-5, 0, Decimal("-1.5")]
    assert safe_cell(dt.date(2026, 11, 22)) == "2026-11-22"
    assert safe_cell(None) == ""
    assert csv_text(["n"], [[-5]]) == '"n"\r\n-5\r\n'


@given(st.text())
def test_every_text_comes_back(text):
    assert plain_cell(str(safe_cell(text))) == text


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), min_size=1))
def test_a_row_reads_back_whole_and_no_cell_begins_like_a_formula(texts):
    cells = list(csv.reader(io.StringIO(csv_text(["x"], [texts]), newline="")))[1]
    assert [plain_cell(cell) for cell in cells] == texts
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_semicolon_begins_no_cell():
    """A spreadsheet that splits at semicolons finds the text in quotes."""
    assert '"Bamako;=1+1"' in csv_text(["place"], [["Bamako;=1+1"]])


def test_the_bom_is_there_only_when_asked_for():
    assert csv_text(["a"], [], bom=True).startswith(BOM)
    assert csv_text(["a"], [], bom=True).encode().startswith(b"\xef\xbb\xbf")
    assert not csv_text(["a"], []).startswith(BOM)
