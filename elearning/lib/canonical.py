"""One byte form for one value: the JSON that statements and papers are hashed over.

The subset of RFC 8785 (JSON Canonicalization Scheme) without floating-point numbers: sorted
ASCII keys, no white space, UTF-8, whole numbers within the range a browser keeps exactly.
"""

import hashlib
import json
from typing import Any, NoReturn

LARGEST_EXACT_NUMBER = 2**53 - 1


class NotCanonicalError(ValueError):
    """The value has something that two implementations could write in two ways."""


def canonical_json(value: Any) -> str:
    """Return the canonical text of a value of dicts, lists, strings, whole numbers, true, false, null.

    What json would quietly change (a tuple, a number as a key) is refused: reading the text back
    must give the same value.

    >>> canonical_json({"b": 1, "a": ["é", True, None]})
    '{"a":["é",true,null],"b":1}'
    """
    try:
        text = _encode(value)
        if not text.isascii():
            text.encode()
            _check_keys(value)
        same = _decode(text) == value
    except (TypeError, ValueError, RecursionError) as error:
        raise NotCanonicalError(str(error)) from None
    if not same:
        msg = "it holds something that JSON would change, such as a tuple or a key that is no text"
        raise NotCanonicalError(msg)
    return text


def sha256_hex(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_fraction(digits: str) -> NoReturn:
    msg = f"{digits} is no whole number; use text or a smaller unit"
    raise NotCanonicalError(msg)


def _exact(digits: str) -> int:
    number = int(digits)
    if not -LARGEST_EXACT_NUMBER <= number <= LARGEST_EXACT_NUMBER:
        msg = f"{digits} is outside the range that every reader keeps exactly"
        raise NotCanonicalError(msg)
    return number


def _check_keys(value: Any) -> None:
    """Refuse keys that are not ASCII: two sorting orders would differ on them."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not key.isascii():
                msg = f"key {key!r} is not ASCII"
                raise NotCanonicalError(msg)
            _check_keys(item)
    elif isinstance(value, list):
        for item in value:
            _check_keys(item)


# Made once: json.dumps and json.loads would build them anew for every statement.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_decode = json.JSONDecoder(parse_float=_refuse_fraction, parse_int=_exact, parse_constant=_refuse_fraction).decode
