"""What every page needs: menu, languages, the notice of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language

from elearning.lib.navigation import entries_for


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the base template. No query for a learner."""
    return {
        "nav": lazy(lambda: _nav(request), list)(),
        "languages": settings.LANGUAGES,
        "site_notice": settings.SITE_NOTICE,
        "language": get_language() or settings.LANGUAGE_CODE,
    }


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
