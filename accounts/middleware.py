"""Who is asking: the login read with the session, and the second factor that staff need."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

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
    given = session.get(HASH_SESSION_KEY, "")
    if constant_time_compare(given, login.get_session_auth_hash()):
        return login
    # While a secret key is being changed, a session made with the former one lives on.
    if any(constant_time_compare(given, former) for former in login.get_session_auth_fallback_hash()):
        session[HASH_SESSION_KEY] = login.get_session_auth_hash()
        return login
    session.flush()
    return AnonymousUser()


class LoginMiddleware(AuthenticationMiddleware):
    """Set request.user from the session's own row."""

    def process_request(self, request: HttpRequest) -> None:
        """Put a lazy login on the request."""
        request.user = SimpleLazyObject(lambda: login_of(request))  # type: ignore[assignment]


class SecondFactorMiddleware:
    """Let staff pass only in a session that has proved a second factor; nothing else opens before.

    That the login *has* a second factor is not enough: a session opened with a stolen password,
    waiting at the set-up page, would pass as soon as the owner sets one up elsewhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; process_view decides."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:  # noqa: ARG002
        """Lead a member of staff to the second factor, and a new password's owner to choosing one."""
        login = request.user
        if not login.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in settings.SECOND_FACTOR_EXEMPT:
            return None
        if (login.has_roles or login.is_superuser) and not is_confirmed(request):
            return _to_second_factor(request)
        if login.must_change_password and name not in settings.PASSWORD_CHANGE_EXEMPT:
            return HttpResponseRedirect(reverse("accounts:password"))
        return None


def is_confirmed(request: HttpRequest) -> bool:
    """Tell whether this session has proved a second factor; looks into the session only."""
    if request.session.get(SECOND_FACTOR_KEY):
        return True
    if any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user)):
        request.session[SECOND_FACTOR_KEY] = True
        return True
    return False


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    has_one = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    if not has_one:
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    back = request.get_full_path() if request.method == "GET" else ""
    query = f"?{urlencode({REDIRECT_FIELD_NAME: back})}" if back else ""
    return HttpResponseRedirect(reverse("mfa_reauthenticate") + query)
