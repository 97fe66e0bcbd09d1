"""What an author typed, as plain text: no markup, no characters that cannot be seen."""

import html
import unicodedata

import bleach
import nh3

# Left-to-right and right-to-left marks stay: Arabic and Hebrew need them. Overrides and embeddings
# can make a text read otherwise than it is stored; an unclosed one swallows the rest of the page.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain_text(typed: str) -> str:
    r"""Return the text without tags and control characters; a lone '<' is a sign, not a tag.

    >>> plain_text("  <b>Age</b> < 18?\u202e ")
    'Age < 18?'
    >>> plain_text("Un\r\n\r\ndeux")
    'Un\n\ndeux'
    """
    text = _without_tags(typed.replace("\r\n", "\n").replace("\r", "\n"))
    visible = "".join(each for each in text if _is_visible(each))
    return unicodedata.normalize("NFC", visible).strip()


def _is_visible(character: str) -> bool:
    if character in "\n\t":
        return True
    return character not in _BIDI_CONTROLS and unicodedata.category(character) != "Cc"


def _without_tags(text: str) -> str:
    """Strip until two parsers agree that there is nothing left: an entity may hide a tag."""
    while nh3.is_html(text):
        stripped = html.unescape(bleach.clean(nh3.clean(text, tags=set()), tags=set(), strip=True))
        if stripped == text:
            return text.replace("<", "")
        text = stripped
    return text
