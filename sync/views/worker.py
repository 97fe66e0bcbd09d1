"""The service worker with what it must know, and the manifest of the installed app."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import etag, require_safe

from sync.assets import shell_assets
from sync.packs.content import digest

_COLOUR = "#0b3b46"


def _worker() -> str:
    return _source("worker-off.js") if settings.RELAIS_SERVICE_WORKER == "off" else _configured_worker()


# Browsers ask for it with every page: the answer is nearly always that nothing changed.
@require_safe
@etag(lambda _request: f'"{digest(_worker().encode())}"')
def service_worker(_request: HttpRequest) -> HttpResponse:
    """Send the worker; where it is switched off, one that takes itself and its caches away."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@require_safe
def app_manifest(_request: HttpRequest) -> JsonResponse:
    """Say how the site installs as an app."""
    icons = [("icons/app-192.png", "192x192", "any"), ("icons/app-512.png", "512x512", "any")]
    icons += [("icons/app-maskable-512.png", "512x512", "maskable")]
    told = {
        "id": "/",
        "name": "Relais",
        "short_name": "Relais",
        "description": _("Courses and tests for police and border officers, also without a connection"),
        "lang": get_language() or settings.LANGUAGE_CODE,
        "dir": "auto",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": _COLOUR,
        "icons": [
            {"src": static(f"relais/{name}"), "sizes": size, "type": "image/png", "purpose": purpose}
            for name, size, purpose in icons
        ],
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _configured_worker() -> str:
    """Return the worker with its facts in front; another state of the page gives other bytes, so browsers notice."""
    assets, source = shell_assets(), _source("worker.js")
    facts = {
        "version": digest(f"{assets.version} {source}".encode())[:16],
        "shells": assets.shells,
        "verifiers": assets.verifiers,
        "refuges": assets.refuges,
        "verifierAssets": list(assets.verifier_files),
        "assets": list(assets.files),
        "language": settings.LANGUAGE_CODE,
        "staticUrl": settings.STATIC_URL,
        "mediaUrl": settings.MEDIA_URL,
    }
    return f"const CONFIG = {json.dumps(facts)};\n{source}"


def _source(name: str) -> str:
    found = finders.find(f"relais/js/{name}")
    assert found is not None, name  # noqa: S101  # it stands beside this module's own sources
    return Path(found).read_text(encoding="utf-8")
