"""Words of the desk's forms."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.dimensions import first_day

register = template.Library()
_YEAR_LONG = 11


@register.filter
def month_name(first: int, last: int) -> str:
    """Return what a period is called: a year, or from one month to another."""
    if last - first == _YEAR_LONG:
        return _("Year %(year)s") % {"year": first // 100}
    if first == last:
        return str(date_format(first_day(first), "F Y"))
    words = {"first": date_format(first_day(first), "F"), "last": date_format(first_day(last), "F Y")}
    return _("%(first)s to %(last)s") % words
