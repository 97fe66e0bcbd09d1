"""Charts of gains as SVG without script or style: slopes of people, and a dot with its interval for a group.

The words stand beside the picture, which is hidden from screen readers: a table with the same numbers stands below
each. The picture turns round with the line of writing, so that "before" is where reading begins.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from certificates.evaluation.paired import Gain, Pair

_HEIGHT = 200
_WIDTH = 300
_LEAST, _MOST = -50, 100


def slope_chart(pairs: Sequence[Pair], gain: Gain) -> SafeString:
    """Return a line for each person from before to after, and the thick one of the means."""
    lines = format_html_join("", '<path class="{}" d="M20 {} L280 {}"/>', (_slope(each) for each in pairs))
    dots = format_html_join(
        "", '<circle class="dot" cx="20" cy="{}" r="3"/><circle class="dot" cx="280" cy="{}" r="3"/>', (
            (_y(each.pre), _y(each.post)) for each in pairs
        )
    )  # fmt: skip
    mean: SafeString | str = ""
    if gain.pre_mean is not None and gain.post_mean is not None:
        mean = format_html('<path class="mean" d="M20 {} L280 {}"/>', _y(gain.pre_mean), _y(gain.post_mean))
    return format_html(
        '<svg class="slopes flip" aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg" '
        'viewBox="0 0 {} {}">{}{}{}{}</svg>',
        _WIDTH,
        _HEIGHT + 20,
        _grid(),
        lines,
        dots,
        mean,
    )


def interval_chart(gain: Gain) -> SafeString:
    """Return the mean gain as a dot with its interval, on a scale from -50 to 100 points of percent."""
    if gain.mean is None or gain.low is None or gain.high is None:
        box = format_html('<rect class="nodata" x="{}" y="{}" width="{}" height="{}"/>', "0.5", "3", "149", "14")
        return _interval(box)
    parts = format_html(
        '<path class="zero" d="M{} 0 V20"/><path class="range" d="M{} 10 H{}"/>'
        '<circle class="point" cx="{}" cy="10" r="4"/>',
        _x(0),
        _x(gain.low),
        _x(gain.high),
        _x(gain.mean),
    )
    return _interval(parts)


def _interval(parts: SafeString) -> SafeString:
    return format_html(
        '<svg class="interval flip" aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg" '
        'viewBox="0 0 150 20">{}</svg>',
        parts,
    )


def _grid() -> SafeString:
    return format_html_join("", '<path class="grid" d="M20 {} H280"/>', ((_y(percent),) for percent in (0, 50, 100)))


def _slope(pair: Pair) -> tuple[str, str, str]:
    return ("slope" if pair.gain >= 0 else "slope down", _y(pair.pre), _y(pair.post))


def _y(percent: float) -> str:
    return f"{10 + _HEIGHT - min(max(percent, 0), 100) * _HEIGHT / 100:.1f}"


def _x(points: float) -> str:
    return f"{min(max(points, _LEAST), _MOST) - _LEAST:.1f}"
