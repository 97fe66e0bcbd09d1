"""Bar charts as HTML rows with stretched SVG bars: no script, no style attribute.

Label and number are text, so that they wrap, grow and turn with the language; only the bar is a
picture, hidden from screen readers because the text beside it says the same. A table with the same
numbers stands beside every chart (elearning.lib.tables); `chart_table` makes a small one where a page has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_HEIGHT = 12
_FRAME = (
    '<svg class="flip" aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg" '
    'viewBox="0 0 {} {}" preserveAspectRatio="none">{}</svg>'
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: a share `part` of `whole`. Without a whole there is no data, which is not zero.

    `soft` is drawn behind, paler: what there was before. `mark` is a line across: the target.
    """

    label: str
    part: int
    whole: int
    value: str  # such as "58%", or the words for no data
    base: str = ""  # such as "7 of 12"
    is_weak: bool = False
    soft: int = 0
    mark: int | None = None
    url: str = ""
    has_track: bool = True

    @property
    def has_data(self) -> bool:
        """Tell whether there is anything to draw."""
        return self.whole > 0


def bar_chart(bars: Sequence[Bar], *, is_flat: bool = False) -> SafeString:
    """Return the list of bars; the page gives it a heading. A flat one has label, bar and number in one row."""
    rows = format_html_join("", "<li>{}{}{}</li>", ((_label(bar), _value(bar), _drawing(bar)) for bar in bars))
    return format_html('<ul class="{}">{}</ul>', "bars flat" if is_flat else "bars", rows)


def funnel_chart(bars: Sequence[Bar]) -> SafeString:
    """Return an ordered list of bars of one scale: each stage over the pale bar of the one before."""
    rows = format_html_join("", "<li>{}{}{}</li>", ((_label(bar), _value(bar), _drawing(bar)) for bar in bars))
    return format_html('<ol class="bars">{}</ol>', rows)


def chart_table(bars: Sequence[Bar], headings: tuple[str, str, str]) -> SafeString:
    """Return the same numbers as a table: label, value, base."""
    head = format_html_join("", '<th scope="col">{}</th>', ((heading,) for heading in headings))
    row = '<tr><th scope="row">{}</th><td data-label="{}" class="n">{}</td><td data-label="{}" class="n">{}</td></tr>'
    body = format_html_join("", row, ((bar.label, headings[1], bar.value, headings[2], bar.base) for bar in bars))
    return format_html('<table class="fold"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', head, body)


def _label(bar: Bar) -> SafeString:
    if bar.url:
        return format_html('<span dir="auto"><a href="{}">{}</a></span>', bar.url, bar.label)
    return format_html('<span dir="auto">{}</span>', bar.label)


def _value(bar: Bar) -> SafeString:
    if not bar.has_data:
        return format_html('<span class="v of">{}</span>', bar.value)
    return format_html('<span class="v">{} <span class="of">{}</span></span>', bar.value, bar.base)


def _drawing(bar: Bar) -> SafeString:
    """Return the bar, as wide as its row is: the view box is stretched, sizes are attributes."""
    if not bar.has_data:
        dashed = format_html(
            '<rect class="nodata" vector-effect="non-scaling-stroke" x="{}" y="{}" width="{}" height="{}"/>',
            "0.4",
            "0.8",
            "99.2",
            "10.4",
        )
        return format_html(_FRAME, 100, _HEIGHT, dashed)
    return format_html(_FRAME, bar.whole, _HEIGHT, format_html_join("", "{}", ((each,) for each in _parts(bar))))


def _parts(bar: Bar) -> list[SafeString]:
    parts = [_rect("track", bar.whole)] if bar.has_track else []
    if bar.soft:
        parts.append(_rect("soft", _inside(bar.soft, bar.whole)))
    parts.append(_rect("fill weak" if bar.is_weak else "fill", _inside(bar.part, bar.whole)))
    if bar.mark is not None:
        line = '<path class="mark-l" vector-effect="non-scaling-stroke" d="M{} 0v{}"/>'
        parts.append(format_html(line, _inside(bar.mark, bar.whole), _HEIGHT))
    return parts


def _rect(classes: str, width: int) -> SafeString:
    return format_html('<rect class="{}" width="{}" height="{}"/>', classes, width, _HEIGHT)


def _inside(part: int, whole: int) -> int:
    return min(max(part, 0), whole)
