"""How allauth fits in: it only does the second factor; accounts come by invitation or import."""

import io
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from accounts.backends import client_address
from accounts.models import Login


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter without sign-up and without mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse allauth's own sign-up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: no part of signing in depends on mail."""

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Send nothing."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address the connection came from."""
        return client_address(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the first page, in the language of the person."""
        return home_of(request.user)

    def reauthenticate(self, user: Login, password: str) -> bool:
        """Ask for the password again; a wrong one counts as a failed sign-in."""
        person = user.person
        identifier = user.email or user.short_code
        agency_uuid = None
        if person.agency is not None and person.service_number:
            identifier, agency_uuid = person.service_number, person.agency.uuid
        found = authenticate(context.request, identifier=identifier, agency_uuid=agency_uuid, password=password)
        return found is not None and found.pk == user.pk


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second factor with our QR code and the person's name beside it."""

    def get_totp_label(self, user: Login) -> str:
        """Return what an authenticator shows under the issuer."""
        return user.email or user.person.service_number or user.short_code or user.person.full_name

    def build_totp_svg(self, url: str) -> str:
        """Return a QR code as an SVG document, with a quiet zone so that dark mode can't hide its edge."""
        out = io.BytesIO()
        segno.make(url, error="m").save(out, kind="svg", xmldecl=False, scale=4, border=4, light="#ffffff")
        return out.getvalue().decode()


def home_of(login: Any) -> str:
    """Return the address of a person's first page, in their language."""
    with override(login.person.language):
        return reverse(settings.LOGIN_REDIRECT_URL)
