"""The keys of the site: a root that certifies, one that signs packs, one that opens sealed lines.

They are files, not rows: a copy of the database must not carry what opens everybody's unsent work.
Devices pin the root at their enrolment. The root is therefore never replaced; the two others may be,
and former sealing keys stay, because what was sealed to them may still be on its way.
"""

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from elearning.lib import signing
from elearning.lib.canonical import canonical_json
from elearning.lib.keyfiles import ROOT, held, p256_in, read_p256, write_private
from sync.errors import KeysMissingError, SealUnreadableError
from sync.sealing import open_sealed

SIGNING, SEALING, CERTIFIED = "signing.pem", "sealing.pem", "certified.json"
_FORMER_SEALING = "sealing-former-*.pem"
_VALID = dt.timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class SiteKeys:
    """The keys in use, and the text by which the root certifies them."""

    signing_key: ec.EllipticCurvePrivateKey
    sealing_keys: tuple[ec.EllipticCurvePrivateKey, ...]
    certified: str
    signature: str
    root: str

    def sign(self, text: str) -> str:
        """Return the signature of the packs' key over a text: base64 of raw r||s."""
        return signing.to_base64(signing.sign(self.signing_key, text))

    def open_sealed(self, line: str) -> str:
        """Return the line inside a sealed line; raise SealUnreadableError."""
        for key in self.sealing_keys:
            try:
                return open_sealed(key, line)
            except SealUnreadableError:
                continue
        raise SealUnreadableError

    def public(self) -> dict[str, str]:
        """Return what devices check signatures and seal with: the certified text, the root's signature, the root."""
        return {"text": self.certified, "signature": self.signature, "root": self.root}


def site_keys() -> SiteKeys:
    """Return the keys of this site, read once a process.

    A demo and the tests make them on first use; anywhere else they must be there: raise KeysMissingError.
    """
    return _read_once(Path(settings.RELAIS_KEYS_DIR))


def make_keys(folder: Path, *, renew: bool = False) -> bool:
    """Write what is missing, or new keys under the same root; return whether anything was written.

    Two processes at once write one set. Each file is complete before it has its name.
    """
    with held(folder):
        if all((folder / name).exists() for name in (ROOT, SIGNING, SEALING, CERTIFIED)) and not renew:
            return False
        root = p256_in(folder, ROOT)
        if renew and (folder / SEALING).exists():
            _keep_former(folder)
        keys = {name: p256_in(folder, name, renew=renew) for name in (SIGNING, SEALING)}
        write_private(folder / CERTIFIED, _certify(root, keys).encode())
    _read_once.cache_clear()
    return True


@lru_cache(maxsize=8)
def _read_once(folder: Path) -> SiteKeys:
    if not (folder / CERTIFIED).exists():
        if not (settings.DEMO or settings.TESTING):
            raise KeysMissingError
        make_keys(folder)
    certified = json.loads((folder / CERTIFIED).read_text())
    former = sorted(folder.glob(_FORMER_SEALING), reverse=True)
    return SiteKeys(
        signing_key=read_p256(folder / SIGNING),
        sealing_keys=tuple(read_p256(path) for path in [folder / SEALING, *former]),
        certified=certified["text"],
        signature=certified["signature"],
        root=signing.spki_of(read_p256(folder / ROOT)),
    )


def _certify(root: ec.EllipticCurvePrivateKey, keys: dict[str, ec.EllipticCurvePrivateKey]) -> str:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    dates = {"from": now.isoformat(), "until": (now + _VALID).isoformat()}
    listed = [
        {"purpose": purpose, "spki": signing.spki_of(keys[name])} | dates
        for purpose, name in (("packs", SIGNING), ("sealing", SEALING))
    ]
    text = canonical_json({"keys": listed, "root": signing.spki_of(root)})
    return canonical_json({"text": text, "signature": signing.to_base64(signing.sign(root, text))})


def _keep_former(folder: Path) -> None:
    """Give the sealing key in use a name under which it goes on opening."""
    number = len(list(folder.glob(_FORMER_SEALING))) + 1
    write_private(folder / _FORMER_SEALING.replace("*", f"{number:04}"), (folder / SEALING).read_bytes())
