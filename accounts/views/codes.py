"""One-time codes: issued by staff, redeemed by the person."""

import uuid
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import person_for
from accounts.actions import issue_one_time_code, redeem_one_time_code
from accounts.adapters import home_of
from accounts.agencies import agency_groups
from accounts.backends import CODE_TRIES, counted_name
from accounts.errors import CodeRefusedError, LoginSuspendedError
from accounts.forms import RedeemForm
from accounts.requests import SignedInRequest
from accounts.shortcodes import spaced_code
from accounts.views.sign_in import enter, locked_out
from elearning.lib.navigation import in_section


@never_cache
@sensitive_post_parameters("code", "new_password", "repeated")
@require_http_methods(["GET", "HEAD", "POST"])
def redeem_code(request: HttpRequest) -> HttpResponse:
    """Choose a new password with a code, and come in."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(home_of(request.user))
    form = RedeemForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        response = _redeem(request, form)
        if response is not None:
            return response
    return render(request, "accounts/code_redeem.html", {"form": form, "agency_groups": agency_groups()})


def _redeem(request: HttpRequest, form: RedeemForm) -> HttpResponse | None:
    data: dict[str, Any] = form.cleaned_data
    name = counted_name(data["identifier"], data["agency"])
    tries = {"counted_name": CODE_TRIES + name}
    if not AxesProxyHandler.is_allowed(request, tries):
        return locked_out(request)
    try:
        login = redeem_one_time_code(
            identifier=data["identifier"],
            agency_uuid=data["agency"],
            code=data["code"],
            new_password=data["new_password"],
        )
    except ValidationError as error:
        form.add_error("new_password", error)
    except CodeRefusedError as error:
        user_login_failed.send(sender=__name__, credentials=tries, request=request)
        form.add_error(None, str(error))
    else:
        return enter(request, login, name)
    return None


@in_section("desk", "people")
@never_cache
@login_required
@require_POST
def issue_code(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Issue a code and show it, once."""
    person = person_for(request.user, person_uuid)
    try:
        issued = issue_one_time_code(by=request.user, person=person)
    except LoginSuspendedError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("accounts:person", args=[person.uuid]))
    context = {"person": person, "code": spaced_code(issued.code), "expires_at": issued.row.expires_at}
    return render(request, "accounts/code_issued.html", context)
