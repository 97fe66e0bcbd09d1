"""Quantiles of t against printed tables, and against the distribution itself."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.evaluation.student import t_cdf, t_quantile

# Abramowitz and Stegun 1964, table 26.10, and R 4.3 qt(p, df): degrees, chance, quantile.
TABLE = [
    (1, 0.975, 12.7062),
    (2, 0.975, 4.3027),
    (3, 0.975, 3.1824),
    (4, 0.975, 2.7764),
    (5, 0.95, 2.0150),
    (9, 0.995, 3.2498),
    (10, 0.975, 2.2281),
    (20, 0.9, 1.3253),
    (29, 0.975, 2.0452),
    (60, 0.975, 2.0003),
    (120, 0.975, 1.9799),
    (1000, 0.975, 1.9623),
]


@pytest.mark.parametrize(("degrees", "chance", "quantile"), TABLE)
def test_quantiles_are_those_of_the_tables(degrees: int, chance: float, quantile: float) -> None:
    assert t_quantile(chance, degrees) == pytest.approx(quantile, abs=6e-5)


def test_many_degrees_are_the_normal_distribution() -> None:
    assert t_quantile(0.975, 10_000_000) == pytest.approx(1.959964, abs=1e-5)


@given(st.floats(0.001, 0.999), st.integers(1, 400))
def test_quantile_undoes_the_distribution_function(chance: float, degrees: int) -> None:
    assert t_cdf(t_quantile(chance, degrees), degrees) == pytest.approx(chance, abs=1e-9)


def test_one_degree_is_the_cauchy_distribution() -> None:
    for t in (-7.0, -0.3, 0.0, 0.5, 40.0):
        assert t_cdf(t, 1) == pytest.approx(0.5 + math.atan(t) / math.pi, abs=1e-12)


@pytest.mark.parametrize(("chance", "degrees"), [(0, 5), (1, 5), (0.5, 0), (-0.1, 3)])
def test_what_has_no_quantile_is_refused(chance: float, degrees: int) -> None:
    with pytest.raises(ValueError, match=r"chance|degree"):
        t_quantile(chance, degrees)
