"""What can be said of a certificate: three separate facts and its dates, and one word for all. Pure.

The facts stand apart because they fail apart: a signature can be genuine while its key is nobody's, and
both can be in order while the certificate was withdrawn. Nothing is asked of a list for a certificate
that is not genuine: it would speak of another one.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Signature(StrEnum):
    """Whether the words are those that were signed."""

    GENUINE = "genuine"
    EDITED = "edited"
    FORGED = "forged"
    MISSING = "missing"


class Issuer(StrEnum):
    """Whether the root of this site lets the key sign such a certificate."""

    TRUSTED = "trusted"
    FOREIGN = "foreign"
    WRONGLY_DELEGATED = "wrongly-delegated"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """What the list of withdrawn certificates says."""

    IN_FORCE = "in-force"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    LIST_TOO_OLD = "list-too-old"
    UNKNOWN = "unknown"


class Dates(StrEnum):
    """Where the day of the check lies."""

    CURRENT = "current"
    NO_END = "no-end"
    NOT_YET = "not-yet-valid"
    EXPIRED = "expired"


class Reason(StrEnum):
    """The one word for all facts: what to name first."""

    VALID = "valid"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    FORGED = "forged"
    EDITED = "edited"
    FOREIGN_ISSUER = "foreign-issuer"
    WRONGLY_DELEGATED = "wrongly-delegated"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    LIST_TOO_OLD = "list-too-old"
    STATUS_UNKNOWN = "status-unknown"


_BY_SIGNATURE = {
    Signature.MISSING: Reason.UNSIGNED,
    Signature.FORGED: Reason.FORGED,
    Signature.EDITED: Reason.EDITED,
}
_BY_ISSUER = {
    Issuer.FOREIGN: Reason.FOREIGN_ISSUER,
    Issuer.WRONGLY_DELEGATED: Reason.WRONGLY_DELEGATED,
    Issuer.UNKNOWN: Reason.FORGED,
}
_BY_STANDING = {Standing.REVOKED: Reason.REVOKED, Standing.SUPERSEDED: Reason.SUPERSEDED}
_BY_DATES = {Dates.NOT_YET: Reason.NOT_YET_VALID, Dates.EXPIRED: Reason.EXPIRED}
_BY_LIST = {Standing.LIST_TOO_OLD: Reason.LIST_TOO_OLD, Standing.UNKNOWN: Reason.STATUS_UNKNOWN}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The facts of one check."""

    signature: Signature
    issuer: Issuer
    standing: Standing
    dates: Dates
    listed_on: dt.date | None = None

    @property
    def reason(self) -> Reason:
        """What to name first: who made it, then what became of it, then what is not known."""
        return (
            _BY_SIGNATURE.get(self.signature)
            or _BY_ISSUER.get(self.issuer)
            or _BY_STANDING.get(self.standing)
            or _BY_DATES.get(self.dates)
            or _BY_LIST.get(self.standing)
            or Reason.VALID
        )

    @property
    def is_valid(self) -> bool:
        """Whether all facts are in order."""
        return self.reason == Reason.VALID


def not_genuine(signature: Signature, issuer: Issuer = Issuer.UNKNOWN) -> Verdict:
    """Return the verdict on what nobody should rely on: neither its dates nor a list say anything of it."""
    return Verdict(signature, issuer, Standing.UNKNOWN, Dates.NO_END)


def judged_dates(today: dt.date, listed_on: dt.date | None, issued_on: dt.date, valid_until: dt.date | None) -> Dates:
    """Tell where the day lies; its last day still counts.

    A signed list proves that its day has come: a device whose clock is behind can't make an expired
    certificate valid, nor a new one 'not yet valid'.
    """
    day = max(today, listed_on or today)
    if day < issued_on:
        return Dates.NOT_YET
    if valid_until is None:
        return Dates.NO_END
    return Dates.EXPIRED if valid_until < day else Dates.CURRENT
