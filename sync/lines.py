"""Parcels and their lines: what devices say, as text. Pure, and without trust in a single byte.

A parcel is UTF-8 text: `relais-parcel/1`, then one line each of `<signature> <statement>` or
`sealed …`, in any order and from any devices. The same text travels over HTTP and as a file.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from elearning.lib.signing import SIGNATURE_BYTES, from_base64
from records.errors import MalformedStatementError
from records.statements import Said, read_statement
from sync.errors import (
    LineUnreadableError,
    ParcelCutOffError,
    ParcelRefusedError,
    ParcelTooLargeError,
)
from sync.sealing import WORD as SEALED

HEADER = "relais-parcel/1"
LARGEST_PARCEL_BYTES = 512 * 1024
MOST_LINES = 200
# A sealed line holds a statement of 64 KiB in base64, and its parts.
LONGEST_LINE_BYTES = 128 * 1024
DEEPEST = 24
_SIGNATURE_LENGTH = 88
# An escaped NUL: a column of text can't hold it on every database. An even number of backslashes before
# it would be text that only looks like one.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True, slots=True)
class Line:
    """One statement's text with the signature over it."""

    signature: bytes
    text: str


def read_line(line: str) -> Line:
    """Return the parts of a plain line; raise LineUnreadableError."""
    signature, blank, text = line.partition(" ")
    if not blank or len(signature) != _SIGNATURE_LENGTH or not text.startswith("{"):
        raise LineUnreadableError
    try:
        raw = from_base64(signature)
    except ValueError:
        raise LineUnreadableError from None
    if len(raw) != SIGNATURE_BYTES:
        raise LineUnreadableError
    return Line(raw, text)


def is_sealed(line: str) -> bool:
    """Tell whether a line is a sealed one."""
    return line.startswith(f"{SEALED} ")


def read_said(text: str) -> Said:
    """Return the statement of a text; raise MalformedStatementError unless it is a statement in its one canonical form.

    Raise LineUnreadableError for a text that is not whole: that is damage, not another's doing. Nesting is
    bounded here, because each later reader has less of the stack left than this one.
    """
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        raise LineUnreadableError from None
    _check_depth(body)
    said = read_statement(body)
    if said.text != text:
        msg = "the text is not in its canonical form"
        raise MalformedStatementError(msg)
    if _NUL.search(text):
        msg = "it holds a NUL"
        raise MalformedStatementError(msg)
    # What has just been read need not be read from the text again.
    vars(said)["body"] = body
    return said


def split_parcel(parcel: bytes) -> list[bytes]:
    """Return the lines of a whole parcel; raise ParcelRefusedError, ParcelTooLargeError."""
    if len(parcel) > LARGEST_PARCEL_BYTES:
        raise ParcelTooLargeError
    lines = list(lines_of(parcel.split(b"\n")))
    if len(lines) > MOST_LINES:
        raise ParcelTooLargeError
    return lines


def lines_of(raw: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines after the header, empty ones left out; raise ParcelRefusedError for another header."""
    rest = iter(raw)
    if next(rest, b"").rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf") != HEADER.encode():
        raise ParcelRefusedError
    for line in rest:
        if stripped := line.rstrip(b"\r\n"):
            yield stripped


def unpack(packed: bytes) -> bytes:
    """Return what was packed with gzip; never more than a parcel may hold, whatever it would grow to.

    Raise ParcelCutOffError for a stream that ends too soon, ParcelTooLargeError, ParcelRefusedError.
    """
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(packed, LARGEST_PARCEL_BYTES + 1)
    except zlib.error:
        raise ParcelRefusedError from None
    if len(found) > LARGEST_PARCEL_BYTES:
        raise ParcelTooLargeError
    if not unpacker.eof:
        raise ParcelCutOffError
    if unpacker.unused_data:
        raise ParcelRefusedError
    return found


def decode_line(line: bytes) -> str:
    """Return a line as text; raise LineUnreadableError for other bytes than UTF-8's, and for too many."""
    if len(line) > LONGEST_LINE_BYTES:
        raise LineUnreadableError
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise LineUnreadableError from None


def _check_depth(value: Any) -> None:
    level = [value]
    for _depth in range(DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    msg = "it is nested too deeply"
    raise MalformedStatementError(msg)
