"""Delegations: what the root says of a key, in the bytes that travel inside every QR code."""

import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from hypothesis import given
from hypothesis import strategies as st

from certificates.credentials.delegation import (
    DAY_ZERO,
    Delegation,
    DelegationError,
    DelegationForgedError,
    DelegationUnreadableError,
    Purpose,
    delegation_size,
    key_bytes,
    read_delegation,
    write_delegation,
)
from elearning.lib.signing import spki_of

ROOT_KEY = ec.generate_private_key(ec.SECP256R1())
ROOT_SPKI = spki_of(ROOT_KEY)
P256 = ec.generate_private_key(ec.SECP256R1()).public_key()
ED25519 = ed25519.Ed25519PrivateKey.generate().public_key()
DAYS = st.integers(0, 65535).map(lambda days: DAY_ZERO + dt.timedelta(days=days))
CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)


def sample(**changes: object) -> Delegation:
    given: dict = {
        "purpose": Purpose.CERTIFICATES,
        "key_bytes": key_bytes(P256),
        "first_day": dt.date(2026, 1, 1),
        "last_day": dt.date(2030, 12, 31),
        "countries": ("ML", "NE"),
    }
    return Delegation(**given | changes)


@given(days=st.tuples(DAYS, DAYS).map(sorted), countries=st.lists(CODES, max_size=20), purpose=st.sampled_from(Purpose))
def test_what_is_written_is_what_is_read(days, countries, purpose):
    key = P256 if purpose == Purpose.CERTIFICATES else ED25519
    delegation = Delegation(purpose, key_bytes(key), days[0], days[1], tuple(countries))
    written = write_delegation(ROOT_KEY, delegation)
    assert read_delegation(written, ROOT_SPKI) == delegation
    assert len(written) == 104 + 2 * len(countries)
    assert delegation_size(written + b"what follows in the code") == len(written)


def test_a_delegation_with_any_bit_changed_is_refused():
    written = write_delegation(ROOT_KEY, sample())
    for place in range(8 * len(written)):
        changed = bytearray(written)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(DelegationError):
            read_delegation(bytes(changed), ROOT_SPKI)


def test_a_delegation_by_another_root_is_forged():
    with pytest.raises(DelegationForgedError):
        read_delegation(write_delegation(ec.generate_private_key(ec.SECP256R1()), sample()), ROOT_SPKI)


@pytest.mark.parametrize(
    "delegation",
    [
        sample(purpose=Purpose.CREDENTIALS),
        sample(key_bytes=key_bytes(ED25519)),
        sample(last_day=dt.date(2025, 12, 31)),
        sample(countries=("m1",)),
    ],
    ids=["a P-256 key for credentials", "an Ed25519 key for certificates", "ends before it begins", "no country"],
)
def test_what_even_the_root_could_not_mean_is_unreadable(delegation):
    with pytest.raises(DelegationUnreadableError):
        read_delegation(write_delegation(ROOT_KEY, delegation), ROOT_SPKI)


@pytest.mark.parametrize("content", [b"", b"\x01", b"\x02" + bytes(200), bytes(104)])
def test_what_is_no_delegation_is_unreadable(content):
    with pytest.raises(DelegationUnreadableError):
        read_delegation(content, ROOT_SPKI)


@pytest.mark.parametrize("added", [b"\0", b"\0" * 64])
def test_bytes_after_a_delegation_are_refused(added):
    with pytest.raises(DelegationUnreadableError):
        read_delegation(write_delegation(ROOT_KEY, sample()) + added, ROOT_SPKI)


@pytest.mark.parametrize(
    ("day", "country", "covered"),
    [
        (dt.date(2026, 1, 1), "ML", True),
        (dt.date(2030, 12, 31), "NE", True),
        (dt.date(2025, 12, 31), "ML", False),
        (dt.date(2031, 1, 1), "ML", False),
        (dt.date(2026, 6, 1), "UA", False),
    ],
)
def test_a_key_covers_its_days_and_countries_and_no_others(day, country, covered):
    assert sample().covers(day, country) is covered


def test_a_key_without_countries_covers_them_all():
    assert sample(countries=()).covers(dt.date(2026, 6, 1), "UA")
