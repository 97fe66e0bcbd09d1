"""What every page needs: menu, languages, the notice of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from elearning.lib.navigation import entries_for, parts_for


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the base template. No query for a learner."""
    return {
        "nav": SimpleLazyObject(lambda: _nav(request)),
        "parts": SimpleLazyObject(lambda: _parts(request)),
        "languages": SimpleLazyObject(lambda: _languages(request)),
        "site_notice": settings.SITE_NOTICE,
        "language": get_language() or settings.LANGUAGE_CODE,
    }


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the language menu: this page in each language.

    Where addresses differ by language, the view sets request.translations to {code: url}.
    """
    current = get_language() or settings.LANGUAGE_CODE
    known: dict[str, str] = getattr(request, "translations", None) or {}
    # Every address is /<code>/<rest>, so putting another code in front spares resolving it seven times.
    codes = {code for code, _name in settings.LANGUAGES}
    first, _slash, rest = request.get_full_path().lstrip("/").partition("/")
    rest = rest if first in codes and request.method in {"GET", "HEAD"} else ""
    return [
        {"code": code, "name_local": name, "url": known.get(code) or f"/{code}/{rest}", "current": code == current}
        for code, name in settings.LANGUAGES
    ]


def _nav(request: HttpRequest) -> list[dict[str, Any]]:
    login = getattr(request, "user", None)
    if login is None or not login.is_authenticated:
        return []
    match = getattr(request, "resolver_match", None)
    section = getattr(match.func, "section", match.app_name) if match else ""
    return [
        {
            "label": entry.label,
            "url": reverse(entry.url_name),
            "icon": entry.icon,
            "current": entry.section == section,
        }
        for entry in entries_for(login)
    ]


def _parts(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the second menu of the section that the page belongs to; asked for by pages that show one."""
    login, match = getattr(request, "user", None), getattr(request, "resolver_match", None)
    if login is None or not login.is_authenticated or not match:
        return []
    return parts_for(getattr(match.func, "section", ""), login, getattr(match.func, "desk_part", ""))
