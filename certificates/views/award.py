"""One award: its PDF, and withdrawing it."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import record_audit
from certificates.access import award_for, award_to_run
from certificates.actions import revoke_award
from certificates.errors import CertificateError, HolderNameMissingError, UnprintableTextError
from certificates.forms import RevocationForm
from certificates.models import Award
from certificates.printing import name_on, print_award
from elearning.lib.navigation import in_section

logger = logging.getLogger(__name__)


@in_section("record")
@require_safe
@login_required
@never_cache
def award_pdf(request: HttpRequest, serial: str) -> HttpResponse:
    """Send the PDF to the holder, or to staff of the country, which is audited."""
    login: Any = request.user
    award = award_for(login, serial)
    if award.revoked_at is not None:
        # A sheet that looks valid must not be printed anew.
        return render(request, "certificates/award_withdrawn.html", {"award": award}, status=410)
    try:
        pdf = print_award(award)
    except CertificateError as error:
        logger.exception("certificate %s was not printed", award.serial)
        context = {"award": award, "problem": _problem(error)}
        return render(request, "certificates/award_unprintable.html", context, status=422)
    if award.person_id != login.person.uuid:
        record_audit(by=login, act="award.downloaded", target=award, country=award.country)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{award.serial}.pdf"'
    return response


@in_section("desk")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def award_revoke(request: HttpRequest, serial: str) -> HttpResponse:
    """Ask for the reason, then withdraw the award."""
    login: Any = request.user
    award = award_to_run(login, serial)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        revoke_award(by=login, award=award, reason=form.cleaned_data["reason"])
        messages.success(request, _("The certificate was withdrawn. Whoever checks its number sees this from now on."))
        return redirect("certificates:verify", award.serial)
    return render(request, "certificates/award_revoke.html", _revocation(award, form))


def _revocation(award: Award, form: RevocationForm) -> dict[str, Any]:
    return {"award": award, "name": name_on(award), "form": form}


def _problem(error: CertificateError) -> str:
    """Return what happened, in words for the reader."""
    if isinstance(error, HolderNameMissingError):
        return _("The name on this certificate is not on this site. It was erased, or it has not arrived here yet.")
    if isinstance(error, UnprintableTextError):
        return _("The name or a title has letters that our fonts do not have.")
    return _("The document could not be made.")
