"""Rich text as it is compared: what a pack writes and what Wagtail's editor makes of it are one text. Pure."""

import re
from html import unescape

_TAGS = re.compile(r"</?[a-z]")
_SAME_TAGS = ((re.compile(r"<(/?)strong\b"), r"<\1b"), (re.compile(r"<(/?)em\b"), r"<\1i"))
_EDITORS_KEY = re.compile(r' data-block-key="[^"]*"')
_BLOCK = re.compile(r"\s*(</?(?:p|ul|ol|li|h[1-6]|br)\b[^>]*>)\s*")
_SPACES = re.compile(r"[ \t\r\n]+")


def plain_form(text: str) -> str:
    """Return a text in the form in which it is compared; one without tags stays as it is.

    >>> plain_form('<p data-block-key="a1"><b>Ask</b> her</p>') == plain_form("<p><strong>Ask</strong>  her</p> ")
    True
    """
    if not _TAGS.search(text):
        return text
    found = _EDITORS_KEY.sub("", text)
    for tag, same in _SAME_TAGS:
        found = tag.sub(same, found)
    found = _BLOCK.sub(r"\1", found).replace("<br/>", "<br>").replace("<br />", "<br>")
    return unescape(_SPACES.sub(" ", found)).strip()
