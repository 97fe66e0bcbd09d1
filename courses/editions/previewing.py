"""How an author looks at a page before others do: as it is read, offline on a device, and right to left."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

OFFLINE, RIGHT_TO_LEFT = "offline", "right-to-left"
PREVIEW_MODES: list[tuple[str, Any]] = [
    ("", _("As its readers see it")),
    (OFFLINE, _("Offline, as a device shows it")),
    (RIGHT_TO_LEFT, _("Right to left")),
]
PREVIEW_SIZES: list[dict[str, Any]] = [
    {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": _("Preview on a phone")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("Preview on a tablet")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Preview on a desktop")},
]
# (request, context of the reader's page) -> the page as a device shows it; None for what it does not carry.
Offline = Callable[[HttpRequest, dict[str, Any]], HttpResponse | None]
_offline: list[Offline] = []


def register_offline(renderer: Offline) -> None:
    """Say how a device shows a page; sync's AppConfig.ready calls this. Courses knows no devices."""
    _offline[:] = [renderer]


def preview_offline(request: HttpRequest, context: dict[str, Any]) -> HttpResponse | None:
    """Return a page as a device shows it; None where it shows no such page, or nobody said how."""
    return _offline[0](request, context) if _offline else None
