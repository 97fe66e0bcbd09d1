"""The link on a certificate: the page that checks it, and behind the # what it needs for that.

A browser sends nothing behind the # to the site: who checks which certificate stays with the one who checks.
"""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from certificates.credentials.status import status_index
from certificates.errors import HolderNameMissingError
from certificates.keys import issuer_keys
from certificates.models import Award, HolderName
from certificates.verification.fitting import fitted
from certificates.verification.signatures import lower
from certificates.verification.summary import Summary, body_of, fragment_of, signed_part


def verify_link(award: Award) -> str:
    """Return the link that a certificate's QR code holds, the same each time under the same keys.

    Two queries, and those of status_index. Raise HolderNameMissingError, SummaryUnreadableError.
    """
    return f"{verify_address(award.language)}#{award_fragment(award)}"


def verify_address(language: str) -> str:
    """Return the page's address: the site's own, never the host of a request."""
    base: str = settings.WAGTAILADMIN_BASE_URL
    known = dict(settings.LANGUAGES)
    with translation.override(language if language in known else settings.LANGUAGE_CODE):
        return base.rstrip("/") + reverse("certificates:verify")


def award_fragment(award: Award) -> str:
    """Return the signed summary of an award as text."""
    keys = issuer_keys()
    body = body_of(fitted(_summary(award, keys.delegation)))
    return fragment_of(body, lower(keys.sign_raw(signed_part(body))))


def _summary(award: Award, delegation: bytes) -> Summary:
    name = HolderName.objects.filter(pk=award.uuid).first()
    if name is None or not name.fits(award):
        raise HolderNameMissingError(award.serial)
    list_number, list_index = status_index(award)
    language = award.language.partition("-")[0]
    return Summary(
        serial=award.serial,
        version=award.version,
        language=language,
        issued_on=award.issued_at.astimezone(dt.UTC).date(),
        valid_until=award.valid_until,
        list_number=list_number,
        list_index=list_index,
        name=name.full_name,
        name_other=name.full_name_other,
        title=award.title_in(language),
        issuer=settings.ISSUER_NAME,
        delegation=delegation,
    )
