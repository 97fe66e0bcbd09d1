"""The form of a link: one spelling for one summary, and nothing else is read."""

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.errors import SummaryUnreadableError
from certificates.serials import serial_bytes, serial_for, serial_of_bytes
from certificates.verification import base43
from certificates.verification.summary import FIRST_DAY, body_of, fragment_of, read_bytes, read_fragment
from tests.certificates.verification.material import OURS, Holder, holder, summary_of

SUMMARY = summary_of(OURS, Holder())
ADDRESS_LETTERS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?")


@given(st.binary(max_size=700))
def test_bytes_come_back_from_their_text(content):
    text = base43.encode(content)
    assert base43.decode(text) == content
    # Letters that a fragment takes as they are (RFC 3986, 3.5) and a code packs densely.
    assert set(text) <= ADDRESS_LETTERS
    assert text == text.upper()


@given(st.text(base43.ALPHABET, max_size=30))
def test_a_text_has_one_spelling(text):
    try:
        content = base43.decode(text)
    except ValueError:
        return
    assert base43.encode(content) == text


def test_a_summary_comes_back_from_its_link():
    dice = random.Random(5)
    for _each in range(200):
        summary = summary_of(OURS, holder(dice))
        found = read_fragment(fragment_of(body_of(summary), bytes(range(64))))
        assert (found.summary, found.signature) == (summary, bytes(range(64)))


@pytest.mark.parametrize(
    "change",
    [
        {"issued_on": FIRST_DAY},
        {"issued_on": dt.date(1970, 1, 1)},
        {"valid_until": dt.date(2300, 1, 1)},
        {"version": 2**16},
        {"list_index": 2**32},
        {"language": "FR"},
        {"language": "fra"},
        {"serial": "RLS-ML-2026"},
        {"delegation": bytes(256)},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_when_it_is_written(change):
    with pytest.raises(SummaryUnreadableError):
        body_of(replace(SUMMARY, **change))


@given(st.binary(max_size=400))
def test_any_other_bytes_are_refused(content):
    with pytest.raises(SummaryUnreadableError):
        read_bytes(b"\x02" + content)


@pytest.mark.parametrize("extra", [b"\0", bytes(64), b"R"])
def test_bytes_too_many_are_refused(extra):
    with pytest.raises(SummaryUnreadableError):
        read_bytes(body_of(SUMMARY) + extra + bytes(64))


@given(st.uuids(), st.sampled_from(["ML", "UA", "OI"]), st.integers(min_value=1, max_value=9999))
def test_a_number_comes_back_from_nine_bytes(award, country, year):
    serial = serial_for(award, country, year)
    assert serial_of_bytes(serial_bytes(serial)) == serial
    assert len(serial_bytes(serial)) == 9
