"""Print one certificate as a PDF/A-3a and PDF/UA-1 file, from plain facts.

An archive keeps this file for decades and a screen reader reads it aloud, so nothing is left to chance: own fonts only,
no warning tolerated, no character without a glyph, and the same bytes for the same facts (a signature can be redone).
"""

import datetime as dt
import json
import os
import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from babel.dates import format_date
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from certificates.errors import CertificateRenderError, UnprintableTextError

TEMPLATE = Path(__file__).parent / "typst" / "certificate.typ"
FONT_PACKAGES = ("fontpkg_noto_sans", "fontpkg_amiri", "fontpkg_noto_sans_arabic", "fontpkg_jetbrains_mono")
DATE_LOCALES = {"en": "en_GB", "fr": "fr"}  # the day first in both
LATIN_FAMILY = "Noto Sans"  # with Cyrillic and Greek
MONO_FAMILY = "JetBrains Mono"
# Amiri first: text copied out of the PDF stays whole. Noto Sans Arabic draws dots as glyphs of their own, which every
# reader tried (poppler, pdfium, pypdf) gives back out of order; it serves only the letters that Amiri lacks.
ARABIC_FAMILIES = ("Amiri", "Noto Sans Arabic")

QR_QUIET_ZONE_MODULES = 4  # ISO/IEC 18004
QR_MAX_MODULES = 101  # with the quiet zone: on the 39 mm the template gives it, 0.39 mm a module, for cheap cameras
OVERFLOW = re.compile(r"relais-overflow (\w+)")
JOINERS = "\u200c\u200d"  # Persian and Urdu spelling needs them; they draw nothing
LINE_BREAKS = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One certificate as awarded: what differs from one to the next."""

    language: Literal["en", "fr"]
    issuer_name: str
    issuer_note: str  # may be empty
    holder_name: str
    holder_name_other: str  # the same name in another script, or empty
    course_title: str
    course_subtitle: str  # may be empty
    lessons_count: int
    minutes_total: int
    points: int
    out_of: int
    pass_mark_percent: int
    issued_on: dt.date
    valid_until: dt.date | None
    serial: str
    edition: str
    version: str
    cohort_name: str  # may be empty
    verify_url: str
    hours_text: str = ""  # what an authority counts it for, such as "counts as 1 hour of in-service training"


@dataclass(frozen=True, slots=True)
class CertificateLabels:
    """The fixed words, already translated; those with %(names)s are filled here.

    The caller chooses plurals: `lessons` and `minutes` come from ngettext with the counts of the facts.
    """

    document_title: str  # %(serial)s, %(holder_name)s
    title: str
    completed: str
    course_step: str
    lessons: str  # %(count)s
    minutes: str  # %(count)s
    test_step: str
    score: str  # %(points)s, %(out_of)s, %(pass_mark_percent)s
    issued_step: str
    serial: str
    valid_until: str
    no_expiry: str
    edition: str
    edition_version: str  # %(edition)s, %(version)s
    cohort: str
    verify_caption: str
    qr_alt: str
    footnote: str  # may be empty


def render_certificate(facts: CertificateFacts, labels: CertificateLabels) -> bytes:
    """Return the PDF; raise CertificateRenderError rather than give a doubtful one."""
    pdf = _compile(_template_data(facts, labels), facts.issued_on, "pdf")
    # typst ends the file at %%EOF without a newline; a signature appended later would then break PDF/A (6.1.9-1).
    return pdf if pdf.endswith(b"\n") else pdf + b"\n"


def render_preview(facts: CertificateFacts, labels: CertificateLabels, *, ppi: int = 96) -> bytes:
    """Return the same page as a PNG picture."""
    return _compile(_template_data(facts, labels), facts.issued_on, "png", ppi=ppi)


def clean_text(text: str) -> str:
    r"""Return one line, composed, without control or invisible formatting characters.

    Bidirectional controls go too: a name with U+202E in it would read as somebody else's.

    >>> clean_text(" Aï\u202essata\n Traoré ")
    'Aïssata Traoré'
    """
    one_line = LINE_BREAKS.sub(" ", text)
    kept = (c for c in one_line if c in JOINERS or unicodedata.category(c) not in {"Cc", "Cf"})
    return re.sub(" {2,}", " ", unicodedata.normalize("NFC", "".join(kept))).strip()


def _template_data(facts: CertificateFacts, labels: CertificateLabels) -> dict[str, Any]:
    """Return what the template reads, every visible text checked against the fonts."""
    texts = {field: clean_text(text) for field, text in _visible_texts(facts, labels).items()}
    for field in ("issuer_name", "holder_name", "course_title", "serial", "title"):
        if not texts[field].strip(JOINERS):
            raise CertificateRenderError(code="certificates.pdf.empty_text", message=f"{field} is blank")
    named = {"serial": texts["serial"], "holder_name": texts["holder_name"]}
    return {
        "language": facts.language,
        "texts": {field: _typeset(field, text) for field, text in texts.items()},
        "document": {
            "title": clean_text(_fill("document_title", labels.document_title, named)),
            "author": texts["issuer_name"],
            "keywords": [texts["title"], texts["course_title"], texts["serial"]],
            "description": f"{texts['holder_name']} {texts['completed']} {texts['course_title']}",
        },
        "verify_url": facts.verify_url,
        "qr_svg": _qr_svg(facts.verify_url),
        "qr_alt": clean_text(labels.qr_alt),
    }


def _visible_texts(facts: CertificateFacts, labels: CertificateLabels) -> dict[str, str]:
    """Return each text by the name that the template knows it by."""
    values: Mapping[str, object] = asdict(facts)
    lessons = _fill("lessons", labels.lessons, {"count": facts.lessons_count})
    minutes = _fill("minutes", labels.minutes, {"count": facts.minutes_total})
    term = _long_date(facts.valid_until, facts.language) if facts.valid_until else labels.no_expiry
    return {
        "issuer_name": facts.issuer_name,
        "issuer_note": facts.issuer_note,
        "title": labels.title,
        "holder_name": facts.holder_name,
        "holder_name_other": facts.holder_name_other,
        "completed": labels.completed,
        "course_title": facts.course_title,
        "course_subtitle": facts.course_subtitle,
        "course_step": labels.course_step,
        "extent": f"{lessons}, {minutes}",
        "hours": facts.hours_text,
        "test_step": labels.test_step,
        "score": _fill("score", labels.score, values),
        "issued_step": labels.issued_step,
        "issued_on": _long_date(facts.issued_on, facts.language),
        "serial_label": labels.serial,
        "serial": facts.serial,
        "valid_until_label": labels.valid_until,
        "valid_until": term,
        "edition_label": labels.edition,
        "edition": _fill("edition_version", labels.edition_version, values),
        "cohort_label": labels.cohort,
        "cohort_name": facts.cohort_name,
        "footnote": labels.footnote,
        "verify_caption": labels.verify_caption,
    }


def _fill(field: str, template: str, values: Mapping[str, object]) -> str:
    """Return the label with its names filled in; a translator's slip is a typed error."""
    try:
        return template % values
    except (KeyError, TypeError, ValueError) as error:
        names = ", ".join(sorted(values))
        message = f"label {field} is {template!r}; it may name {names} ({error})"
        raise CertificateRenderError(code="certificates.pdf.label_placeholder", message=message) from error


