"""What a certificate's file is called: in the holder's own script, and for old programs its number. Pure."""

import re
import unicodedata
from urllib.parse import quote

from certificates.pdf.texts import clean_text

# Refused in names by Windows, by shells, or by both.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|%]+')
# File systems take 255 bytes; phones and mail programs add words of their own.
_MOST_BYTES = 150


def own_script(full_name: str, full_name_other: str) -> str:
    """Return the name as its holder writes it: of two, the one that is not in Latin letters.

    >>> own_script("Yuliia Kovalchuk", "Юлія Ковальчук"), own_script("Aïssata Traoré", "")
    ('Юлія Ковальчук', 'Aïssata Traoré')
    """
    return full_name_other if full_name_other and _is_latin(full_name) and not _is_latin(full_name_other) else full_name


def certificate_file_name(holder: str, serial: str) -> str:
    """Return the name of the file: the holder's, then the number.

    >>> certificate_file_name("Юлія/../Ковальчук", "RLS-UA-2026-1")
    'Юлія .. Ковальчук RLS-UA-2026-1.pdf'
    """
    name = " ".join(_FORBIDDEN.sub(" ", clean_text(holder)).split()).strip(". ")
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1].rstrip()
    return f"{name} {serial}.pdf" if name else f"{serial}.pdf"


def attachment_header(name: str, plain: str) -> str:
    """Return a Content-Disposition (RFC 6266): any letters for today's browsers, plain ones for old programs."""
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _is_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return all(unicodedata.name(c, "").startswith("LATIN") for c in letters)
