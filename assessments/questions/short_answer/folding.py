"""How two ways to write the same words become one text. Pure; short-answer-folding.js does exactly the same.

Built from what Python and JavaScript share: NFKD and NFC, and the upper and lower case of one character at
a time. Everything else is in the tables here by code point and by block, so that neither side asks its own
version of Unicode what a mark or a space is.

1. NFKD takes letters apart: ligatures, full-width letters and the presentation forms of Arabic become letters.
2. Marks that are seldom typed always go: Arabic vowel signs, hamza and madda above or below a letter, tatweel,
   Hebrew points, marks of direction, soft hyphens. Marks of other scripts that carry vowels (Hindi, Thai) stay.
3. The accents of Latin, Greek and Cyrillic letters go, unless accents count; so do the bar of ø and the like.
4. Case goes, unless it counts: a letter becomes the lower case of its upper case, so that ß and ẞ are ss, and the
   final sigma a sigma. Turkish is not special: the dotless i is an i.
5. Arabic letters that keyboards exchange become one; so do apostrophes, dashes, quotation marks, digits and
   white space.
6. Quotation marks around the whole, and white space, full stops, commas and question marks at its end, go.
"""

import re
from functools import lru_cache
from unicodedata import normalize

from assessments.questions.spaces import SPACES


def _each(points: str, becomes: str = "") -> dict[int, str]:
    """Return a table for characters given as code points, and ranges of them, in hexadecimal."""
    table: dict[int, str] = {}
    for each in points.split():
        first, _dash, last = each.partition("-")
        table.update(dict.fromkeys(range(int(first, 16), int(last or first, 16) + 1), becomes))
    return table


_SELDOM_TYPED = _each(
    "AD 34F 591-5BD 5BF 5C1-5C2 5C4-5C5 5C7 610-61A 61C 640 64B-65F 670 6D6-6DC 6DF-6E4 6E7-6E8 6EA-6ED"
    " 8D3-8E1 8E3-8FF 180B-180E 200B-200F 202A-202E 2060-2064 2066-206F FE00-FE0F FEFF"
)
_ACCENTS = _each("300-34E 350-36F 483-487 1AB0-1AFF 1DC0-1DFF 20D0-20FF FE20-FE2F")
# What NFKD does not take apart, in lower and in upper case.
_BARRED = {
    ord(letter): plain
    for letters, plain in (
        ("æ", "ae"), ("Æ", "AE"), ("œ", "oe"), ("Œ", "OE"), ("ø", "o"), ("Ø", "O"), ("ł", "l"), ("Ł", "L"),
        ("đð", "d"), ("ĐÐ", "D"), ("ħ", "h"), ("Ħ", "H"), ("ŧ", "t"), ("Ŧ", "T"), ("ı", "i"),
    )
    for letter in letters
}  # fmt: skip
_LETTERS = (
    _each("622 623 625 671-673 675", "\u0627")  # alef
    | _each("649 6CC 6CE 6D0-6D2", "\u064a")  # yeh, as written in Egypt, Iran and Afghanistan
    | _each("6A9 6AA", "\u0643")  # kaf
    | _each("629 6BE 6C0-6C3 6D5", "\u0647")  # heh, and teh marbuta that is written as one
    | _each("60C", ",")
    | _each("61B", ";")
    | _each("61F", "?")
    | _each("27 60 B4 2B9 2BB-2BD 2CA-2CB 2018-201B 2032 2035 55A 5F3", "'")
    | _each("22 AB BB 2033 2036 201C-201F 2039-203A 5F4 300C-300F", '"')
    | _each("2D 2010-2015 2212 2043 58A 5BE 30FB", "-")
    | {zero + value: str(value) for zero in (0x660, 0x6F0) for value in range(10)}
)
_SPACE = re.compile(f"[{SPACES}]+")
_AT_THE_START = " \"'"
_AT_THE_END = " \"'.,;:!?"


def fold(text: str, *, case: bool = False, accents: bool = False) -> str:
    """Return a text in the form in which answers are compared; with `case` or `accents` those still count.

    >>> fold("  « L’Œuvre — Été… » "), fold("الأُولى"), fold("ÉTÉ", accents=True)
    ("l'oeuvre - ete", 'الاولي', 'été')
    """
    text = normalize("NFKD", text).translate(_SELDOM_TYPED)
    if not accents:
        text = text.translate(_ACCENTS).translate(_BARRED)
    if not case:
        text = "".join(_lower(letter) for letter in text)
    text = normalize("NFC", text.translate(_LETTERS))
    return _SPACE.sub(" ", text).lstrip(_AT_THE_START).rstrip(_AT_THE_END)


@lru_cache(maxsize=4096)
def _lower(letter: str) -> str:
    return letter.lower().upper().lower()
