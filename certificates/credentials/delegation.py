"""What the site's root says of a key that signs certificates: which key, for what, when and where. Pure.

    1  version, 0x01
    1  purpose: 0x01 signs summaries, status and PDF (P-256), 0x02 signs Open Badges (Ed25519)
   33  the key: a compressed P-256 point, or 0xED and the 32 bytes of an Ed25519 key
    2  first day, 2 last day: days since 2020-01-01, both inclusive, big-endian
    1  how many countries; 0 stands for everywhere
   2n  their ISO codes in ASCII
   64  the root's P-256 signature, raw r||s, over "relais-delegation-v1" NUL and all bytes before

The days are those on which a certificate may say that it was issued. The form is short because it
travels inside every QR code; `delegation_size` finds its end, so that it can stand before other bytes.
"""

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum

from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from elearning.lib.signing import (
    COMPRESSED_BYTES,
    SIGNATURE_BYTES,
    compressed_of,
    is_signed_bytes,
    read_compressed,
    read_public_key,
    sign_bytes,
)

CONTEXT = b"relais-delegation-v1\0"
DAY_ZERO = dt.date(2020, 1, 1)
_VERSION = 1
_ED25519 = 0xED
_HEAD = 2 + COMPRESSED_BYTES + 2 + 2 + 1
_CODE = 2

PublicKey = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey


class Purpose(IntEnum):
    """What the key may sign."""

    CERTIFICATES = 1
    CREDENTIALS = 2


class DelegationError(ValueError):
    """A delegation that shows nothing, with a stable code."""

    code = "unreadable"


class DelegationUnreadableError(DelegationError):
    """The bytes are no delegation in the one form it has."""


class DelegationForgedError(DelegationError):
    """This root did not sign it: it was changed, or another site's root signed it. Which of them can't be told."""

    code = "forged"


@dataclass(frozen=True, slots=True)
class Delegation:
    """What the root certified."""

    purpose: Purpose
    key_bytes: bytes
    first_day: dt.date
    last_day: dt.date
    countries: tuple[str, ...] = ()

    def covers(self, issued_on: dt.date, country: str) -> bool:
        """Tell whether the key may sign for an award of that day and country."""
        return self.first_day <= issued_on <= self.last_day and (not self.countries or country in self.countries)

    @property
    def p256(self) -> ec.EllipticCurvePublicKey:
        """The key that signs certificates; raise ValueError where it is of the other kind."""
        return read_compressed(self.key_bytes)

    @property
    def ed25519(self) -> ed25519.Ed25519PublicKey:
        """The key that signs credentials; raise ValueError where it is of the other kind."""
        if self.key_bytes[0] != _ED25519:
            msg = "no Ed25519 key"
            raise ValueError(msg)
        return ed25519.Ed25519PublicKey.from_public_bytes(self.key_bytes[1:])


def delegation_size(content: bytes) -> int:
    """Return how many bytes the delegation has that these bytes begin with; raise DelegationUnreadableError."""
    if len(content) < _HEAD or content[0] != _VERSION:
        raise DelegationUnreadableError
    size = _HEAD + _CODE * content[_HEAD - 1] + SIGNATURE_BYTES
    if len(content) < size:
        raise DelegationUnreadableError
    return size


def read_delegation(content: bytes, root_spki: str) -> Delegation:
    """Return what the root certified; raise DelegationUnreadableError, DelegationForgedError."""
    if delegation_size(content) != len(content):
        raise DelegationUnreadableError
    signed, signature = content[:-SIGNATURE_BYTES], content[-SIGNATURE_BYTES:]
    try:
        found = _read(signed)
    except ValueError:
        raise DelegationUnreadableError from None
    if not is_signed_bytes(read_public_key(root_spki), signature, CONTEXT + signed):
        raise DelegationForgedError
    return found


def write_delegation(root: ec.EllipticCurvePrivateKey, delegation: Delegation) -> bytes:
    """Return a delegation signed by the root."""
    days = [(day - DAY_ZERO).days.to_bytes(2) for day in (delegation.first_day, delegation.last_day)]
    codes = "".join(delegation.countries).encode("ascii")
    head = bytes((_VERSION, delegation.purpose)) + delegation.key_bytes
    signed = b"".join((head, *days, len(delegation.countries).to_bytes(1), codes))
    return signed + sign_bytes(root, CONTEXT + signed)


def key_bytes(key: PublicKey) -> bytes:
    """Return a key as a delegation carries it."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return bytes((_ED25519,)) + key.public_bytes_raw()
    return compressed_of(key)


def _read(signed: bytes) -> Delegation:
    key, rest = signed[2 : 2 + COMPRESSED_BYTES], signed[2 + COMPRESSED_BYTES :]
    days = [DAY_ZERO + dt.timedelta(days=int.from_bytes(rest[place : place + 2])) for place in (0, 2)]
    codes = rest[5:].decode("ascii")
    countries = tuple(codes[place : place + _CODE] for place in range(0, len(codes), _CODE))
    found = Delegation(Purpose(signed[1]), key, days[0], days[1], countries)
    # A key of the wrong kind for its purpose is refused here, not where it is first used.
    _ = found.p256 if found.purpose == Purpose.CERTIFICATES else found.ed25519
    if days[1] < days[0] or not all(code.isalpha() and code.isupper() for code in countries):
        msg = "no sound dates or countries"
        raise ValueError(msg)
    return found
