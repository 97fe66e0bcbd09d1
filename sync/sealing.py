"""Sealed lines: what only the site can open, so that unsent work outlives a forgotten PIN. Pure.

`sealed <epk> <iv> <ciphertext>` in base64: an ephemeral P-256 key agrees with the site's sealing key
(ECDH), HKDF-SHA256 makes the AES-256-GCM key of it. Who sealed a line is not said by the seal: the
line inside carries its own signature.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from elearning.lib.signing import from_base64, to_base64
from sync.errors import SealUnreadableError

WORD = "sealed"
_INFO = b"relais-sealed-1"
_IV_BYTES = 12
_POINT_BYTES = 65
_PARTS = 4


def open_sealed(key: ec.EllipticCurvePrivateKey, line: str) -> str:
    """Return the text inside; raise SealUnreadableError when it was sealed to another key, or changed."""
    parts = line.split(" ")
    if len(parts) != _PARTS or parts[0] != WORD:
        raise SealUnreadableError
    try:
        point, iv, sealed = (from_base64(part) for part in parts[1:])
        if len(point) != _POINT_BYTES or len(iv) != _IV_BYTES:
            raise SealUnreadableError
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        return AESGCM(_agreed(key, other)).decrypt(iv, sealed, None).decode()
    except (ValueError, InvalidTag):
        raise SealUnreadableError from None


def seal(to: ec.EllipticCurvePublicKey, text: str) -> str:
    """Return the sealed line of a text, as a browser makes it."""
    ephemeral, iv = ec.generate_private_key(ec.SECP256R1()), os.urandom(_IV_BYTES)
    point = ephemeral.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    sealed = AESGCM(_agreed(ephemeral, to)).encrypt(iv, text.encode(), None)
    return " ".join([WORD, *(to_base64(each) for each in (point, iv, sealed))])


def _agreed(mine: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=_INFO).derive(mine.exchange(ec.ECDH(), other))
