r"""The signed summary of a certificate: the bytes in a link's fragment, and what they say. Pure.

All numbers are big-endian. Version 1:

====== ==================================================================================
bytes  meaning
====== ==================================================================================
1      1, the version of this layout
2 2 5  the number on the certificate: country, year, 40 bits (certificates/serials.py)
2      version of the award: a corrected name makes the next one
2      language, ASCII
2 2    first and last valid day, in days since 2020-01-01; a last day of 0 means no end
2 4    the status list and the place in it
2+n    four texts in UTF-8 behind their length: name, other name, title, issuer
1+n    the delegation by which the root lets the key below sign (certificates/credentials)
64     P-256 signature r||s, s in the lower half, over b"relais-award-v1\0" and all before
====== ==================================================================================

There is one spelling for one summary: what is read is written again and must be the same bytes, so
that no bit of a link can be changed without breaking the signature or the form.
"""

import datetime as dt
from dataclasses import dataclass

from certificates.errors import SummaryUnreadableError
from certificates.serials import serial_bytes, serial_of_bytes
from certificates.verification import base43

LAYOUT = 1
SIGNED_AS = b"relais-award-v1\0"
SIGNATURE_BYTES = 64
FIRST_DAY = dt.date(2020, 1, 1)
# At the front and the end of the text in a link: half of a link is told from a changed one.
OPENING, CLOSING = "R1:", ":R"
_LAST_DAY = FIRST_DAY + dt.timedelta(days=2**16 - 1)
_LETTERS_OF_A_LANGUAGE = 2


@dataclass(frozen=True, slots=True)
class Summary:
    """What a link says of one certificate, before its signature."""

    serial: str
    version: int
    language: str
    issued_on: dt.date
    valid_until: dt.date | None
    list_number: int
    list_index: int
    name: str
    name_other: str
    title: str
    issuer: str
    delegation: bytes


@dataclass(frozen=True, slots=True)
class SignedSummary:
    """A summary as it was read: what it says, the bytes that were signed, and the signature."""

    summary: Summary
    signed: bytes
    signature: bytes


def body_of(summary: Summary) -> bytes:
    """Return the bytes of a summary, without the signature; raise SummaryUnreadableError where they do not fit."""
    try:
        return b"".join(
            (
                LAYOUT.to_bytes(1),
                serial_bytes(summary.serial),
                summary.version.to_bytes(2),
                _language(summary.language),
                _day(summary.issued_on),
                _day(summary.valid_until) if summary.valid_until else b"\0\0",
                summary.list_number.to_bytes(2),
                summary.list_index.to_bytes(4),
                *(_text(text) for text in (summary.name, summary.name_other, summary.title, summary.issuer)),
                len(summary.delegation).to_bytes(1),
                summary.delegation,
            )
        )
    except (OverflowError, ValueError) as error:
        raise SummaryUnreadableError(str(error)) from None


def signed_part(body: bytes) -> bytes:
    """Return the bytes over which the signature of a summary is made."""
    return SIGNED_AS + body


def fragment_of(body: bytes, signature: bytes) -> str:
    """Return the text that stands behind the # of a link."""
    return OPENING + base43.encode(body + signature) + CLOSING


def read_fragment(fragment: str) -> SignedSummary:
    """Return what a link's fragment says; raise SummaryUnreadableError. Nothing is verified here."""
    if not fragment.startswith(OPENING) or not fragment.endswith(CLOSING):
        msg = f"it does not go from {OPENING} to {CLOSING}"
        raise SummaryUnreadableError(msg)
    try:
        return read_bytes(base43.decode(fragment[len(OPENING) : -len(CLOSING)]))
    except ValueError as error:
        raise SummaryUnreadableError(str(error)) from None


def read_bytes(content: bytes) -> SignedSummary:
    """Return what the bytes of a signed summary say; raise SummaryUnreadableError."""
    body, signature = content[:-SIGNATURE_BYTES], content[-SIGNATURE_BYTES:]
    reader = _Reader(body)
    try:
        if reader.number(1) != LAYOUT:
            msg = "the layout is of a later version"
            raise SummaryUnreadableError(msg)
        summary = _summary(reader)
    except (ValueError, OverflowError) as error:
        raise SummaryUnreadableError(str(error)) from None
    if body_of(summary) != body:
        msg = "another spelling than its own"
        raise SummaryUnreadableError(msg)
    return SignedSummary(summary, signed_part(body), signature)


def _summary(reader: "_Reader") -> Summary:
    return Summary(
        serial=serial_of_bytes(reader.take(9)),
        version=reader.number(2),
        language=reader.take(2).decode("ascii"),
        issued_on=_date(reader.number(2)),
        valid_until=_date(last) if (last := reader.number(2)) else None,
        list_number=reader.number(2),
        list_index=reader.number(4),
        name=reader.text(),
        name_other=reader.text(),
        title=reader.text(),
        issuer=reader.text(),
        delegation=reader.take(reader.number(1)),
    )


class _Reader:
    """Take bytes from the front; ValueError where there are too few."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def take(self, length: int) -> bytes:
        found = self.content[self.at : self.at + length]
        if len(found) != length:
            msg = f"{len(found)} bytes where {length} should be"
            raise ValueError(msg)
        self.at += length
        return found

    def number(self, length: int) -> int:
        return int.from_bytes(self.take(length))

    def text(self) -> str:
        return self.take(self.number(2)).decode()


def _text(text: str) -> bytes:
    content = text.encode()
    return len(content).to_bytes(2) + content


def _language(code: str) -> bytes:
    if len(code) != _LETTERS_OF_A_LANGUAGE or not (code.isascii() and code.isalpha() and code.islower()):
        msg = f"language {code!r}; it must be two small letters"
        raise ValueError(msg)
    return code.encode()


def _day(day: dt.date) -> bytes:
    if not FIRST_DAY < day <= _LAST_DAY:
        msg = f"day {day}; it must lie after {FIRST_DAY} and not after {_LAST_DAY}"
        raise ValueError(msg)
    return (day - FIRST_DAY).days.to_bytes(2)


def _date(days: int) -> dt.date:
    return FIRST_DAY + dt.timedelta(days=days)
