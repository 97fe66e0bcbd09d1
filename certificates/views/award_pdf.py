"""The PDF of an award."""

import logging
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions import record_audit
from certificates.access import award_for
from certificates.errors import CertificateError, HolderNameMissingError, UnprintableTextError
from certificates.file_names import attachment_header
from certificates.models import Award
from certificates.printing import file_name_of, print_award
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
        return _unprintable(request, award, error)
    if award.person_id != login.person.uuid:
        record_audit(by=login, act="award.downloaded", target=award, country=award.country)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = attachment_header(file_name_of(award), f"{award.serial}.pdf")
    return response


def _unprintable(request: HttpRequest, award: Award, error: CertificateError) -> HttpResponse:
    """Say what happened, in words for the reader; the log has the rest."""
    logger.error("certificate %s was not printed", award.serial, exc_info=error)
    context = {"award": award, "problem": _problem(error)}
    return render(request, "certificates/award_unprintable.html", context, status=422)


def _problem(error: CertificateError) -> str:
    if isinstance(error, HolderNameMissingError):
        return _("The name on this certificate is not on this site. It was erased, or it has not arrived here yet.")
    if isinstance(error, UnprintableTextError):
        return _("The name or a title has letters that our fonts do not have.")
    return _("The document could not be made.")
