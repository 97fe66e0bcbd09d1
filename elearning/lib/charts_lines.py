"""Curves that only rise, and columns by month: drawn on the server, with the axis as text beside the picture.

A drawing never carries the only copy of a number: a table with all of them follows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDTH, _HEIGHT = 600, 220


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: its name, how it is drawn (a class of the style sheet), and a value for each place, or none."""

    name: str
    shape: str
    values: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """One column: how the month is called and how many there are."""

    label: str
    value: int
    title: str
    is_now: bool = False


def curve_chart(curves: Sequence[Curve], ends: tuple[str, str], about: str) -> SafeString:
    """Return curves over the same places; `ends` are the words under the first and the last."""
    highest = max((value for curve in curves for value in curve.values if value is not None), default=0) or 1
    lines = format_html_join(
        "",
        '<path class="curve {}" vector-effect="non-scaling-stroke" d="{}"/>',
        ((curve.shape, _path(curve.values, highest)) for curve in curves),
    )
    legend = format_html_join(
        "",
        '<li><svg viewBox="0 0 18 18" aria-hidden="true"><path class="curve {}" d="M0 9h18"/></svg>{}</li>',
        ((curve.shape, curve.name) for curve in curves),
    )
    return format_html(
        '<figure class="curves"><ul class="legend">{}</ul><div class="plot"><span class="axis num">{}</span>'
        '<svg class="flip" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" '
        'preserveAspectRatio="none"><path class="base" vector-effect="non-scaling-stroke" d="M0 {}h{}"/>{}</svg></div>'
        '<div class="ends"><span>{}</span><span>{}</span></div></figure>',
        legend, highest, about, _WIDTH, _HEIGHT, _HEIGHT, _WIDTH, lines, *ends,
    )  # fmt: skip


def month_chart(columns: Sequence[MonthColumn], about: str) -> SafeString:
    """Return columns with their number above and their month under them; nought is an empty place with its 0."""
    highest = max((column.value for column in columns), default=0) or 1
    rows = format_html_join("", "{}", ((_column(column, highest),) for column in columns))
    return format_html('<ol class="months" aria-label="{}">{}</ol>', about, rows)


def _column(column: MonthColumn, highest: int) -> SafeString:
    return format_html(
        '<li{}><span class="v num">{}</span><svg aria-hidden="true" focusable="false" '
        'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 {}" preserveAspectRatio="none">'
        '<rect class="fill" x="1" y="{}" width="8" height="{}"/></svg><span class="m">{}</span>'
        '<span class="vh">{}</span></li>',
        SafeString(' class="here"') if column.is_now else "",
        column.value, highest, highest - column.value, column.value, column.label, column.title,
    )  # fmt: skip


def _path(values: Sequence[int | None], highest: int) -> str:
    """Return the path of one curve; it begins where there is a first value and ends with the last."""
    step = _WIDTH / max(len(values) - 1, 1)
    points = [
        f"{place * step:.1f} {_HEIGHT - value * (_HEIGHT - 6) / highest:.1f}"
        for place, value in enumerate(values)
        if value is not None
    ]
    return "M" + "L".join(points) if points else "M0 0"
