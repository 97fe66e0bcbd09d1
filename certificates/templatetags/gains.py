"""Gains in words: a number with its sign, or that there are too few people."""

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from certificates.evaluation.paired import FEWEST, Gain

register = template.Library()
_MINUS = "\N{MINUS SIGN}"


@register.simple_tag
def gain_mean(gain: Gain) -> SafeString | str:
    """Return the mean gain in points of percent."""
    return signed(gain.mean) if gain.mean is not None else too_few(gain)


@register.simple_tag
def gain_interval(gain: Gain) -> SafeString | str:
    """Return the interval of the mean gain."""
    if gain.low is None or gain.high is None:
        return too_few(gain)
    words = _("%(low)s to %(high)s") % {"low": "{low}", "high": "{high}"}
    # One element: a cell that folds on a phone puts each of its parts on a line of its own.
    return format_html("<span>{}</span>", format_html(words, low=signed(gain.low), high=signed(gain.high)))


@register.simple_tag
def gain_normalised(gain: Gain) -> str:
    """Return what was gained of what could be gained."""
    return str(number_format(gain.normalised, 2)).replace("-", _MINUS) if gain.normalised is not None else too_few(gain)


@register.filter
def percent(value: float | None) -> str:
    """Return a share of points in percent, without decimals."""
    return _("%(percent)s%%") % {"percent": number_format(value, 0)} if value is not None else "–"


@register.filter
def signed(value: float) -> SafeString:
    """Return points of percent with their sign, which stays before the number in every direction of writing."""
    rounded = round(value, 1)
    sign = "+" if rounded > 0 else _MINUS if rounded < 0 else ""
    return format_html('<bdi dir="ltr">{}{}</bdi>', sign, number_format(abs(rounded), 1))


def too_few(gain: Gain) -> str:
    """Say why there is no figure."""
    return _("Too few people") if 0 < gain.matched < FEWEST else _("No data")
