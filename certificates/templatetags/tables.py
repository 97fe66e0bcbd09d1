"""A table on a page, from the same object that its files are made of."""

import datetime as dt
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certificates.figures import Figures, Line
from elearning.lib.tables import NUMBERS, Column, Kind, Table

register = template.Library()


@register.simple_tag
def data_table(table: Table) -> SafeString:
    """Write a table; the first column that is no code names the row, and a cell without data says so."""
    head = _first(table)
    shown = [(place, column) for place, column in enumerate(table.columns) if place == head or column.kind != Kind.CODE]
    headings = format_html_join(
        "", '<th scope="col"{}>{}</th>', ((_side(column), column.label) for _p, column in shown)
    )
    rows = format_html_join("", "<tr>{}</tr>", ((_row(row, shown, head),) for row in table.rows))
    return format_html(
        '<table class="fold"><caption class="vh">{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        table.title, headings, rows,
    )  # fmt: skip


@register.simple_tag
def figure_cells(figures: Figures) -> SafeString:
    """Write enrolled, passed and certified as cells of a row, each share with its base; a page has hundreds."""
    labels = (_("Enrolled"), pgettext("people", "Passed"), _("Certified"))
    if not figures.has_data:
        texts = (_("No data"),) * len(labels)
    else:
        passed = _share(figures.completed, figures.enrolled, figures.completed_percent)
        certified = _share(figures.certified, figures.enrolled, figures.certified_percent)
        texts = (str(figures.enrolled), passed, certified)
    return format_html_join("", '<td data-label="{}" class="n">{}</td>', zip(labels, texts, strict=True))


@register.simple_tag
def heard(line: Line) -> str:
    """Return how many of a country's devices have reported; words where none is known."""
    if not line.sources:
        return _("None known")
    return _("%(part)s of %(whole)s") % {"part": line.reported, "whole": line.sources}


def _share(part: int, whole: int, percent: int) -> str:
    return _("%(part)s of %(whole)s (%(percent)s%%)") % {"part": part, "whole": whole, "percent": percent}


def _first(table: Table) -> int:
    return next((place for place, column in enumerate(table.columns) if column.kind != Kind.CODE), 0)


def _row(row: Any, shown: list[tuple[int, Column]], head: int) -> SafeString:
    return format_html_join("", "{}", ((_cell(row[place], column, is_head=place == head),) for place, column in shown))


def _cell(value: Any, column: Column, *, is_head: bool) -> SafeString:
    text = _text(value, column)
    if is_head:
        return format_html('<th scope="row"><bdi dir="auto">{}</bdi></th>', text)
    return format_html('<td data-label="{}"{}>{}</td>', column.label, _side(column), text)


def _side(column: Column) -> SafeString:
    return SafeString(' class="n"') if column.kind in NUMBERS else SafeString("")


def _text(value: Any, column: Column) -> str:
    if value is None:
        return _("No data")
    if isinstance(value, dt.datetime):
        return date_format(value, "SHORT_DATETIME_FORMAT")
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    if column.kind == Kind.PERCENT:
        return _("%(percent)s%%") % {"percent": value}
    return str(value)
