"""Workbooks: typed cells, no formula in anybody's name (S18), and a sheet that says what every column means."""

import datetime as dt
import io

import openpyxl
import pytest

from elearning.lib.tables import Column, Kind, Table
from elearning.lib.xlsx import DictionaryWords, workbook_bytes

AS_OF = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
WORDS = DictionaryWords(
    "Data dictionary", ["Table", "Column", "Heading", "Kind", "Meaning"], {Kind.COUNT: "Whole number"}
)
ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1", "'=1", " =1"]


def read(*tables: Table):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(tables, WORDS)))


def table_of(*rows, code="cohorts") -> Table:
    columns = [
        Column("cohort", "Cohort"),
        Column("certified", "Certified", Kind.COUNT, "Hold a certificate."),
        Column("day", "Day", Kind.DATE),
        Column("seen_at", "Seen", Kind.MOMENT),
    ]
    return Table(code, "Cohorts", columns, rows, AS_OF)


@pytest.mark.parametrize("name", ATTACKS)
def test_a_name_that_is_a_formula_stays_a_text_as_it_was_written(name):
    cell = read(table_of((name, 1, None, None)))["cohorts"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.replace("\r", "\n").strip("\n") == name.replace("\r", "\n").strip("\n")
    assert cell.quotePrefix


def test_numbers_days_and_moments_are_typed_and_no_data_is_an_empty_cell():
    sheet = read(table_of(("Kayes", 5, dt.date(2026, 11, 22), AS_OF), ("Gao", None, None, None)))["cohorts"]
    assert [cell.value for cell in sheet[2]] == [
        "Kayes",
        5,
        AS_OF.replace(hour=0, minute=0, tzinfo=None),
        AS_OF.replace(tzinfo=None),
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "d", "d"]
    assert sheet["B3"].value is None


def test_the_dictionary_explains_every_column_of_every_table():
    book = read(table_of(("x", 1, None, None)), table_of(("y", 1, None, None), code="countries"))
    rows = {(row[0], row[1]): row for row in book["Data dictionary"].iter_rows(values_only=True)}
    assert {key for key in rows if key[1]} >= {
        (code, key) for code in ("cohorts", "countries") for key in ("cohort", "certified", "day", "seen_at")
    }
    assert rows["cohorts", "certified"][3:5] == ("Whole number", "Hold a certificate.")


def test_what_no_sheet_can_hold_is_replaced_and_titles_are_made_fit():
    book = read(table_of(("a\x00b\x1f", 1, None, None), code="a/b:" + "x" * 40), table_of(code="a/b:" + "x" * 40))
    assert book.worksheets[0]["A2"].value == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert len({sheet.title for sheet in book.worksheets}) == 3
    assert all(len(sheet.title) <= 31 for sheet in book.worksheets)
