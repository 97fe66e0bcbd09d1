"""Who is asking: the login read with the session, and the second factor that staff need."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from accounts.models import Login

SECOND_FACTOR_KEY = "second_factor"


def login_of(request: HttpRequest) -> Login | AnonymousUser:
    """Return the login of the session, checked as django.contrib.auth.get_user checks it.

    The row came with the session in one query, so a suspended login or a changed password
    takes effect at the next request.
    """
    session: Any = request.session
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return AnonymousUser()
    login: Login | None = session.login
    if login is None or not login.is_active:
        return AnonymousUser()
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), login.get_session_auth_hash()):
        session.flush()
        return AnonymousUser()
    return login


class LoginMiddleware(AuthenticationMiddleware):
    """Set request.user from the session's own row."""

    def process_request(self, request: HttpRequest) -> None:
        """Put a lazy login on the request."""
        request.user = SimpleLazyObject(lambda: login_of(request))  # type: ignore[assignment]


class SecondFactorMiddleware:
    """Lead staff without a second factor to setting one up; nothing else opens before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or redirect to the set-up."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:  # noqa: ARG002
        """Redirect a member of staff who has not set up a second factor."""
        user = request.user
        if not user.is_authenticated or not user.has_roles or self._may_pass(request):
            return None
        return HttpResponseRedirect(reverse("mfa_activate_totp"))

    @staticmethod
    def _may_pass(request: HttpRequest) -> bool:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in settings.SECOND_FACTOR_EXEMPT or request.session.get(SECOND_FACTOR_KEY):
            return True
        # A login that has a second factor was asked for it on the way in (allauth's login stage).
        if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
            request.session[SECOND_FACTOR_KEY] = True
            return True
        return False