def _long_date(day: dt.date, language: Literal["en", "fr"]) -> str:
    """Return the date in words, its spaces unbreakable; French writes the first as an ordinal."""
    text = format_date(day, "long", locale=DATE_LOCALES[language])
    if language == "fr" and day.day == 1:
        text = text.replace("1 ", "1er ", 1)
    return text.replace(" ", "\u00a0")


def _typeset(field: str, text: str) -> dict[str, str | bool]:
    """Return a text with its direction and the Arabic family that can draw all of it."""
    letters = {c for c in text if c not in JOINERS}
    latin = _characters_of(MONO_FAMILY if field == "serial" else LATIN_FAMILY) | _characters_of(LATIN_FAMILY)
    missing: set[str] = set()
    for family in ARABIC_FAMILIES:
        missing = letters - latin - _characters_of(family)
        if not missing:
            return {"text": text, "rtl": _is_right_to_left(text), "arabic": family}
    raise UnprintableTextError(field, sorted(missing))


def _is_right_to_left(text: str) -> bool:
    """Say whether the first letter with a direction runs right to left (UAX 9, rule P2)."""
    directions = (unicodedata.bidirectional(c) for c in text)
    return next((d for d in directions if d in {"L", "R", "AL"}), "L") != "L"


def _qr_svg(url: str) -> str:
    """Return the QR code of the URL as one SVG path: one filled shape has no hairlines between its modules."""
    if not url.startswith(("https://", "http://")):
        raise CertificateRenderError(
            code="certificates.pdf.qr", message=f"verify_url is {url!r}; it must be an http(s) address"
        )
    try:
        qr = segno.make_qr(url, error="m")
    except (segno.DataOverflowError, ValueError) as error:
        raise CertificateRenderError(
            code="certificates.pdf.qr", message=f"verify_url is {len(url)} characters: {error}"
        ) from error
    rows = [bytes(row) for row in qr.matrix_iter(border=QR_QUIET_ZONE_MODULES)]
    if len(rows) > QR_MAX_MODULES:
        message = f"verify_url needs {len(rows)} modules a side; at most {QR_MAX_MODULES} print large enough to be read"
        raise CertificateRenderError(code="certificates.pdf.qr_too_dense", message=message)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}">'
        f'<path fill="#0b3b46" d="{"".join(_runs(rows))}"/></svg>'
    )


