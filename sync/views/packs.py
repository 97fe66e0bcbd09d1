"""Course packs as a device fetches them: the signed manifest, and each file by its hash."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sync.keys import site_keys
from sync.packs.access import pack_file_for, pack_for

_FOR_EVER = "private, max-age=31536000, immutable"


@require_safe
def manifest(request: HttpRequest, course: UUID) -> HttpResponse:
    """Send the manifest in force with its signature and the keys to check it by."""
    if settings.RELAIS_SERVICE_WORKER == "off":
        raise Http404
    if not request.user.is_authenticated:
        return _signed_out()
    pack, keys = pack_for(request.user, course), site_keys()
    signed = {"text": pack.text, "sha256": pack.sha256, "signature": keys.sign(pack.text), "keys": keys.public()}
    response = JsonResponse(signed)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def pack_file(request: HttpRequest, course: UUID, sha256: str) -> HttpResponse:
    """Send one file, or a piece of one; its address is its hash, so it never changes."""
    if not request.user.is_authenticated:
        return _signed_out()
    data, media_type = pack_file_for(request.user, course, sha256)
    response = HttpResponse(data, content_type=media_type)
    response["Cache-Control"] = _FOR_EVER
    # Opened in a tab of its own, an uploaded file runs nothing.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _signed_out() -> JsonResponse:
    """Say in words what a script can't be led to by a redirection."""
    told: dict[str, Any] = {
        "error": "signed-out",
        "message": _("You are signed out. What is on this device is safe. Sign in to go on."),
    }
    response = JsonResponse(told, status=401)
    response["Cache-Control"] = "no-store"
    return response
