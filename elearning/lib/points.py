"""How points are written: thousandths of a point as people read them."""

from decimal import ROUND_DOWN, Decimal

from django.utils.formats import number_format

_MILLI = 1000


def points_text(points_milli: int) -> str:
    """Return points with two decimals at most, in the language of the page; never rounded up to a pass.

    >>> points_text(7500), points_text(6999), points_text(8000)
    ('7.5', '6.99', '8')
    """
    points = (Decimal(points_milli) / _MILLI).quantize(Decimal("0.01"), ROUND_DOWN)
    return str(number_format(points.normalize() if points % 1 else int(points)))
