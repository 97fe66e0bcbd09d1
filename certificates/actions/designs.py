"""The only writer of designs of certificates."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Login
from certificates import policy
from certificates.designing.sample import sample_picture
from certificates.designing.values import Design, checked
from certificates.models import CertificateDesign, Programme
from certificates.pdf import print_language

_COARSE_PPI = 24


def save_design(
    *, by: Login, programme: Programme | None, design: Design, on: dt.date | None = None
) -> CertificateDesign:
    """Save how the certificates of a programme look, or without one all others; audited.

    Raise PermissionDenied, DesignRefusedError, and DesignUnprintableError where a certificate in one of the site's
    complete languages could not be printed: it is found here, not by the officer who wants hers.
    """
    if not may_design(by, programme):
        raise PermissionDenied
    kept = checked(design)
    day = on or timezone.now().date()
    for language in settings.COMPLETE_LANGUAGES:
        sample_picture(kept, print_language(language), day, shows_hijri=True, ppi=_COARSE_PPI)
    with transaction.atomic():
        row, created = CertificateDesign.objects.update_or_create(programme=programme, defaults=_columns(kept))
        record_audit(by=by, act="design.saved", target=programme or row, detail={"is_new": created})
    return row


def may_design(login: Login, programme: Programme | None) -> bool:
    """Tell whether a login decides how these certificates look."""
    if programme is not None:
        return policy.DESIGN_PROGRAMMES.allows(login, programme)
    return policy.designs_usual(login)


def _columns(design: Design) -> dict[str, object]:
    return {
        "ground": design.ground,
        "shows_score": design.shows_score,
        "title": dict(design.title),
        "subtitle": dict(design.subtitle),
        "funding": dict(design.funding),
        "footer": dict(design.footer),
        "seal_png": design.seal_png,
        "seal_alt": design.seal_alt,
        "signatories": [each.as_row() for each in design.officers],
    }
