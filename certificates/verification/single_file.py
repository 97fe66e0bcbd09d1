"""The verifier as one HTML file for a USB stick: the same page, scripts and words, and the lists of its day.

It opens from anywhere, asks nothing of any network (its own policy forbids it), and names the day of
its lists. The root key inside is what it trusts: take the file from the site itself.
"""

import base64
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from certificates.credentials.status import signed_status
from certificates.keys import issuer_keys
from certificates.verification.bundling import bundled
from certificates.verification.presenting import words_for_scripts

_ENTRY = "relais/js/verify/file.js"
_STYLES = ("relais/css/relais.css", "relais/css/verify.css")
_SPRITE = "relais/icons.svg"
_IN_SPRITE = re.compile(r'href="[^"#]*icons[^"#]*\.svg#')
# Ends a script early, wherever it stands.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def single_file(language: str) -> str:
    """Return the page in a language; raise IssuerKeysMissingError before the site has keys."""
    now = timezone.now()
    with translation.override(language):
        known = {
            "root": issuer_keys().root_spki,
            "issuer": settings.ISSUER_NAME,
            "language": language,
            "signed": signed_status(now),
            "words": words_for_scripts(),
        }
        page = render_to_string("certificates/verify_file.html", _context(known) | {"made_at": now})
    # Icons stand in the file itself.
    return _IN_SPRITE.sub('href="#', page)


def _context(known: dict[str, Any]) -> dict[str, Any]:
    script, style = _script(), _style()
    return {
        "known": mark_safe(json.dumps(known, ensure_ascii=False).translate(_ESCAPES)),  # noqa: S308  # escaped
        "script": mark_safe(f"<script>{script}</script>"),  # noqa: S308  # our own files
        "style": mark_safe(f"<style>{style}</style>"),  # noqa: S308  # the same
        "sprite": mark_safe(_source(_SPRITE)),  # noqa: S308  # the same
        "script_hash": _hash(script),
        "style_hash": _hash(style),
    }


@lru_cache(maxsize=1)
def _script() -> str:
    return bundled(_ENTRY, _source)


@lru_cache(maxsize=1)
def _style() -> str:
    return "\n".join(_source(name) for name in _STYLES)


def _source(name: str) -> str:
    found = finders.find(name)
    assert found is not None, name  # noqa: S101  # they stand beside this module's own sources
    return Path(found).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """Return how a content security policy names a script or a style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
