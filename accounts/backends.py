"""Sign-in by agency and service number, by e-mail address, or by an issued short code."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import Login

LONGEST_IDENTIFIER = 254


def normal_identifier(identifier: str) -> str:
    """Return what was typed, without the spaces, dashes' variants and case that people vary.

    >>> normal_identifier(" 04 218-k ")
    '04218K'
    """
    text = identifier.strip()
    if "@" in text:
        return text.lower()
    return "".join(text.upper().split()).replace("–", "-").replace("-", "")


class RelaisBackend(ModelBackend):
    """Find the login that an identifier names, then check the password as Django does."""

    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,
        identifier: str | None = None,
        password: str | None = None,
        agency_uuid: Any = None,
        **_kwargs: Any,
    ) -> Login | None:
        """Return the login, or None; takes as long for an unknown name as for a wrong password."""
        if not identifier or not password or len(identifier) > LONGEST_IDENTIFIER:
            return None
        login = find_login(identifier, agency_uuid)
        if login is None:
            Login().set_password(password)
            return None
        if login.check_password(password) and self.user_can_authenticate(login):
            return login
        return None


def find_login(identifier: str, agency_uuid: Any = None) -> Login | None:
    """Return the login that an identifier names, with the agency for a service number."""
    text = normal_identifier(identifier)
    if agency_uuid:
        return Login.objects.filter(person__agency__uuid=agency_uuid, person__service_number=text).first()
    if "@" in text:
        return Login.objects.filter(email=text).first()
    return Login.objects.filter(short_code=text).first()


def throttled_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name that failed tries are counted under: the identifier within its agency."""
    given = credentials or {}
    identifier = given.get("identifier") or request.POST.get("identifier", "")
    agency = given.get("agency_uuid") or request.POST.get("agency", "")
    return f"{agency}/{normal_identifier(str(identifier))}"[:255]


def client_address(request: HttpRequest) -> str:
    """Return the address the connection came from; proxies are gunicorn's business."""
    return str(request.META.get("REMOTE_ADDR", ""))
