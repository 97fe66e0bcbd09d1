"""An award as an Open Badges 3.0 credential, and many as a Comprehensive Learner Record 2.0. Pure.

Both rest on W3C's Verifiable Credentials Data Model 2.0. What the root says of the issuer's key travels as
an identifier of the issuer, of the type `ext:relais-delegation-v1` (base64url): a term that Open Badges
itself leaves to issuers, so that any reader's schema and contexts take it. There is no rank, post,
nationality or score: who shows a badge shows no more than the certificate's own words.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from certificates.credentials.contexts import CREDENTIALS, LEARNER_RECORD, OPEN_BADGES
from certificates.credentials.multibase import to_base64url

DELEGATION = "ext:relais-delegation-v1"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: the id is the key itself (did:key)."""

    did: str
    name: str
    url: str
    delegation: bytes

    def profile(self) -> dict[str, Any]:
        """Return the issuer as a Profile."""
        certified = {
            "type": "IdentifierEntry",
            "identifier": to_base64url(self.delegation),
            "identifierType": DELEGATION,
        }
        return {
            "id": self.did,
            "type": ["Profile"],
            "name": self.name,
            "url": self.url,
            "otherIdentifier": [certified],
        }


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved, in the language of the award."""

    id: str
    name: str
    description: str
    criteria: str
    language: str
    version: str


@dataclass(frozen=True, slots=True)
class BadgeFacts:
    """All that one credential says."""

    uuid: UUID
    serial: str
    holder_names: tuple[str, ...]
    achievement: Achievement
    issuer: Issuer
    issued_at: dt.datetime
    valid_until: dt.date | None
    status: dict[str, Any]


def build_badge(facts: BadgeFacts) -> dict[str, Any]:
    """Return the credential of an award, without its proofs."""
    achievement = facts.achievement
    credential = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": facts.uuid.urn,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": achievement.name,
        "issuer": facts.issuer.profile(),
        "validFrom": stamp(facts.issued_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": _names(facts.holder_names),
            "licenseNumber": facts.serial,
            "achievement": {
                "id": achievement.id,
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": achievement.name,
                "description": achievement.description,
                "criteria": {"narrative": achievement.criteria},
                "inLanguage": achievement.language,
                "version": achievement.version,
            },
        },
        "credentialStatus": facts.status,
    }
    if facts.valid_until is not None:
        # The last day still counts, to its end.
        credential["validUntil"] = f"{facts.valid_until.isoformat()}T23:59:59Z"
    return credential


def build_learner_record(
    *, record: UUID, holder_names: tuple[str, ...], title: str, issuer: Issuer, badges: Sequence[Any], at: dt.datetime
) -> dict[str, Any]:
    """Return a learner record that holds these signed credentials, without its own proofs."""
    return {
        "@context": [CREDENTIALS, LEARNER_RECORD, OPEN_BADGES],
        "id": record.urn,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": title,
        "issuer": issuer.profile(),
        "validFrom": stamp(at),
        "credentialSubject": {
            "type": ["ClrSubject"],
            # The record's own schema does not list "name" among the kinds, as that of badges does.
            "identifier": _names(holder_names, "ext:name"),
            "verifiableCredential": list(badges),
        },
    }


def build_status_list(*, address: str, did: str, encoded: str, at: dt.datetime, until: dt.datetime) -> dict[str, Any]:
    """Return the credential of a list of bits, without its proofs."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": stamp(at),
        "validUntil": stamp(until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{encoded}",
        },
    }


def stamp(moment: dt.datetime) -> str:
    """Return a moment in UTC as credentials write it, to the second.

    >>> stamp(dt.datetime(2026, 11, 22, 10, 0, 0, 5, dt.UTC))
    '2026-11-22T10:00:00Z'
    """
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _names(names: tuple[str, ...], kind: str = "name") -> list[dict[str, Any]]:
    """Return the names on the certificate as Open Badges identifies people; in clear, as on the paper."""
    return [
        {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": kind}
        for name in names
        if name
    ]
