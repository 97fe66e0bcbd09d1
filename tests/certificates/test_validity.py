"""How long a certificate holds."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.validity import Validity, last_valid_day, validity_on

DAY = dt.date


@pytest.mark.parametrize(
    ("issued_on", "months", "last_day"),
    [
        (DAY(2026, 11, 22), 24, DAY(2028, 11, 21)),
        (DAY(2027, 1, 1), 12, DAY(2027, 12, 31)),
        (DAY(2026, 12, 1), 1, DAY(2026, 12, 31)),
        (DAY(2027, 8, 31), 6, DAY(2028, 2, 29)),
        (DAY(2026, 8, 31), 6, DAY(2027, 2, 28)),
        (DAY(2027, 1, 31), 1, DAY(2027, 2, 28)),
        (DAY(2028, 2, 29), 12, DAY(2029, 2, 28)),
        (DAY(2028, 2, 29), 48, DAY(2032, 2, 28)),
        (DAY(2026, 12, 31), 12, DAY(2027, 12, 30)),
    ],
)
def test_the_last_day_is_the_eve_of_the_same_day_or_the_end_of_a_short_month(issued_on, months, last_day):
    assert last_valid_day(issued_on, months) == last_day


def test_nought_months_means_no_end():
    assert last_valid_day(DAY(2026, 11, 22), 0) is None


@given(st.dates(DAY(2020, 1, 1), DAY(2090, 1, 1)), st.integers(1, 120))
def test_a_later_issue_never_ends_earlier_and_another_month_always_adds(issued_on, months):
    last_day = last_valid_day(issued_on, months)
    of_next_day = last_valid_day(issued_on + dt.timedelta(days=1), months)
    longer = last_valid_day(issued_on, months + 1)
    assert last_day
    assert of_next_day
    assert longer
    assert of_next_day >= last_day
    assert 27 <= (longer - last_day).days <= 32
    assert (last_day - issued_on).days >= 27


@pytest.mark.parametrize(
    ("valid_until", "revoked_at", "said"),
    [
        (None, None, Validity.VALID),
        (DAY(2026, 11, 22), None, Validity.VALID),
        (DAY(2026, 11, 21), None, Validity.EXPIRED),
        (DAY(2026, 11, 21), dt.datetime(2026, 1, 1, tzinfo=dt.UTC), Validity.REVOKED),
        (None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), Validity.REVOKED),
    ],
)
def test_the_last_day_counts_and_withdrawn_outweighs_expired(valid_until, revoked_at, said):
    assert validity_on(DAY(2026, 11, 22), valid_until, revoked_at) == said
