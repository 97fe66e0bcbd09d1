"""Certificates made of nothing but fixed keys and seeded dice: genuine ones, and every way to fake one.

The same each time, in Python and in a browser: signatures are those of RFC 6979 and RFC 8032.
"""

import base64
import datetime as dt
import random
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from uuid import UUID

import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from certificates.credentials.bits import pack_bits
from certificates.credentials.building import Achievement, BadgeFacts, Issuer, build_badge
from certificates.credentials.delegation import DAY_ZERO, Delegation, Purpose, key_bytes, write_delegation
from certificates.credentials.multibase import did_of, method_of
from certificates.credentials.proofs import prove
from certificates.pdf.signing import PdfSigner
from certificates.serials import serial_for
from certificates.verification.signatures import lower
from certificates.verification.summaries import Trust
from certificates.verification.summary import Summary, body_of, fragment_of, signed_part
from certificates.x509 import issuer_certificate, root_certificate
from elearning.lib.canonical import canonical_json
from elearning.lib.signing import sign_bytes, spki_of, to_base64

ADDRESS = "https://relais.example/en/verify/"
NAME = "Relais Training Centre (demonstration)"
OTHER_NAME = "Centre of Another Country"
TODAY = dt.date(2026, 11, 22)
LIST, SIZE = 1, 131_072
REVOKED, SUPERSEDED = 7, 9
_MOMENT = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
_NAMES = ("Aïssata Traoré", "Тарас Мельниченків", "عائشة تراوري", "Nguyễn Văn An", "O’Brien-Łukasz, Zoë", "Li")


@dataclass(frozen=True, slots=True)
class House:
    """An issuer: a root, and keys that it certified."""

    name: str
    root: ec.EllipticCurvePrivateKey
    key: ec.EllipticCurvePrivateKey
    badge_key: ed25519.Ed25519PrivateKey
    first_day: dt.date = DAY_ZERO
    last_day: dt.date = dt.date(2036, 1, 1)
    countries: tuple[str, ...] = ()

    def delegation(self) -> bytes:
        """Return what the root says of the P-256 key."""
        return self._delegation(Purpose.CERTIFICATES, key_bytes(self.key.public_key()))

    def badge_delegation(self) -> bytes:
        """Return what the root says of the Ed25519 key."""
        return self._delegation(Purpose.CREDENTIALS, key_bytes(self.badge_key.public_key()))

    def _delegation(self, purpose: Purpose, key: bytes) -> bytes:
        return write_delegation(self.root, Delegation(purpose, key, self.first_day, self.last_day, self.countries))


def _house(name: str, seed: int, **limits: Any) -> House:
    root, key = (ec.derive_private_key(seed + number, ec.SECP256R1()) for number in (1, 2))
    return House(name, root, key, ed25519.Ed25519PrivateKey.from_private_bytes(seed.to_bytes(32)), **limits)


OURS = _house(NAME, 1000)
FOREIGN = _house(OTHER_NAME, 2000)
# Somebody with keys of their own, under our name.
IMPOSTOR = replace(FOREIGN, name=NAME)
# Keys that our root certified for less than they sign.
ELSEWHERE = replace(OURS, countries=("UA", "FJ"))
FORMER = replace(OURS, last_day=dt.date(2025, 1, 1))
TRUST = Trust(spki_of(OURS.root), NAME)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a certificate, and its dates."""

    name: str = "Aïssata Traoré"
    other: str = "عائشة تراوري"
    issued_on: dt.date = dt.date(2026, 11, 1)
    valid_until: dt.date | None = dt.date(2028, 10, 31)
    index: int = 100_000
    number: int = 1
    country: str = "ML"

    @property
    def uuid(self) -> UUID:
        """The award's id."""
        return UUID(int=self.number)

    @property
    def serial(self) -> str:
        """The number on the certificate."""
        return serial_for(self.uuid, self.country, self.issued_on.year)


def holder(dice: random.Random) -> Holder:
    """Return somebody whose certificate holds today."""
    issued = dt.date(2025, 1, 1) + dt.timedelta(days=dice.randrange(690))
    until = dice.choice([None, TODAY + dt.timedelta(days=dice.randrange(900))])
    index = dice.randrange(100, SIZE)
    country = dice.choice(["ML", "UA", "FJ", "PT"])
    return Holder(dice.choice(_NAMES), dice.choice(["", *_NAMES]), issued, until, index, dice.getrandbits(120), country)


