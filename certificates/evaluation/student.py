"""Quantiles of Student's t distribution, for confidence intervals of few people. Pure.

The distribution function comes from the regularised incomplete beta function by its continued fraction
(Abramowitz and Stegun 1964, 26.5.8 and 26.7.1; evaluated after Lentz 1976), the quantile by bisection.
"""

import math

_TINY = 1e-300
_CLOSE = 1e-15
_MOST_TERMS = 10_000
_HALVINGS = 200


def t_cdf(t: float, degrees: int) -> float:
    """Return the chance that a t of so many degrees of freedom lies at or under a value.

    >>> round(t_cdf(0.0, 5), 6), round(t_cdf(1.0, 1), 6)
    (0.5, 0.75)
    """
    _check_degrees(degrees)
    tail = _regularised_beta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
    return 1 - tail if t > 0 else tail


def t_quantile(chance: float, degrees: int) -> float:
    """Return the value that t lies under with a chance between 0 and 1.

    >>> round(t_quantile(0.975, 10), 3)
    2.228
    """
    _check_degrees(degrees)
    if not 0 < chance < 1:
        msg = f"a chance lies between 0 and 1, not at {chance!r}"
        raise ValueError(msg)
    if chance < 1 / 2:
        return -t_quantile(1 - chance, degrees)
    low, high = 0.0, 1.0
    while t_cdf(high, degrees) < chance:
        high *= 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_cdf(middle, degrees) < chance else (low, middle)
    return (low + high) / 2


def _check_degrees(degrees: int) -> None:
    if degrees < 1:
        msg = f"t has 1 degree of freedom or more, not {degrees!r}"
        raise ValueError(msg)


def _regularised_beta(x: float, a: float, b: float) -> float:
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    # The fraction converges quickly on this side of the mean; on the other, the twin is taken.
    if x < (a + 1) / (a + b + 2):
        return math.exp(log_front) * _fraction(x, a, b) / a
    return 1 - math.exp(log_front) * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _MOST_TERMS):
        for factor in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away_from_zero(1 + factor * d)
            c = _away_from_zero(1 + factor / c)
            value *= d * c
        if abs(d * c - 1) < _CLOSE:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
