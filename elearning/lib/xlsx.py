"""Sheets for a spreadsheet programme: typed cells, a dictionary of the data, and no formula in anybody's name.

openpyxl takes a text that begins with = for a formula, so every text is written as a text and marked as one
(quotePrefix): then it stays one also after somebody has edited the cell. Source: OWASP, CSV Injection;
shared/reliability.md, S18.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from elearning.lib.csvsafe import Cell
from elearning.lib.tables import Column, Kind, Table

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What XML 1.0 has no way to hold, and what a title of a sheet must not contain.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE, _LONGEST_TEXT = 31, 32767
_FORMATS = {Kind.COUNT: "0", Kind.PERCENT: "0", Kind.DATE: "yyyy-mm-dd", Kind.MOMENT: "yyyy-mm-dd hh:mm"}
_WIDTHS = {Kind.TEXT: 32, Kind.CODE: 16, Kind.COUNT: 12, Kind.PERCENT: 12, Kind.DATE: 12, Kind.MOMENT: 18}


def workbook_bytes(tables: Sequence[Table], words: "DictionaryWords") -> bytes:
    """Return a workbook: a sheet for each table, and one that says what every column means."""
    book = Workbook(write_only=True)
    for table in tables:
        _add_sheet(book, table)
    _add_dictionary(book, tables, words)
    moment = max((table.as_of for table in tables), default=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    book.properties.created = book.properties.modified = moment.astimezone(dt.UTC).replace(tzinfo=None)
    book.properties.creator = "Relais"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class DictionaryWords:
    """The headings of the data dictionary, in the reader's language."""

    def __init__(self, title: Any, headings: Sequence[Any], kinds: dict[Kind, Any]) -> None:
        """`headings` name five columns: table, column, heading, kind, meaning."""
        self.title, self.headings, self.kinds = str(title), [str(each) for each in headings], kinds


def _add_sheet(book: Any, table: Table) -> None:
    sheet = book.create_sheet(_sheet_title(table.code, book.sheetnames))
    _set_widths(sheet, [_WIDTHS[column.kind] for column in table.columns])
    sheet.freeze_panes = "A2"
    sheet.append([_text(sheet, column.label, is_bold=True) for column in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, column, value) for column, value in zip(table.columns, row, strict=True)])


def _add_dictionary(book: Any, tables: Sequence[Table], words: DictionaryWords) -> None:
    sheet = book.create_sheet(_sheet_title(words.title, book.sheetnames))
    _set_widths(sheet, [20, 20, 28, 12, 80])
    sheet.append([_text(sheet, heading, is_bold=True) for heading in words.headings])
    for table in tables:
        _append_texts(sheet, (table.code, "", table.title, "", table.note))
        for column in table.columns:
            kind = words.kinds.get(column.kind, column.kind.value)
            _append_texts(sheet, (table.code, column.key, column.label, kind, column.about))


def _append_texts(sheet: Any, values: Iterable[Any]) -> None:
    sheet.append([_text(sheet, value) for value in values])


def _set_widths(sheet: Any, widths: Sequence[int]) -> None:
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _sheet_title(wanted: str, taken: Sequence[str]) -> str:
    title = _NOT_IN_TITLE.sub(" ", wanted)[:_LONGEST_TITLE].strip() or "-"
    number = 2
    while title.casefold() in {each.casefold() for each in taken}:
        title = f"{title[: _LONGEST_TITLE - 4]} {number}"
        number += 1
    return title


def _cell(sheet: Any, column: Column, value: Cell) -> Any:
    if value is None:
        return None
    if isinstance(value, bool | str | UUID):
        return _text(sheet, value)
    if isinstance(value, dt.datetime):
        # A sheet knows no zones: the time is UTC, as the dictionary says.
        value = value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
    cell: Any = WriteOnlyCell(sheet)
    cell.value = value
    shape = _FORMATS.get(column.kind)
    if shape and isinstance(value, int | Decimal | dt.date):
        cell.number_format = shape
    return cell


def _text(sheet: Any, value: Any, *, is_bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value="-")
    cell.value = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))[:_LONGEST_TEXT]
    cell.data_type = "s"
    cell.style = "Normal"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=is_bold, vertical="top")
    if is_bold:
        cell.font = Font(bold=True)
    return cell
