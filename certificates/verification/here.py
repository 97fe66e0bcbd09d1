"""What a verifier trusts on this site: its root, its name, and its own lists as they stand now."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from certificates.credentials.status import signed_status
from certificates.errors import IssuerKeysMissingError
from certificates.keys import issuer_keys
from certificates.verification.given import Checked, check_given
from certificates.verification.status import read_status
from certificates.verification.summaries import Trust


def trust_here() -> Trust | None:
    """Return what this site trusts; None where its keys were not made yet."""
    try:
        return Trust(issuer_keys().root_spki, settings.ISSUER_NAME)
    except IssuerKeysMissingError:
        return None


def check_here(content: bytes, at: dt.datetime | None = None) -> Checked:
    """Check what somebody brought against the lists as they stand; raise IssuerKeysMissingError."""
    moment = at or timezone.now()
    trust = Trust(issuer_keys().root_spki, settings.ISSUER_NAME)
    lists = read_status(signed_status(moment), trust.root_spki)
    return check_given(content, trust, lists, moment.astimezone(dt.UTC).date())
