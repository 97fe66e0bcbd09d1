"""A certificate as facts for the printer, in the language of the award; its credential attached, and signed."""

import datetime as dt
from functools import lru_cache
from typing import Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from certificates.awarded import trainer_award
from certificates.designing.looks import look_of
from certificates.errors import HolderNameMissingError
from certificates.file_names import certificate_file_name, own_script
from certificates.keys import IssuerKeys, issuer_keys
from certificates.models import Award, HolderName
from certificates.pdf import CertificateFacts, Language, Look, PdfSigner, print_language, render_certificate
from elearning.lib.points import points_text


def print_award(award: Award) -> bytes:
    """Return the award's PDF, signed, with its credential attached: the same bytes while nothing about it changes.

    Raise CertificateRenderError, HolderNameMissingError, or IssuerKeysMissingError.
    """
    from certificates.credentials.issuing import credential_json  # noqa: PLC0415  # it asks this module for the name
    from certificates.verification.link import verify_link  # noqa: PLC0415  # the same

    name = name_on(award)
    if name is None:
        raise HolderNameMissingError(award.serial)
    language = print_language(award.language)
    credential, link = credential_json(award), verify_link(award)
    with translation.override(language):
        facts = facts_of(award, name, look_of(award, language), link=link, credential=credential, language=language)
    # Signed as of the day of issue: a moment of today would make every copy another file.
    return _signer(issuer_keys()).sign(render_certificate(facts), award.issued_at.replace(microsecond=0))


def name_on(award: Award) -> HolderName | None:
    """Return the name as awarded; None where it was erased, or is not the one the statement was made for."""
    name = HolderName.objects.filter(pk=award.uuid).first()
    return name if name is not None and name.fits(award) else None


def file_name_of(award: Award) -> str:
    """Return what the PDF is called, in the holder's own script."""
    name = name_on(award)
    return certificate_file_name(own_script(name.full_name, name.full_name_other) if name else "", award.serial)


def facts_of(
    award: Award, name: HolderName, look: Look, *, link: str, credential: bytes, language: Language
) -> CertificateFacts:
    """Return what differs from one certificate to the next; the language must be active."""
    return CertificateFacts(
        language=language,
        issuer_name=settings.ISSUER_NAME,
        issuer_note="",
        holder_name=name.full_name,
        holder_name_other=name.full_name_other,
        course_title=award.title_in(language),
        lessons_count=award.lessons,
        minutes_total=award.minutes,
        points=points_text(award.points_milli),
        out_of=points_text(award.out_of_milli) if award.is_scored else "",
        pass_mark_percent=award.pass_mark_percent,
        issued_on=award.issued_at.astimezone(dt.UTC).date(),
        valid_until=award.valid_until,
        serial=award.serial,
        edition="" if award.edition == "international" else award.edition,
        version=award.source_version,
        cohort_name=award.cohort.name if award.cohort else "",
        verify_url=link,
        notice=str(settings.SITE_NOTICE),
        role=role_of(award),
        look=look,
        credential=credential,
    )


def role_of(award: Award) -> Literal["learner", "trainer"]:
    """Return whether it attests what somebody learned, or that somebody may train."""
    programme = award.programme_uuid
    return "trainer" if programme and award.award_uuid == trainer_award(programme) else "learner"


def edition_name(edition: str) -> str:
    """Return the edition in the active language; a national edition has its own name."""
    return gettext("International") if edition == "international" else edition


@lru_cache(maxsize=2)
def _signer(keys: IssuerKeys) -> PdfSigner:
    """Return what signs with these keys: reading a chain of certificates costs more than a signature."""
    return PdfSigner(keys.p256, keys.x509_chain_der)
