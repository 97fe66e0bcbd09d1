"""Print one certificate as a PDF/A-3a and PDF/UA-1 file, from plain facts.

An archive keeps this file for decades and a screen reader reads it aloud, so nothing is left to chance: own fonts only,
no warning tolerated, no character without a glyph, and the same bytes for the same facts (a signature can be redone).
"""

import base64
import json
import re
from pathlib import Path
from typing import Any, Literal

from certificates.errors import CertificateRenderError
from certificates.pdf.days import hijri_date, long_date
from certificates.pdf.facts import CertificateFacts
from certificates.pdf.qr import qr_svg
from certificates.pdf.texts import JOINERS, check_fonts, clean_text, typeset
from certificates.pdf.wording import RIGHT_TO_LEFT, Words, fill, words_of
from elearning.lib.typesetting import TypesettingError, typeset_pdf, typeset_png

TEMPLATE = Path(__file__).parents[1] / "typst" / "certificate.typ"
CREDENTIAL_FILE = "credential.json"
SIGNATORIES_MAX = 3
_NEVER_BLANK = ("issuer_name", "holder_name", "course_title", "serial", "title")
_OVERFLOW = re.compile(r"relais-overflow (\w+)")


def render_certificate(facts: CertificateFacts, words: Words | None = None) -> bytes:
    """Return the PDF, not signed yet; raise CertificateRenderError rather than give a doubtful one."""
    inputs = _inputs(facts, words or words_of(facts.language))
    try:
        pdf = typeset_pdf(TEMPLATE, inputs, facts.issued_on)
    except TypesettingError as error:
        raise _render_error(error) from error
    # typst ends the file at %%EOF without a newline; a signature appended later would then break PDF/A (6.1.9-1).
    return pdf if pdf.endswith(b"\n") else pdf + b"\n"


def render_preview(facts: CertificateFacts, words: Words | None = None, *, ppi: int = 96) -> bytes:
    """Return the same page as a PNG picture."""
    try:
        return typeset_png(TEMPLATE, _inputs(facts, words or words_of(facts.language)), facts.issued_on, ppi=ppi)
    except TypesettingError as error:
        raise _render_error(error) from error


def _inputs(facts: CertificateFacts, words: Words) -> dict[str, str]:
    check_fonts()
    return {
        "certificate": json.dumps(_template_data(facts, words)),
        "credential": facts.credential.decode(),
    }


def _template_data(facts: CertificateFacts, words: Words) -> dict[str, Any]:
    """Return what the template reads, every visible text checked against the fonts."""
    texts = {field: clean_text(text) for field, text in _visible_texts(facts, words).items()}
    for field in _NEVER_BLANK:
        if not texts[field].strip(JOINERS):
            raise CertificateRenderError(code="certificates.pdf.empty_text", message=f"{field} is blank")
    named = {"serial": texts["serial"], "holder_name": texts["holder_name"]}
    return {
        "language": facts.language,
        "rtl": facts.language in RIGHT_TO_LEFT,
        "ground": facts.look.ground,
        "texts": {field: typeset(field, text) for field, text in texts.items()},
        "document": {
            "title": clean_text(fill("document_title", words.document_title, named)),
            "author": texts["issuer_name"],
            "keywords": [texts["title"], texts["course_title"], texts["serial"]],
            "description": f"{texts['holder_name']} {texts['completed']} {texts['course_title']}",
        },
        "verify_url": facts.verify_url,
        "qr_svg": qr_svg(facts.verify_url),
        "qr_alt": clean_text(words.qr_alt),
        "seal_svg": _seal_svg(facts.look.seal_png),
        "seal_alt": clean_text(facts.look.seal_alt) or words.seal_alt,
        "signatories": len(facts.look.signatories[:SIGNATORIES_MAX]),
        "credential": {"name": CREDENTIAL_FILE, "description": words.credential} if facts.credential else None,
    }


def _visible_texts(facts: CertificateFacts, words: Words) -> dict[str, str]:
    """Return each text by the name that the template knows it by."""
    look, is_trainer = facts.look, facts.role == "trainer"
    return {
        "issuer_name": facts.issuer_name,
        "issuer_note": facts.issuer_note,
        "funding_label": words.funding,
        "funding": look.funding,
        "title": look.title or (words.trainer_title if is_trainer else words.title),
        "holder_name": facts.holder_name,
        "holder_name_other": facts.holder_name_other,
        "completed": words.trainer_completed if is_trainer else words.completed,
        "course_title": facts.course_title,
        "course_subtitle": look.subtitle,
        "hours": facts.hours_text,
        **_steps(facts, words),
        **_small_print(facts, words),
        **_signatory_texts(look.signatories[:SIGNATORIES_MAX]),
    }


def _steps(facts: CertificateFacts, words: Words) -> dict[str, str]:
    """Return the relay line: learned, tested, attested."""
    look = facts.look
    is_scored = look.shows_score and bool(facts.out_of)
    score = {"points": facts.points, "out_of": facts.out_of, "pass_mark_percent": facts.pass_mark_percent}
    counts: tuple[tuple[Literal["lessons", "minutes"], int], ...] = (
        ("lessons", facts.lessons_count),
        ("minutes", facts.minutes_total),
    )
    comma = "، " if facts.language == "ar" else ", "
    return {
        "course_step": words.trained_step if facts.role == "trainer" else words.course_step,
        "extent": comma.join(words.counted(field, count) for field, count in counts if count),
        "test_step": words.test_step if facts.out_of else words.conditions_step,
        "score": fill("score", words.score, score) if is_scored else "",
        "issued_step": words.issued_step,
        "issued_on": long_date(facts.issued_on, facts.language),
        "issued_on_hijri": hijri_date(facts.issued_on, words) if look.shows_hijri else "",
    }


def _small_print(facts: CertificateFacts, words: Words) -> dict[str, str]:
    until = facts.valid_until
    edition = {"edition": facts.edition or words.international, "version": facts.version}
    footnote = " ".join(each for each in (facts.look.footer, facts.notice) if each)
    return {
        "serial_label": words.serial,
        "serial": facts.serial,
        "valid_until_label": words.valid_until,
        "valid_until": long_date(until, facts.language) if until else words.no_expiry,
        "valid_until_hijri": hijri_date(until, words) if until and facts.look.shows_hijri else "",
        "edition_label": words.edition,
        "edition": fill("edition_version", words.edition_version, edition) if facts.version else edition["edition"],
        "cohort_label": words.cohort,
        "cohort_name": facts.cohort_name,
        "footnote": footnote,
        "verify_caption": words.verify_caption,
    }


def _signatory_texts(signatories: Any) -> dict[str, str]:
    return {f"signatory_{part}_{n}": getattr(each, part) for n, each in enumerate(signatories) for part in _PARTS}


_PARTS = ("name", "office")


def _seal_svg(png: bytes) -> str:
    """Return the seal wrapped as SVG: the template takes texts only, and no file is written."""
    if not png:
        return ""
    href = base64.b64encode(png).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<image width="100" height="100" href="data:image/png;base64,{href}"/></svg>'
    )


def _render_error(error: TypesettingError) -> CertificateRenderError:
    """Tell a text that is too long for its place from any other failure."""
    overflow = _OVERFLOW.search(str(error))
    if overflow:
        return CertificateRenderError("certificates.pdf.text_too_long", f"{overflow[1]} does not fit the page")
    return CertificateRenderError(error.code.replace("typesetting.", "certificates.pdf."), str(error))
