"""ECDSA with P-256 and SHA-256 as browsers write it: raw r||s of 64 bytes. Pure."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

_PART = 32
SIGNATURE_BYTES = 2 * _PART
COMPRESSED_BYTES = 1 + _PART
_LONGEST_KEY = 200
_ALGORITHM = ec.ECDSA(hashes.SHA256())
# RFC 6979: the same bytes get the same signature, so that a document made twice is the same document.
_REPEATABLE = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


def sign(key: ec.EllipticCurvePrivateKey, text: str) -> bytes:
    """Return the signature over a text's UTF-8 bytes."""
    return sign_bytes(key, text.encode())


def sign_bytes(key: ec.EllipticCurvePrivateKey, content: bytes) -> bytes:
    """Return the signature over bytes, the same each time (RFC 6979)."""
    r, s = decode_dss_signature(key.sign(content, _REPEATABLE))
    return r.to_bytes(_PART) + s.to_bytes(_PART)


def is_signed(key: ec.EllipticCurvePublicKey, signature: bytes, text: str) -> bool:
    """Tell whether the owner of the key signed exactly this text."""
    return is_signed_bytes(key, signature, text.encode())


def is_signed_bytes(key: ec.EllipticCurvePublicKey, signature: bytes, content: bytes) -> bool:
    """Tell whether the owner of the key signed exactly these bytes."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    r, s = int.from_bytes(signature[:_PART]), int.from_bytes(signature[_PART:])
    try:
        key.verify(encode_dss_signature(r, s), content, _ALGORITHM)
    except InvalidSignature:
        return False
    return True


def spki_of(key: ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) -> str:
    """Return the public key as base64 of its SubjectPublicKeyInfo."""
    public = key.public_key() if isinstance(key, ec.EllipticCurvePrivateKey) else key
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return to_base64(der)


def compressed_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the public key as a compressed point of 33 bytes."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)


def read_public_key(spki: str) -> ec.EllipticCurvePublicKey:
    """Return a public key; raise ValueError for anything but P-256 in its one plain form."""
    refused = ValueError("not a P-256 key in its plain form")
    if len(spki) > _LONGEST_KEY:
        raise refused
    try:
        key = serialization.load_der_public_key(from_base64(spki))
    except (ValueError, UnsupportedAlgorithm):
        raise refused from None
    # One key has one spelling: two would be two devices.
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1" or spki_of(key) != spki:
        raise refused
    return key


def read_compressed(point: bytes) -> ec.EllipticCurvePublicKey:
    """Return the public key of a compressed point; raise ValueError for anything else."""
    if len(point) != COMPRESSED_BYTES:
        msg = f"a compressed point has {COMPRESSED_BYTES} bytes, not {len(point)}"
        raise ValueError(msg)
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def to_base64(content: bytes) -> str:
    """Return bytes as base64 text."""
    return base64.b64encode(content).decode()


def from_base64(text: str) -> bytes:
    """Return the bytes of a base64 text in its one plain spelling; raise ValueError."""
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if to_base64(found) != text:
        msg = "not the plain spelling"
        raise ValueError(msg)
    return found
