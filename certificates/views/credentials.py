"""Credentials as files: an award's badge and a person's record for whom they concern, status lists for everybody."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from accounts.actions import record_audit
from certificates.access import award_for, own_awards
from certificates.credentials.issuing import (
    credential_json,
    issuer_json,
    learner_record_json,
    status_list_json,
)
from certificates.credentials.status import list_states, signed_status
from certificates.errors import HolderNameMissingError
from certificates.printing import name_on
from elearning.lib.navigation import in_section

_CREDENTIAL = "application/vc+ld+json"
# A withdrawal is seen by everybody within this time.
_FRESH_S = 60


@in_section("record")
@require_safe
@login_required
@never_cache
def award_credential(request: HttpRequest, serial: str) -> HttpResponse:
    """Send an award's Open Badges credential to the holder, or to staff of the country, which is audited."""
    login: Any = request.user
    award = award_for(login, serial)
    if award.revoked_at is not None:
        return render(request, "certificates/award_withdrawn.html", {"award": award}, status=410)
    try:
        content = credential_json(award)
    except HolderNameMissingError:
        problem = _("The name on this certificate is not on this site. It was erased, or it has not arrived here yet.")
        return render(request, "certificates/award_unprintable.html", {"award": award, "problem": problem}, status=422)
    if award.person_id != login.person.uuid:
        record_audit(by=login, act="award.downloaded", target=award, country=award.country)
    return _file(content, f"{award.serial}.json")


@in_section("record")
@require_safe
@login_required
@never_cache
def learner_record(request: HttpRequest) -> HttpResponse:
    """Send the learner record of the person who is signed in: all awards that stand, in one file."""
    login: Any = request.user
    awards = [award for award in own_awards(login).filter(revoked_at=None) if name_on(award) is not None]
    if not awards:
        messages.info(request, _("There is no certificate yet to put into the file."))
        return redirect("certificates:record")
    return _file(learner_record_json(login.person, awards, timezone.now()), "relais-record.json")


@require_safe
@cache_control(public=True, max_age=_FRESH_S)
def status(_request: HttpRequest) -> HttpResponse:
    """Send the signed status of all certificates, for browsers and for files that check without a network."""
    return _open(JsonResponse(signed_status()))


@require_safe
@cache_control(public=True, max_age=_FRESH_S)
def status_list(_request: HttpRequest, number: int) -> HttpResponse:
    """Send one status list as a signed credential."""
    states = list_states(number)
    if not states:
        raise Http404
    try:
        content = status_list_json(states[0], timezone.now())
    except LookupError:  # its key is not on this site any more
        raise Http404 from None
    return _open(HttpResponse(content, content_type=_CREDENTIAL))


@require_safe
@cache_control(public=True, max_age=_FRESH_S)
def issuer(_request: HttpRequest) -> HttpResponse:
    """Send who issues credentials here."""
    return _open(HttpResponse(issuer_json(), content_type="application/json"))


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=_CREDENTIAL, headers=headers)


def _open(response: HttpResponse) -> HttpResponse:
    """Let pages of any origin read it: it is the same for everybody, and nobody's session changes it."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
