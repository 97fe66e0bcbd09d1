"""Which letters our fonts draw: a letter without a glyph must not stop a page, nor vanish from it unsaid."""

import re
import unicodedata
from functools import lru_cache

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from elearning.lib import typesetting

# The last one draws arrows and signs of mathematics.
TEXT_FAMILIES = ("Noto Sans", "Amiri", "Noto Sans Arabic", "JetBrains Mono")
JOINERS = "\u200c\u200d"  # Persian and Urdu spelling needs them; they draw nothing
_STANDS_FOR_A_LETTER = "?"
_SPACES = re.compile("[\t\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def printable(text: str) -> str:
    r"""Return the text composed, without control characters; a letter that no font draws becomes a question mark.

    Line feeds stay. Bidirectional controls go: they could make a text read as another one.

    >>> printable("Aï\u202ea 🚓")
    'Aïa ?'
    """
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    drawn = drawn_letters()
    return "".join(_letter(each, drawn) for each in composed)


def _letter(each: str, drawn: frozenset[str]) -> str:
    if each in JOINERS or each == "\n":
        return each
    if unicodedata.category(each) in {"Cc", "Cf"}:
        return ""
    return each if each in drawn else _STANDS_FOR_A_LETTER


@lru_cache
def drawn_letters(families: tuple[str, ...] = TEXT_FAMILIES) -> frozenset[str]:
    """Return what some family draws in its upright faces, private use left out: PDF/A level A forbids it."""
    found: set[int] = set()
    for face in typesetting.fonts().fonts():
        if face.family in families and face.style == "normal":
            with TTFont(face.path, lazy=True) as font:
                found |= set(font.getBestCmap())
    return frozenset(c for c in map(chr, found) if unicodedata.category(c) not in {"Co", "Cn", "Cs"})