def _runs(rows: Iterable[bytes]) -> Iterable[str]:
    """Yield each row's dark stretches as closed rectangles."""
    for y, row in enumerate(rows):
        for dark in re.finditer(b"\x01+", row):
            width = dark.end() - dark.start()
            yield f"M{dark.start()} {y}h{width}v1h-{width}z"


@lru_cache
def _fonts() -> typst.Fonts:
    """Return our fonts and no others; refuse when one of the families can't be read."""
    folders = [str(resources.files(package) / "files") for package in FONT_PACKAGES]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
    absent = {LATIN_FAMILY, MONO_FAMILY, *ARABIC_FAMILIES} - set(fonts.families())
    if absent:
        raise CertificateRenderError(
            code="certificates.pdf.font_missing", message=f"no readable font for {sorted(absent)}"
        )
    return fonts


@lru_cache
def _characters_of(family: str) -> frozenset[str]:
    """Return what every upright face of the family draws, private use left out: PDF/A level A forbids it."""
    coverage: list[set[int]] = []
    for face in _fonts().fonts():
        if face.family == family and face.style == "normal":
            with TTFont(face.path, lazy=True) as font:
                coverage.append(set(font.getBestCmap()))
    drawn = map(chr, set.intersection(*coverage))
    return frozenset(c for c in drawn if unicodedata.category(c) not in {"Co", "Cn"})


_compiler_lock = threading.Lock()


@lru_cache
def _compiler() -> tuple[int, typst.Compiler]:
    """Return the process's compiler, kept because reading the fonts costs more than printing, and who made it."""
    return os.getpid(), typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), ignore_system_fonts=True)


def _compile(data: dict[str, Any], issued_on: dt.date, output: Literal["pdf", "png"], ppi: int = 96) -> bytes:
    """Return the one page that typst makes of the data; a warning is an error."""
    # Noon, so that a reader anywhere shows the day the certificate bears.
    timestamp = dt.datetime.combine(issued_on, dt.time(12), dt.UTC)
    made_by, compiler = _compiler()
    if made_by != os.getpid():
        # typst's threads do not survive a fork: the child would wait for them for ever.
        message = f"process {made_by} printed, then forked this one; print only after the server's workers have started"
        raise CertificateRenderError(code="certificates.pdf.forked", message=message)
    with _compiler_lock:
        try:
            made, warnings = compiler.compile_with_warnings(
                format=output,
                ppi=ppi,
                sys_inputs={"certificate": json.dumps(data)},
                pdf_standards=["a-3a", "ua-1"] if output == "pdf" else [],
                timestamp=timestamp,
            )
        except (typst.TypstError, RuntimeError) as error:
            raise _render_error(error) from error
    if warnings:
        message = "; ".join(warning.message for warning in warnings)
        raise CertificateRenderError(code="certificates.pdf.warning", message=message)
    if not isinstance(made, bytes) or not made:
        raise CertificateRenderError(
            code="certificates.pdf.pages", message=f"expected one page, got {type(made).__name__}"
        )
    return made


def _render_error(error: Exception) -> CertificateRenderError:
    """Tell a text that is too long for its place from any other failure."""
    overflow = OVERFLOW.search(str(error))
    if overflow:
        return CertificateRenderError(
            code="certificates.pdf.text_too_long", message=f"{overflow[1]} does not fit the page"
        )
    return CertificateRenderError("certificates.pdf.compile", str(error))
