"""Check an Open Badges credential: its proofs, the delegation inside it, its dates and its place in a list. Pure.

The proof over the canonical text (eddsa-jcs-2022) covers every byte that means something. The one over
linked data is checked after it, and only of what our own key signed: its canonical form can take for
ever on a text that somebody made for that.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519

from certificates.credentials.building import DELEGATION
from certificates.credentials.delegation import Delegation, DelegationError, Purpose, read_delegation
from certificates.credentials.multibase import from_base64url, method_of, read_multikey
from certificates.credentials.proofs import JCS, RDFC, is_proved, proofs_of
from certificates.errors import SummaryUnreadableError
from certificates.verification.judging import Issuer, Signature, Standing, Verdict, judged_dates, not_genuine
from certificates.verification.status import StatusLists
from certificates.verification.summaries import Trust

_DID_KEY = "did:key:"
_NUMBER_OF_LIST = re.compile(r"/(\d{1,5})\.json$")
_COUNTRY = re.compile(r"RLS-([A-Z]{2})-")
# In UTC, as the site writes it; others may write parts of a second.
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,9})?Z")
_LONGEST_INDEX = 10


@dataclass(frozen=True, slots=True)
class Credential:
    """What a credential says, before anything of it is verified."""

    document: Mapping[str, Any]
    serial: str
    names: tuple[str, ...]
    title: str
    issuer: str
    language: str
    issued_on: dt.date
    valid_until: dt.date | None
    place: tuple[int, int] | None


def read_credential(content: bytes) -> Credential:
    """Return what a JSON file says; raise SummaryUnreadableError where it is no credential of an achievement."""
    try:
        document = json.loads(content.decode())
        subject, issuer = document["credentialSubject"], document["issuer"]
        achievement = subject["achievement"]
        until = document.get("validUntil")
        return Credential(
            document=document,
            serial=_text(subject.get("licenseNumber", "")),
            names=tuple(_text(each["identityHash"]) for each in subject.get("identifier", [])),
            title=_text(achievement["name"]),
            issuer=_text(issuer["name"]),
            language=_text(achievement.get("inLanguage", "en")),
            issued_on=_day(document["validFrom"]),
            valid_until=_day(until) if until is not None else None,
            place=_place(document.get("credentialStatus")),
        )
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, OverflowError) as error:
        raise SummaryUnreadableError(type(error).__name__) from None


def check_credential(said: Credential, trust: Trust, lists: StatusLists | None, today: dt.date) -> Verdict:
    """Return what can be said of a credential."""
    try:
        signature, issuer = _origin(said, trust)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        signature, issuer = Signature.FORGED, Issuer.UNKNOWN
    if signature != Signature.GENUINE:
        return not_genuine(signature, issuer)
    if issuer != Issuer.TRUSTED:
        return Verdict(signature, issuer, Standing.UNKNOWN, judged_dates(today, None, said.issued_on, said.valid_until))
    standing = lists.standing(*said.place, today) if lists and said.place else Standing.UNKNOWN
    listed_on = lists.listed_on if lists else None
    return Verdict(
        signature, issuer, standing, judged_dates(today, listed_on, said.issued_on, said.valid_until), listed_on
    )


def _origin(said: Credential, trust: Trust) -> tuple[Signature, Issuer]:
    """Tell who made it, as for a summary (certificates/verification/summaries.py)."""
    proofs = [each for each in proofs_of(said.document) if each.get("cryptosuite") == JCS]
    if len(proofs) != 1:
        return Signature.MISSING, Issuer.UNKNOWN
    did = _text(said.document["issuer"]["id"])
    key = read_multikey(did.removeprefix(_DID_KEY))
    is_ours = (
        proofs[0].get("verificationMethod") == method_of(did) and proofs[0].get("proofPurpose") == "assertionMethod"
    )
    is_signed = is_ours and is_proved(said.document, proofs[0], key)
    delegation = _delegation(said.document["issuer"], key, trust.root_spki)
    if delegation is None:
        is_foreign = is_signed and said.issuer != trust.issuer
        return (Signature.GENUINE, Issuer.FOREIGN) if is_foreign else (Signature.FORGED, Issuer.UNKNOWN)
    if not is_signed or not _others_hold(said.document, key):
        return Signature.EDITED, Issuer.UNKNOWN
    country = _COUNTRY.match(said.serial)
    is_covered = country is not None and delegation.covers(said.issued_on, country[1])
    return Signature.GENUINE, Issuer.TRUSTED if is_covered else Issuer.WRONGLY_DELEGATED


def _others_hold(document: Mapping[str, Any], key: ed25519.Ed25519PublicKey) -> bool:
    """Tell whether the proof over linked data holds too, where there is one, and whether there are no more."""
    others = [each for each in proofs_of(document) if each.get("cryptosuite") != JCS]
    return len(others) <= 1 and all(each["cryptosuite"] == RDFC and is_proved(document, each, key) for each in others)


def _delegation(issuer: Mapping[str, Any], key: ed25519.Ed25519PublicKey, root_spki: str) -> Delegation | None:
    """Return what our root says of this key, if it does."""
    for each in issuer.get("otherIdentifier", []):
        if each.get("identifierType") != DELEGATION:
            continue
        try:
            found = read_delegation(from_base64url(_text(each.get("identifier"))), root_spki)
        except DelegationError:
            return None
        is_this = found.purpose == Purpose.CREDENTIALS and found.key_bytes[1:] == key.public_bytes_raw()
        return found if is_this else None
    return None


def _place(status: Any) -> tuple[int, int] | None:
    """Return the list and the place in it; None where the credential names none of ours."""
    if not isinstance(status, dict):
        return None
    number = _NUMBER_OF_LIST.search(_text(status["statusListCredential"]))
    index = _text(status["statusListIndex"])
    is_number = index.isascii() and index.isdecimal() and len(index) <= _LONGEST_INDEX
    return (int(number[1]), int(index)) if number and is_number else None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _day(moment: Any) -> dt.date:
    found = _MOMENT.fullmatch(_text(moment))
    if found is None:
        msg = "no moment in UTC"
        raise ValueError(msg)
    return dt.datetime.fromisoformat(found[1]).date()
