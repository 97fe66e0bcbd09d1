"""A made-up award, so that a design can be seen before anybody has earned anything."""

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from certificates.designing.values import Design
from certificates.errors import CertificateRenderError, DesignUnprintableError
from certificates.pdf import CertificateFacts, Language, print_language, render_preview

# Nobody's name, in the letters that each language is written in. What is shown beside it tries the other script.
_HOLDERS: dict[Language, tuple[str, str]] = {
    "en": ("Aïssata Traoré", "عائشة تراوري"),
    "fr": ("Aïssata Traoré", "عائشة تراوري"),
    "es": ("María Núñez Ibáñez", ""),
    "pt": ("João Gonçalves", ""),
    "ru": ("Юлия Ковальчук", "Yulia Kovalchuk"),
    "uk": ("Юлія Ковальчук", "Yuliia Kovalchuk"),
    "ar": ("عائشة تراوري", "Aïssata Traoré"),
}
_PLACEHOLDER = "SPECIMEN" * 30


def sample_facts(design: Design, language: Language, day: dt.date, *, shows_hijri: bool) -> CertificateFacts:
    """Return a certificate that nobody earned. Its code leads to the page that checks, which knows no such award."""
    name, other = _HOLDERS[language]
    base: str = settings.WAGTAILADMIN_BASE_URL
    with translation.override(print_language(language)):
        return CertificateFacts(
            language=language,
            issuer_name=settings.ISSUER_NAME,
            issuer_note="",
            holder_name=name,
            holder_name_other=other,
            course_title=gettext("Name of the course"),
            lessons_count=7,
            minutes_total=52,
            points="9",
            out_of="10",
            pass_mark_percent=70,
            issued_on=day,
            valid_until=day + dt.timedelta(days=730),
            serial="RLS-XX-0000-SPECIMEN",
            edition="",
            version="0.0",
            cohort_name=gettext("Name of the cohort"),
            verify_url=f"{base.rstrip('/')}/verify/#{_PLACEHOLDER}",
            notice=str(settings.SITE_NOTICE),
            look=design.look(language, day, shows_hijri=shows_hijri),
        )


def sample_picture(
    design: Design, language: Language, day: dt.date, *, shows_hijri: bool = False, ppi: int = 96
) -> bytes:
    """Return the sample as a PNG; raise DesignUnprintableError."""
    try:
        return render_preview(sample_facts(design, language, day, shows_hijri=shows_hijri), ppi=ppi)
    except CertificateRenderError as error:
        raise DesignUnprintableError(error) from error
