"""Looking for words that must not be there: as they stand, backwards, packed, and in base64."""

import base64
import binascii
import gzip
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from assessments.questions.registry import KINDS
from tests.factories.assessments import read_sample

_CODED = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
_GZIP, _ZLIB = b"\x1f\x8b", b"\x78"
_HASH = re.compile(r"[0-9a-f]{32,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHORTEST_SECRET = 12


def names_in(value: Any) -> set[str]:
    """Return every key of a value of JSON, however deep."""
    if isinstance(value, dict):
        return set(value).union(*map(names_in, value.values()))
    return set().union(*map(names_in, value)) if isinstance(value, list) else set()


def texts_in(value: Any) -> set[str]:
    """Return every text of a value of JSON that nobody writes by chance: no id, no hash, not too short."""
    if isinstance(value, dict | list):
        return set().union(*map(texts_in, value.values() if isinstance(value, dict) else value))
    is_telling = isinstance(value, str) and len(value) >= _SHORTEST_SECRET and not _HASH.fullmatch(value)
    return {value} if is_telling else set()


# Names that papers have, and structures too, for something else.
_OPEN_NAMES = frozenset({"choices", "id", "items", "kind", "sha256", "ar", "en", "fr"})
_IN_STRUCTURES = frozenset(name for kind in KINDS for name in names_in(read_sample(kind)["structure"]))
# Names under which a key would travel, whatever its value.
KEY_NAMES = (_IN_STRUCTURES - _OPEN_NAMES) | {
    "structure",
    "feedback",
    "feedbacks",
    "key_words",
    "key",
    "right",
    "is_right",
    "is_true",
    "is_correct",
}


def find_words(data: bytes, words: set[str]) -> set[str]:
    """Return those of some words that can be read out of the data in one of the ways above."""
    found: set[str] = set()
    wanted = _pattern(frozenset(words))
    for form in _forms(data):
        text = form.decode("utf-8", "replace")
        found.update(wanted.findall(text), wanted.findall(text[::-1]))
    return found


@lru_cache
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    """Return what finds any of the words, the longer one where two begin alike."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _forms(data: bytes) -> Iterator[bytes]:
    yield data
    if data[:2] == _GZIP:
        yield from _forms(gzip.decompress(data))
    for run in _CODED.findall(data):
        for shift in range(4):
            part = run[shift:].rstrip(b"=")
            yield from _unpacked(_decoded(part[: len(part) // 4 * 4]))


def _decoded(part: bytes) -> bytes:
    try:
        return base64.b64decode(part.translate(bytes.maketrans(b"-_", b"+/")), validate=True)
    except binascii.Error:
        return b""


def _unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if data[:2] == _GZIP or data[:1] == _ZLIB:
        try:
            yield zlib.decompress(data, zlib.MAX_WBITS | 32)  # either head
        except zlib.error:
            return
