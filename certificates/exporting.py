"""A table as a file: the same rows as the page, with the moment they stand for."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from elearning.lib.csvsafe import csv_text
from elearning.lib.tables import Column, Kind, Table
from elearning.lib.xlsx import CONTENT_TYPE, DictionaryWords, workbook_bytes

FORMS = ("csv", "xlsx")


def csv_response(table: Table, *, bom: bool) -> HttpResponse:
    """Return a table as CSV, each line with the moment it was read; with a BOM for Excel where asked for."""
    as_of = table.as_of.replace(microsecond=0)
    text = csv_text([*table.keys, "as_of"], [(*row, as_of) for row in table.rows], bom=bom)
    response = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    return _named(response, table, "csv")


def xlsx_response(tables: Sequence[Table], name: str) -> HttpResponse:
    """Return tables as one workbook: typed cells, a sheet each, and what every column means."""
    dated = [_with_moment(table) for table in tables]
    response = HttpResponse(workbook_bytes(dated, _dictionary()), content_type=CONTENT_TYPE)
    first = dated[0]
    return _named(response, Table(name, first.title, first.columns, (), first.as_of), "xlsx")


def _with_moment(table: Table) -> Table:
    column = Column("as_of", _("As of"), Kind.MOMENT, _("When the numbers were read, UTC. Late data can change them."))
    rows = [(*row, table.as_of) for row in table.rows]
    return Table(table.code, table.title, [*table.columns, column], rows, table.as_of, table.note)


def _named(response: HttpResponse, table: Table, form: str) -> HttpResponse:
    name = f"relais-{table.code}-{table.as_of:%Y-%m-%d}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _dictionary() -> DictionaryWords:
    return DictionaryWords(
        _("Data dictionary"),
        [_("Table"), _("Column"), _("Heading"), _("Kind"), _("Meaning")],
        {
            Kind.TEXT: _("Text"),
            Kind.CODE: _("Code"),
            Kind.COUNT: _("Whole number"),
            Kind.PERCENT: _("Percentage"),
            Kind.DATE: _("Date"),
            Kind.MOMENT: _("Date and time, UTC"),
        },
    )
