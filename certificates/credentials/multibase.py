"""Multibase and Multikey texts: base58 (z), base64url without padding (u), Ed25519 keys. Pure.

(W3C, Controlled Identifiers v1.0, sections 2.2.2 Multikey and 2.4 Multibase.)
"""

import base64
import binascii

from cryptography.hazmat.primitives.asymmetric import ed25519

_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_ED25519 = bytes((0xED, 0x01))
_KEY_BYTES = 32
_LONGEST = 200


def to_base58(content: bytes) -> str:
    """Return bytes as a multibase text in base58btc.

    >>> to_base58(bytes(1) + b"Hello")
    'z19Ajdvzr'
    """
    number, text = int.from_bytes(content), ""
    while number:
        number, digit = divmod(number, _BASE)
        text = _DIGITS[digit] + text
    return "z" + _DIGITS[0] * (len(content) - len(content.lstrip(b"\0"))) + text


def from_base58(text: str) -> bytes:
    """Return the bytes of a multibase text in base58btc; raise ValueError."""
    number, digits = 0, text[1:]
    # Reading takes the square of the length: nothing that is read here is as long.
    if text[:1] != "z" or len(text) > _LONGEST:
        msg = "no multibase text in base58btc"
        raise ValueError(msg)
    for letter in digits:
        number = number * _BASE + _DIGITS.index(letter)
    zeros = len(digits) - len(digits.lstrip(_DIGITS[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def to_base64url(content: bytes) -> str:
    """Return bytes in base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Return the bytes of a base64url text in its one plain spelling, without padding; raise ValueError."""
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if to_base64url(found) != text:
        msg = "not the plain spelling"
        raise ValueError(msg)
    return found


def multikey_of(key: ed25519.Ed25519PublicKey) -> str:
    """Return an Ed25519 key as publicKeyMultibase."""
    return to_base58(_ED25519 + key.public_bytes_raw())


def read_multikey(text: str) -> ed25519.Ed25519PublicKey:
    """Return the Ed25519 key of a publicKeyMultibase; raise ValueError for any other."""
    content = from_base58(text)
    if content[:2] != _ED25519 or len(content) != len(_ED25519) + _KEY_BYTES:
        msg = "no Ed25519 key"
        raise ValueError(msg)
    return ed25519.Ed25519PublicKey.from_public_bytes(content[2:])


def did_of(key: ed25519.Ed25519PublicKey) -> str:
    """Return the did:key of an Ed25519 key."""
    return f"did:key:{multikey_of(key)}"


def method_of(did: str) -> str:
    """Return the id of the one verification method of a did:key."""
    return f"{did}#{did.removeprefix('did:key:')}"
