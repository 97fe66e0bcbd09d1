"""The devices of the people a desk answers for, and revoking one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from elearning.lib.navigation import in_section
from sync.access import device_to_run, devices_for, held_for
from sync.chains import missing_of
from sync.enrolling import revoke_device
from sync.models import Device

PER_PAGE = 25
NOTABLE_SKEW_S = 300


@in_section("desk", "devices")
@require_safe
@login_required
@never_cache
def device_list(request: HttpRequest) -> HttpResponse:
    """List devices, those with something waiting first; and say how much work is held back."""
    rows = devices_for(request.user).order_by("revoked_at", "waiting_since", "-last_seen_at", "uuid")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    missing = missing_of(page.object_list)
    context = {
        "page_obj": page,
        "devices": [(device, missing[device.uuid], _skew_words(device)) for device in page],
        "held": held_for(request.user).filter(decision="").count(),
    }
    return render(request, "sync/device_list.html", context)


@in_section("desk", "devices")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def device_revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask first, then take nothing more from a device without a decision."""
    login: Any = request.user
    device = device_to_run(login, uuid)
    is_own = device.person_id == login.person.uuid
    if request.method == "POST":
        revoke_device(by=login, device=device)
        messages.success(request, _("The device was revoked. What it sends from now on waits for a decision."))
        return redirect("sync:device" if is_own else "sync:device-list")
    return render(request, "sync/device_revoke.html", {"device": device, "is_own": is_own})


def _skew_words(device: Device) -> str:
    """Return how far a device's clock is off, where it is worth saying."""
    skew = device.clock_skew_s
    if skew is None:
        return ""
    if abs(skew) <= NOTABLE_SKEW_S:
        return _("Right")
    minutes = abs(skew) // 60
    if skew > 0:
        return _("%(minutes)d min ahead") % {"minutes": minutes}
    return _("%(minutes)d min behind") % {"minutes": minutes}
