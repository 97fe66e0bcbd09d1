"""Whether a certificate is what it says: open to everybody, without signing in.

The page checks a link's fragment, a PDF or a credential in the browser, and works so without a network;
a form does the same on the server. A number alone is looked up in the register: it carries 40 bits that
follow from nothing public, so that trying numbers finds nothing, and a wrong one learns only that it is
unknown.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from certificates.access import public_award
from certificates.forms import CheckForm, SerialForm
from certificates.models import Award
from certificates.printing import edition_name, name_on
from certificates.serials import read_serial
from certificates.validity import validity_on
from certificates.verification.here import check_here, trust_here
from certificates.verification.presenting import presented, words_for_scripts
from certificates.verification.single_file import single_file
from elearning.lib.navigation import in_section


# The form is everybody's and changes nothing: a token would only make two copies of the kept page differ.
@csrf_exempt
@in_section("verify")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a certificate, or check the one that was sent."""
    return _unlisted(_check(request) if request.method == "POST" else _ask(request))


@in_section("verify")
@require_safe
@never_cache
def verify_number(request: HttpRequest, serial: str) -> HttpResponse:
    """Say what the register knows of a number."""
    return _unlisted(_answer(request, serial))


@require_safe
@never_cache
def verify_file(_request: HttpRequest) -> HttpResponse:
    """Send the page as one file that checks without a network, with the lists of this moment inside."""
    response = HttpResponse(single_file(get_language() or settings.LANGUAGE_CODE), content_type="text/html")
    response["Content-Disposition"] = 'attachment; filename="relais-verify.html"'
    return _unlisted(response)


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Keep what is said of a certificate out of search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _ask(request: HttpRequest) -> HttpResponse:
    form = SerialForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("certificates:verify", form.cleaned_data["number"])
    return render(request, "certificates/verify.html", _page(CheckForm(), form))


def _check(request: HttpRequest) -> HttpResponse:
    """Check on the server what was pasted or uploaded."""
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "certificates/verify.html", _page(form, SerialForm()), status=422)
    if form.serial is not None:
        return redirect("certificates:verify", form.serial)
    checked = presented(check_here(form.content))
    return render(request, "certificates/verify.html", {**_page(CheckForm(), SerialForm()), "checked": checked})


def _page(form: CheckForm, number: SerialForm) -> dict[str, Any]:
    trust = trust_here()
    known = {
        "root": trust.root_spki if trust else "",
        "issuer": settings.ISSUER_NAME,
        "language": get_language(),
        "status": reverse("certificates:status"),
        "words": words_for_scripts(),
    }
    return {"form": form, "number_form": number, "known": known if trust else None}


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
