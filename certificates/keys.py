"""The keys that sign certificates, each certified by the site's root, in the folder of the site's other keys.

A P-256 key signs what a browser or a PDF reader checks; an Ed25519 key signs Open Badges. Both carry
the root's delegation with them, so that a verifier needs the root key and nothing else. Renewing makes
new ones under the same root; former Ed25519 keys stay, because the status list of a credential must be
signed by the key that signed the credential.
"""

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from django.conf import settings

from certificates.credentials.delegation import DAY_ZERO, Delegation, PublicKey, Purpose, key_bytes, write_delegation
from certificates.credentials.multibase import did_of, method_of
from certificates.errors import IssuerKeysMissingError
from certificates.x509 import issuer_certificate, root_certificate
from elearning.lib.canonical import canonical_json
from elearning.lib.keyfiles import ROOT, ed25519_in, held, p256_in, read_ed25519, read_p256, write_private
from elearning.lib.signing import from_base64, sign_bytes, spki_of, to_base64

ISSUER, CREDENTIALS, DELEGATED = "issuer.pem", "issuer-ed25519.pem", "issuer-delegated.json"
ROOT_CERTIFICATE = "root.der"
_FORMER_CREDENTIALS = "issuer-ed25519-former-*.pem"
_VALID = dt.timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class CredentialKey:
    """A key that signs Open Badges, and what the root says of it."""

    key: ed25519.Ed25519PrivateKey
    delegation: bytes

    @property
    def did(self) -> str:
        """The issuer's id: the key itself, so that nothing needs to be fetched to know it."""
        return did_of(self.key.public_key())

    @property
    def verification_method(self) -> str:
        """The id of the key within the issuer's."""
        return method_of(self.did)


@dataclass(frozen=True, slots=True)
class IssuerKeys:
    """The keys in use, with what the root says of them; former credential keys after the one in use."""

    p256: ec.EllipticCurvePrivateKey
    delegation: bytes
    root_spki: str
    x509_chain_der: tuple[bytes, bytes]
    credential_keys: tuple[CredentialKey, ...]

    def sign_raw(self, data: bytes) -> bytes:
        """Return the P-256 signature over bytes: raw r||s of 64 bytes, the same each time."""
        return sign_bytes(self.p256, data)

    @property
    def ed25519(self) -> ed25519.Ed25519PrivateKey:
        """The key that signs Open Badges now."""
        return self.credential_keys[0].key

    @property
    def did(self) -> str:
        """The issuer's id in Open Badges that are signed now."""
        return self.credential_keys[0].did

    @property
    def verification_method(self) -> str:
        """The id of the key that signs Open Badges now."""
        return self.credential_keys[0].verification_method

    def credential_key(self, did: str) -> CredentialKey:
        """Return the key of an issuer's id, in use or former; raise LookupError."""
        for each in self.credential_keys:
            if each.did == did:
                return each
        raise LookupError(did)


def issuer_keys() -> IssuerKeys:
    """Return the keys that sign certificates here, read once a process.

    A demo and the tests make them on first use; anywhere else they must be there: raise IssuerKeysMissingError.
    """
    return _read_once(Path(settings.RELAIS_KEYS_DIR))


def make_issuer_keys(folder: Path, *, renew: bool = False) -> bool:
    """Write what is missing, or new keys under the same root; return whether anything was written.

    The list of delegations is written last: without it there are no keys, and they are made again.
    """
    with held(folder):
        if (folder / DELEGATED).exists() and not renew:
            return False
        root = p256_in(folder, ROOT)
        # While keys change there are none: what the old list says must not stand beside a new key.
        (folder / DELEGATED).unlink(missing_ok=True)
        if renew and (folder / CREDENTIALS).exists():
            _keep_former(folder)
        today = dt.datetime.now(dt.UTC).date()
        issuer = p256_in(folder, ISSUER, renew=renew)
        ed25519_in(folder, CREDENTIALS, renew=renew)
        if not (folder / ROOT_CERTIFICATE).exists():
            write_private(folder / ROOT_CERTIFICATE, root_certificate(root, settings.ISSUER_NAME))
        anchor = (folder / ROOT_CERTIFICATE).read_bytes()
        listed = {
            "delegation": to_base64(_delegate(root, Purpose.CERTIFICATES, issuer.public_key(), today)),
            "certificate": to_base64(issuer_certificate(root, anchor, issuer.public_key(), today + _VALID)),
            "credentials": {
                path.name: to_base64(_delegate(root, Purpose.CREDENTIALS, read_ed25519(path).public_key(), today))
                for path in _credential_files(folder)
            },
        }
        write_private(folder / DELEGATED, canonical_json(listed).encode())
    _read_once.cache_clear()
    return True


@lru_cache(maxsize=8)
def _read_once(folder: Path) -> IssuerKeys:
    if not (folder / DELEGATED).exists():
        if not (settings.DEMO or settings.TESTING):
            raise IssuerKeysMissingError
        make_issuer_keys(folder)
    listed = json.loads((folder / DELEGATED).read_text())
    return IssuerKeys(
        p256=read_p256(folder / ISSUER),
        delegation=from_base64(listed["delegation"]),
        root_spki=spki_of(read_p256(folder / ROOT)),
        x509_chain_der=(from_base64(listed["certificate"]), (folder / ROOT_CERTIFICATE).read_bytes()),
        credential_keys=tuple(
            CredentialKey(read_ed25519(path), from_base64(listed["credentials"][path.name]))
            for path in _credential_files(folder)
        ),
    )


def _delegate(root: ec.EllipticCurvePrivateKey, purpose: Purpose, key: PublicKey, today: dt.date) -> bytes:
    # From day zero: a certificate of last year is printed anew, and signed with the key in use now.
    return write_delegation(root, Delegation(purpose, key_bytes(key), DAY_ZERO, today + _VALID))


def _credential_files(folder: Path) -> list[Path]:
    return [folder / CREDENTIALS, *sorted(folder.glob(_FORMER_CREDENTIALS), reverse=True)]


def _keep_former(folder: Path) -> None:
    """Give the credential key in use a name under which it goes on signing the status of what it signed."""
    number = len(list(folder.glob(_FORMER_CREDENTIALS))) + 1
    write_private(folder / _FORMER_CREDENTIALS.replace("*", f"{number:04}"), (folder / CREDENTIALS).read_bytes())
