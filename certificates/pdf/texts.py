"""Texts as the template takes them: cleaned, with a direction, and fonts that draw every letter."""

import re
import unicodedata
from functools import lru_cache

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from certificates.errors import CertificateRenderError, UnprintableTextError
from elearning.lib import typesetting

LATIN_FAMILY = "Noto Sans"  # with Cyrillic and Greek
MONO_FAMILY = "JetBrains Mono"
# Amiri first: text copied out of the PDF stays whole. Noto Sans Arabic draws dots as glyphs of their own, which every
# reader tried (poppler, pdfium, pypdf) gives back out of order; it serves only the letters that Amiri lacks.
ARABIC_FAMILIES = ("Amiri", "Noto Sans Arabic")
JOINERS = "\u200c\u200d"  # Persian and Urdu spelling needs them; they draw nothing
_LINE_BREAKS = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029]+")


def clean_text(text: str) -> str:
    r"""Return one line, composed, without control or invisible formatting characters.

    Bidirectional controls go too: a name with U+202E in it would read as somebody else's.

    >>> clean_text(" Aï\u202essata\n Traoré ")
    'Aïssata Traoré'
    """
    one_line = _LINE_BREAKS.sub(" ", text)
    kept = (c for c in one_line if c in JOINERS or unicodedata.category(c) not in {"Cc", "Cf"})
    return re.sub(" {2,}", " ", unicodedata.normalize("NFC", "".join(kept))).strip()


def typeset(field: str, text: str) -> dict[str, str | bool]:
    """Return a text with its direction and the Arabic family that can draw all of it; raise UnprintableTextError."""
    letters = {c for c in text if c not in JOINERS}
    latin = _characters_of(MONO_FAMILY if field == "serial" else LATIN_FAMILY) | _characters_of(LATIN_FAMILY)
    missing: set[str] = set()
    for family in ARABIC_FAMILIES:
        missing = letters - latin - _characters_of(family)
        if not missing:
            return {"text": text, "rtl": is_right_to_left(text), "arabic": family}
    raise UnprintableTextError(field, sorted(missing))


def is_right_to_left(text: str) -> bool:
    """Say whether the first letter with a direction runs right to left (UAX 9, rule P2)."""
    directions = (unicodedata.bidirectional(c) for c in text)
    return next((d for d in directions if d in {"L", "R", "AL"}), "L") != "L"


@lru_cache
def check_fonts() -> None:
    """Refuse when one of the families can't be read: typst would print an empty page and say nothing."""
    absent = {LATIN_FAMILY, MONO_FAMILY, *ARABIC_FAMILIES} - set(typesetting.fonts().families())
    if absent:
        message = f"no readable font for {sorted(absent)}"
        raise CertificateRenderError(code="certificates.pdf.font_missing", message=message)


@lru_cache
def _characters_of(family: str) -> frozenset[str]:
    """Return what every upright face of the family draws, private use left out: PDF/A level A forbids it."""
    check_fonts()
    coverage: list[set[int]] = []
    for face in typesetting.fonts().fonts():
        if face.family == family and face.style == "normal":
            with TTFont(face.path, lazy=True) as font:
                coverage.append(set(font.getBestCmap()))
    drawn = map(chr, set.intersection(*coverage))
    return frozenset(c for c in drawn if unicodedata.category(c) not in {"Co", "Cn"})