def summary_of(house: House, who: Holder) -> Summary:
    """Return what a link says."""
    return Summary(
        serial=who.serial,
        version=1,
        language="fr",
        issued_on=who.issued_on,
        valid_until=who.valid_until,
        list_number=LIST,
        list_index=who.index,
        name=who.name,
        name_other=who.other,
        title="Trousse de premiers secours",
        issuer=house.name,
        delegation=house.delegation(),
    )


def link(house: House = OURS, who: Holder = Holder(), *, body: bytes | None = None) -> bytes:  # frozen
    """Return a link signed by a house."""
    content = body_of(summary_of(house, who)) if body is None else body
    return f"{ADDRESS}#{fragment_of(content, lower(sign_bytes(house.key, signed_part(content))))}".encode()


def badge(house: House = OURS, who: Holder = Holder()) -> bytes:  # frozen
    """Return a credential signed by a house, as canonical JSON."""
    did = did_of(house.badge_key.public_key())
    address = f"https://relais.example/credentials/status/{LIST}.json"
    facts = BadgeFacts(
        uuid=who.uuid,
        serial=who.serial,
        holder_names=(who.name, who.other),
        achievement=Achievement("https://relais.example/a", "First Aid Kit", "A course", "All of it", "en", "2026.1"),
        issuer=Issuer(did, house.name, "https://relais.example/", house.badge_delegation()),
        issued_at=dt.datetime.combine(who.issued_on, dt.time(10), dt.UTC),
        valid_until=who.valid_until,
        status={
            "id": f"{address}#{who.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(who.index),
            "statusListCredential": address,
        },
    )
    proved = prove(build_badge(facts), key=house.badge_key, method=method_of(did), created="2026-11-22T10:00:00Z")
    return rfc8785.dumps(proved)


def document(house: House = OURS, who: Holder = Holder(), attached: bytes | None = None) -> bytes:
    """Return a signed PDF of one empty page with a credential attached."""
    plain = _plain_pdf(badge(house, who) if attached is None else attached)
    # In a thread of its own: Playwright runs a loop in this one, and the signer starts one too.
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(_signer(house).sign, plain, _MOMENT).result()


@cache
def _signer(house: House) -> PdfSigner:
    anchor = root_certificate(house.root, house.name)
    mine = issuer_certificate(house.root, anchor, house.key.public_key(), dt.date(2036, 1, 1))
    return PdfSigner(house.key, (mine, anchor))


def _plain_pdf(attached: bytes) -> bytes:
    packed = zlib.compress(attached)
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(credential.json) 4 0 R] >> >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] >>",
        b"<< /Type /Filespec /F (credential.json) /EF << /F 5 0 R >> >>",
        b"<< /Type /EmbeddedFile /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 6\n0000000000 65535 f \n" + table
    ids = b"00" * 16
    trailer = b"<< /Size 6 /Root 1 0 R /ID [<%s> <%s>] >>" % (ids, ids)
    return content + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)


def status(house: House = OURS, at: dt.datetime = _MOMENT, key: ec.EllipticCurvePrivateKey | None = None) -> Any:
    """Return the signed lists of a moment."""
    stamps = [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (at, at + dt.timedelta(days=30))]
    lists = [
        {"id": LIST, "bits": pack_bits({REVOKED, SUPERSEDED}, SIZE), "superseded": pack_bits({SUPERSEDED}, SIZE)},
    ]
    text = canonical_json({"issued_at": stamps[0], "lists": lists, "next_update": stamps[1]})
    signature = sign_bytes(key or house.key, b"relais-status-v1\0" + text.encode())
    return {"text": text, "signature": to_base64(signature), "delegation": to_base64(house.delegation())}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to check: the bytes, and what is to be said of them (nothing: anything but valid)."""

    name: str
    content: bytes
    reason: str = ""
    only_in_python: bool = field(default=False)

    def told(self) -> dict[str, str]:
        """Return the case as JSON takes it."""
        return {"name": self.name, "content": base64.b64encode(self.content).decode(), "reason": self.reason}
