"""Points as people read them."""

from decimal import Decimal

from django.utils.formats import number_format

_MILLI = 1000


def points_text(points_milli: int) -> str:
    """Return thousandths of a point as points in the active language: 7500 is 7.5, 8000 is 8."""
    whole, part = divmod(points_milli, _MILLI)
    return str(whole) if not part else number_format((Decimal(points_milli) / _MILLI).normalize())
