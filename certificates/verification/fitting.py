"""What of a certificate's words goes into a link, so that its QR code stays easy to scan. Pure."""

import unicodedata
from dataclasses import replace

from certificates.verification.summary import SIGNATURE_BYTES, Summary, body_of

# With an address of up to 60 characters: a QR code of version 19, error correction M, 93 modules a side.
MOST_BYTES = 540
# Nearly every title and issuer is shorter.
_TITLE_BYTES, _ISSUER_BYTES = 120, 80
_SHORT_BYTES = 40
_JOINERS = "\u200c\u200d"


def fitted(summary: Summary) -> Summary:
    """Return the summary with clean words; where they are too many, the name is the last to be cut."""
    summary = replace(summary, name=_clean(summary.name), name_other=_clean(summary.name_other))
    summary = _shortened(summary, _TITLE_BYTES, _ISSUER_BYTES)
    if _excess(summary) > 0:
        summary = _shortened(summary, _SHORT_BYTES, _SHORT_BYTES)
    if _excess(summary) > 0:
        summary = replace(summary, name_other="")
    if (excess := _excess(summary)) > 0:
        summary = replace(summary, name=cut(summary.name, len(summary.name.encode()) - excess))
    return summary


def cut(text: str, most_bytes: int) -> str:
    """Return a text of at most so many bytes of UTF-8; one that was cut ends with an ellipsis.

    >>> cut("Trousse de premiers secours", 16)
    'Trousse de pr…'
    """
    if len(text.encode()) <= most_bytes:
        return text
    # Half of a character at the end is dropped.
    return text.encode()[: most_bytes - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def _shortened(summary: Summary, title_bytes: int, issuer_bytes: int) -> Summary:
    title, issuer = cut(_clean(summary.title), title_bytes), cut(_clean(summary.issuer), issuer_bytes)
    return replace(summary, title=title, issuer=issuer)


def _excess(summary: Summary) -> int:
    return len(body_of(summary)) + SIGNATURE_BYTES - MOST_BYTES


def _clean(text: str) -> str:
    """Return one line, composed, without invisible characters, as the document prints it."""
    one_line = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in one_line if c in _JOINERS or unicodedata.category(c) not in {"Cc", "Cf"})
