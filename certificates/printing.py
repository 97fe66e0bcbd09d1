"""A certificate as facts and words for the printer, in the language of the award."""

import datetime as dt
from typing import Literal

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from certificates.errors import HolderNameMissingError
from certificates.models import Award, HolderName
from certificates.pdf import CertificateFacts, CertificateLabels, render_certificate
from elearning.lib.points import points_text

PrintLanguage = Literal["en", "fr"]


def print_award(award: Award) -> bytes:
    """Return the award's PDF; raise CertificateRenderError, or HolderNameMissingError."""
    name = name_on(award)
    if name is None:
        raise HolderNameMissingError(award.serial)
    language: PrintLanguage = "fr" if award.language.startswith("fr") else "en"
    with translation.override(language):
        return render_certificate(facts_of(award, name, language), labels_of(award))


def name_on(award: Award) -> HolderName | None:
    """Return the name as awarded; None where it was erased, or is not the one the statement was made for."""
    name = HolderName.objects.filter(pk=award.uuid).first()
    return name if name is not None and name.fits(award) else None


def facts_of(award: Award, name: HolderName, language: PrintLanguage) -> CertificateFacts:
    """Return what differs from one certificate to the next."""
    return CertificateFacts(
        language=language,
        issuer_name=settings.ISSUER_NAME,
        issuer_note="",
        holder_name=name.full_name,
        holder_name_other=name.full_name_other,
        course_title=award.title_in(language),
        course_subtitle="",
        lessons_count=award.lessons,
        minutes_total=award.minutes,
        points=award.points_milli // 1000,
        out_of=award.out_of_milli // 1000,
        pass_mark_percent=award.pass_mark_percent,
        issued_on=award.issued_at.astimezone(dt.UTC).date(),
        valid_until=award.valid_until,
        serial=award.serial,
        edition=edition_name(award.edition),
        version=award.source_version,
        cohort_name=award.cohort.name if award.cohort else "",
        verify_url=verify_url(award),
    )


def labels_of(award: Award) -> CertificateLabels:
    """Return the fixed words in the active language."""
    return CertificateLabels(
        document_title=gettext("Certificate %(serial)s, %(holder_name)s"),
        title=gettext("Certificate of completion"),
        completed=gettext("has followed and passed the course"),
        course_step=gettext("Course completed"),
        lessons=ngettext("%(count)s lesson", "%(count)s lessons", award.lessons),
        minutes=ngettext("%(count)s minute", "%(count)s minutes", award.minutes),
        test_step=gettext("Final test passed"),
        score=_score(award),
        issued_step=gettext("Certificate issued"),
        serial=gettext("Number"),
        valid_until=gettext("Valid until"),
        no_expiry=gettext("No end date"),
        edition=gettext("Edition"),
        edition_version=gettext("%(edition)s, version %(version)s"),
        cohort=gettext("Cohort"),
        verify_caption=gettext("Check this certificate: scan the code, or enter the number on the site."),
        qr_alt=gettext("QR code: address of the page that checks this certificate"),
        footnote=str(settings.SITE_NOTICE),
    )


def edition_name(edition: str) -> str:
    """Return the edition in the active language; a national edition has its own name."""
    return gettext("International") if edition == "international" else edition


def verify_url(award: Award) -> str:
    """Return the address on the code: the site's own, never the host of the request that asked for the PDF."""
    base: str = settings.WAGTAILADMIN_BASE_URL
    return base.rstrip("/") + reverse("certificates:verify", args=[award.serial])


def _score(award: Award) -> str:
    """Return the score filled in here, because half points are not whole numbers; the printer fills in the rest."""
    values = {
        "points": points_text(award.points_milli),
        "out_of": points_text(award.out_of_milli),
        "pass_mark_percent": award.pass_mark_percent,
    }
    filled = gettext("%(points)s out of %(out_of)s, pass mark %(pass_mark_percent)s%%") % values
    return filled.replace("%", "%%")
