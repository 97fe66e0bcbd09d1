"""Facts of certificates for tests of the printed page, a made-up seal, and a signer."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pypdf
from PIL import Image, ImageDraw

from certificates.keys import issuer_keys
from certificates.pdf import CertificateFacts, Language, Look, PdfSigner, Signatory, render_certificate

MOMENT = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
FACTS = CertificateFacts(
    language="en",
    issuer_name="Relais",
    issuer_note="Training centre, fictitious issuer",
    holder_name="Aïssata Traoré",
    holder_name_other="",
    course_title="First response kit",
    lessons_count=7,
    minutes_total=52,
    points="8",
    out_of="10",
    pass_mark_percent=70,
    issued_on=dt.date(2026, 11, 22),
    valid_until=dt.date(2028, 11, 21),
    serial="RLS-NE-2026-004187",
    edition="Niger",
    version="2026.3",
    cohort_name="",
    verify_url="https://relais.example/v/RLS-NE-2026-004187#" + "A1b2C3d4" * 20,
    notice="Demonstration document: no official title.",
)
LONG_NAME = "Marie-Antoinette Razafindrakotomalala Rakotondrabe de Olivier"
# A name as each language writes it, and beside it the same in another script.
NAMES: dict[Language, tuple[str, str]] = {
    "en": ("Aïssata Traoré", "عائشة تراوري"),
    "fr": (LONG_NAME, ""),
    "es": ("José Núñez Ibáñez", ""),
    "pt": ("João Gonçalves", ""),
    "ru": ("Юлия Ковальчук", "Yulia Kovalchuk"),
    "uk": ("Юлія Ґалаґан-Їжакевич", "Yuliia Halahan-Yizhakevych"),
    "ar": ("محمد الأمين ولد الشيخ", "Mohamed Lemine Ould Cheikh"),
}
CREDENTIAL = '{"type": ["VerifiableCredential"], "name": "Aïssata"}'.encode()


def facts_with(**changes: Any) -> CertificateFacts:
    """Return the facts with some of them changed."""
    return replace(FACTS, **changes)


def full_facts(language: Language, ground: Any = "dark") -> CertificateFacts:
    """Return a certificate with everything that a page may hold, a name in the script of its language."""
    name, other = NAMES[language]
    return facts_with(
        language=language,
        holder_name=name,
        holder_name_other=other,
        cohort_name="Niamey, 2026",
        credential=CREDENTIAL,
        look=full_look(ground=ground),
    )


def full_look(**changes: Any) -> Look:
    """Return a look with a seal, signatories and words of its own."""
    usual = Look(
        subtitle="facing trafficking in persons",
        footer="Issued under programme ML-2026.",
        funding="A made-up donor",
        shows_hijri=True,
        seal_png=seal_picture(),
        seal_alt="Two circles",
        signatories=(Signatory("Mariam Koné", "Director"), Signatory("Oumar Diallo", "National coordinator")),
    )
    return replace(usual, **changes)


def seal_picture(side: int = 240, form: str = "PNG", mode: str = "RGBA") -> bytes:
    """Return a picture of two circles."""
    picture = Image.new(mode, (side, side))
    ImageDraw.Draw(picture).ellipse((4, 4, side - 4, side - 4), outline="teal", width=8)
    written = io.BytesIO()
    picture.save(written, form)
    return written.getvalue()


def read_pdf(pdf: bytes) -> Any:
    """Open the file as any reader would."""
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(facts: CertificateFacts, words: Any = None) -> str:
    """Return the page's text on one line, ordinary spaces between words."""
    return " ".join(read_pdf(render_certificate(facts, words)).pages[0].extract_text().split())


def signer() -> PdfSigner:
    """Return what signs with the tests' own keys."""
    keys = issuer_keys()
    return PdfSigner(keys.p256, keys.x509_chain_der)


def signed(facts: CertificateFacts) -> bytes:
    """Return a signed certificate."""
    return signer().sign(render_certificate(facts), MOMENT)
