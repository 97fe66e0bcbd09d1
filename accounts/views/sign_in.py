"""Come in and go out."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login as Entry
from django.contrib.auth import REDIRECT_FIELD_NAME, authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.adapters import home_of
from accounts.agencies import agency_groups
from accounts.backends import counted_name
from accounts.forms import SignInForm
from accounts.models import Login

WAIT_S = 15 * 60
# Who signed out last, for the scripts of the next page: they lock or erase on the device what is theirs.
LEFT_COOKIE = "relais_left"
LEFT_COOKIE_S = 24 * 3600


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or check a name and a password."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(home_of(request.user))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.credentials()
        login = authenticate(request, **given)
        if isinstance(login, Login):
            return enter(request, login, counted_name(given["identifier"], given["agency_uuid"]))
        # One text for an unknown name, a wrong password and a suspended login.
        form.add_error(None, _("Check the agency, the service number and the password. Your answers are safe."))
    context = {"form": form, "agency_groups": agency_groups(), "next": _safe_next(request)}
    return render(request, "accounts/sign_in.html", context)


def enter(request: HttpRequest, login: Login, name: str) -> HttpResponse:
    """Sign somebody in whose password is right; allauth's stage asks for the second factor first."""
    request.counted_name = name  # type: ignore[attr-defined]  # read by accounts.backends.throttled_name
    # The password was typed just now: setting up a second factor does not ask for it again.
    record_authentication(request, login, method="password", reauthenticated=True)
    response: HttpResponse = perform_login(
        request, Entry(user=login, redirect_url=_safe_next(request) or home_of(login))
    )
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and drop what the browser kept of its pages."""
    login = request.user
    logout(request)
    response = HttpResponseRedirect(reverse("account_login"))
    # Not "storage": answers that wait on a shared tablet for a connection live there.
    response["Clear-Site-Data"] = '"cache"'
    if isinstance(login, Login):
        # Read by scripts, so not HttpOnly. It opens nothing.
        response.set_cookie(
            LEFT_COOKIE, str(login.person.uuid), max_age=LEFT_COOKIE_S, secure=request.is_secure(), samesite="Lax"
        )
    return response


def locked_out(request: HttpRequest, _response: HttpResponse | None = None, _given: Any = None) -> HttpResponse:
    """Say that there were too many tries, and what to do. Called by django-axes."""
    response = render(request, "accounts/locked_out.html", {"minutes": WAIT_S // 60}, status=429)
    response["Retry-After"] = str(WAIT_S)
    response["Cache-Control"] = "no-store"
    return response


def _safe_next(request: HttpRequest) -> str:
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else ""
