"""Markdown as packs use it: paragraphs, bold, italic, lists, links; the rest stays plain text."""

import html
import re

from markdown_it import MarkdownIt

from elearning.lib.sanitize import sanitize

# "zero" knows paragraphs only. Without html, a tag in the text is shown as it was typed.
_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(["emphasis", "list", "link", "newline", "escape"])
# Every target becomes a link here and is judged below: a refused one shall not pass as plain text.
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
# A tag: reported to the author rather than shown to learners.
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<!--")


def read_prose(text: str) -> tuple[str, list[str]]:
    """Return safe HTML for a Markdown text, and what is wrong with it.

    >>> read_prose("Stop. **Look**.")
    ('<p>Stop. <strong>Look</strong>.</p>', [])
    """
    problems = [f"HTML is not allowed: {found.group()[:40]}" for found in _TAG.finditer(text)]
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        for child in token.children or ():
            target = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            if target and not _LINK.match(target):
                problems.append(f"a link must begin with https://, http:// or mailto:, not {target[:60]!r}")
    return sanitize(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})).strip(), problems


def plain_text(prose: str) -> str:
    """Return prose without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", " ", prose)).strip()
