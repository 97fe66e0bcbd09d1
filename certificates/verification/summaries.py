"""Check the signed summary of a link: signature, issuer, dates, and the list of what was withdrawn. Pure."""

import datetime as dt
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from certificates.credentials.delegation import (
    Delegation,
    DelegationError,
    DelegationForgedError,
    Purpose,
    read_delegation,
)
from certificates.verification.judging import Issuer, Signature, Standing, Verdict, judged_dates, not_genuine
from certificates.verification.signatures import is_genuine
from certificates.verification.status import StatusLists
from certificates.verification.summary import SignedSummary, Summary
from elearning.lib.signing import COMPRESSED_BYTES, read_compressed

_KEY = slice(2, 2 + COMPRESSED_BYTES)


@dataclass(frozen=True, slots=True)
class Trust:
    """What a verifier trusts: the root, and the name that nobody else may sign with."""

    root_spki: str
    issuer: str


def check_summary(said: SignedSummary, trust: Trust, lists: StatusLists | None, today: dt.date) -> Verdict:
    """Return what can be said of a summary."""
    signature, issuer = _origin(said, trust)
    if signature != Signature.GENUINE:
        return not_genuine(signature, issuer)
    summary = said.summary
    if issuer != Issuer.TRUSTED:
        dates = judged_dates(today, None, summary.issued_on, summary.valid_until)
        return Verdict(signature, issuer, Standing.UNKNOWN, dates)
    standing = lists.standing(summary.list_number, summary.list_index, today) if lists else Standing.UNKNOWN
    listed_on = lists.listed_on if lists else None
    dates = judged_dates(today, listed_on, summary.issued_on, summary.valid_until)
    return Verdict(signature, issuer, standing, dates, listed_on)


def _origin(said: SignedSummary, trust: Trust) -> tuple[Signature, Issuer]:
    """Tell who made it.

    Under a key that our root certified, a signature that does not fit means changed words: the key's owner
    signed others. Under any other key, one that fits is somebody else's certificate, or a forgery where it
    bears our name; one that does not fit is a forgery.
    """
    delegation, key = _delegated(said.summary.delegation, trust.root_spki)
    is_signed = key is not None and is_genuine(key, said.signature, said.signed)
    if delegation is not None:
        if not is_signed:
            return Signature.EDITED, Issuer.UNKNOWN
        is_covered = _covers(delegation, said.summary)
        return Signature.GENUINE, Issuer.TRUSTED if is_covered else Issuer.WRONGLY_DELEGATED
    if is_signed and said.summary.issuer != trust.issuer:
        return Signature.GENUINE, Issuer.FOREIGN
    return Signature.FORGED, Issuer.UNKNOWN


def _delegated(content: bytes, root_spki: str) -> tuple[Delegation | None, ec.EllipticCurvePublicKey | None]:
    """Return what our root certified, if it did, and the key that the bytes name."""
    try:
        found = read_delegation(content, root_spki)
    except DelegationForgedError:
        # Well formed, and not by our root.
        return None, read_compressed(content[_KEY]) if content[1] == Purpose.CERTIFICATES else None
    except DelegationError:
        return None, None
    return found, found.p256 if found.purpose == Purpose.CERTIFICATES else None


def _covers(delegation: Delegation, summary: Summary) -> bool:
    """Tell whether the key may sign for the country in the number, on the day it says."""
    country = summary.serial.split("-")[1]
    return delegation.covers(summary.issued_on, country)
