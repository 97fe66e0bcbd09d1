"""Whether a certificate is what it says: open to everybody, without signing in.

A number carries 40 bits that follow from nothing public, so that trying numbers finds nothing, and
a wrong number learns no more than that it is unknown.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.access import public_award
from certificates.forms import SerialForm
from certificates.models import Award
from certificates.printing import edition_name, name_on
from certificates.serials import read_serial
from certificates.validity import validity_on
from elearning.lib.navigation import in_section


@in_section("verify")
@require_safe
@never_cache
def verify(request: HttpRequest, serial: str | None = None) -> HttpResponse:
    """Ask for a number, or say what is known of one; never to be found by a search engine."""
    response = _ask(request) if serial is None else _answer(request, serial)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _ask(request: HttpRequest) -> HttpResponse:
    form = SerialForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("certificates:verify", form.cleaned_data["number"])
    return render(request, "certificates/verify.html", {"form": form})


def _answer(request: HttpRequest, typed: str) -> HttpResponse:
    serial = read_serial(typed)
    if serial is not None and serial != typed:
        return redirect("certificates:verify", serial)
    award = public_award(serial) if serial else None
    if award is None:
        return render(request, "certificates/verify_unknown.html", {"form": SerialForm()}, status=404)
    return render(request, "certificates/verify_award.html", _facts(award))


def _facts(award: Award) -> dict[str, Any]:
    """Return what anybody may know: no score, no cohort, nothing of the person but the printed name."""
    now = timezone.now()
    return {
        "serial": award.serial,
        "name": name_on(award),
        "course": award.local_title,
        "edition": edition_name(award.edition),
        "version": award.source_version,
        "issuer": settings.ISSUER_NAME,
        "issued_at": award.issued_at,
        "valid_until": award.valid_until,
        "revoked_at": award.revoked_at,
        "validity": validity_on(now.date(), award.valid_until, award.revoked_at),
        "as_of": now,
        "form": SerialForm(),
    }
