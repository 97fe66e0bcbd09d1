"""One byte form for one value: the JSON that statements and papers are hashed over.

The subset of RFC 8785 (JSON Canonicalization Scheme) without floating-point numbers: sorted
ASCII keys, no white space, UTF-8, whole numbers within the range a browser keeps exactly.
"""

import hashlib
import json
from typing import Any

LARGEST_EXACT_NUMBER = 2**53 - 1


class NotCanonicalError(ValueError):
    """The value has something that two implementations could write in two ways."""


def canonical_json(value: Any) -> str:
    """Return the canonical text of a value of dicts, lists, strings, whole numbers, true, false, null.

    >>> canonical_json({"b": 1, "a": ["é", True, None]})
    '{"a":["é",true,null],"b":1}'
    """
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256_hex(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _check(value: Any) -> None:
    kind = type(value)
    if kind is str:
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            msg = "a text has half a surrogate pair"
            raise NotCanonicalError(msg)
    elif kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                msg = f"key {key!r} is not an ASCII text"
                raise NotCanonicalError(msg)
            _check(item)
    elif kind is list:
        for item in value:
            _check(item)
    elif kind is int:
        if not -LARGEST_EXACT_NUMBER <= value <= LARGEST_EXACT_NUMBER:
            msg = f"{value} is outside the range that every reader keeps exactly"
            raise NotCanonicalError(msg)
    elif value is not None and kind is not bool:
        msg = f"a {kind.__name__} has no canonical form here; use text or a whole number"
        raise NotCanonicalError(msg)
