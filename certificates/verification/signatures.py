"""P-256 signatures that have one form only. Pure.

Of a signature (r, s) anybody makes a second one that verifies too, (r, n - s). Where that counts as
changing a certificate, only the lower half of s is taken (SEC 1, version 2.0, 4.1.4; BIP 146).
"""

from cryptography.hazmat.primitives.asymmetric import ec

from elearning.lib.signing import SIGNATURE_BYTES, is_signed_bytes

# The order of P-256 (FIPS 186-5, SP 800-186, 3.2.1.3).
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_PART = SIGNATURE_BYTES // 2


def lower(signature: bytes) -> bytes:
    """Return the one of the two signatures whose s is in the lower half."""
    s = int.from_bytes(signature[_PART:])
    return signature[:_PART] + min(s, ORDER - s).to_bytes(_PART)


def is_genuine(key: ec.EllipticCurvePublicKey, signature: bytes, content: bytes) -> bool:
    """Tell whether the owner of the key signed these bytes, in the one form."""
    is_lower = len(signature) == SIGNATURE_BYTES and lower(signature) == signature
    return is_lower and is_signed_bytes(key, signature, content)
