"""Sign-in by agency and service number, by e-mail address, or by an issued short code."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import Login
from accounts.permissions import permissions_of

LONGEST_IDENTIFIER = 254
# Tries with one-time codes are counted apart: a wrong code must not close the door for the password.
CODE_TRIES = "code/"


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
        request: HttpRequest | None,  # noqa: ARG002  # part of the interface
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

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return what the roles give, from code: rows of groups and permissions count for nothing."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_role_permissions"):
            user_obj._role_permissions = permissions_of(user_obj)  # noqa: SLF001  # kept for one request
        found: set[str] = user_obj._role_permissions  # noqa: SLF001
        return found

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return the same: there is one source of permissions."""
        return self.get_all_permissions(user_obj, obj)

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:  # noqa: ARG002
        """Return nothing: nobody has a permission of their own."""
        return set()


def find_login(identifier: str, agency_uuid: Any = None) -> Login | None:
    """Return the login that an identifier names, with the agency for a service number.

    An e-mail address names one login whatever agency stands beside it.
    """
    text = normal_identifier(identifier)
    if "@" in text:
        return Login.objects.filter(email=text).first()
    if agency_uuid:
        return Login.objects.filter(person__agency__uuid=agency_uuid, person__service_number=text).first()
    return Login.objects.filter(short_code=text).first()


def counted_name(identifier: str, agency_uuid: Any = None) -> str:
    """Return the name under which failed tries are counted: one for all spellings of it.

    >>> counted_name(" A@b.example", "8a1f") == counted_name("a@b.example")
    True
    """
    text = normal_identifier(identifier)
    agency = "" if "@" in text or not agency_uuid else str(agency_uuid)
    return f"{agency}/{text}"[:255]


def throttled_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name for django-axes: that of the credentials, or the one the sign-in view noted.

    Never read from the form of another request: whoever signs in with a second factor of their
    own could name a stranger there and set the stranger's count of tries to nothing.
    """
    given = credentials or {}
    if given.get("counted_name"):
        return str(given["counted_name"])
    if given.get("identifier"):
        return counted_name(str(given["identifier"]), given.get("agency_uuid"))
    return str(getattr(request, "counted_name", "") or f"login/{given.get('username', '')}")


def names_of(login: Login) -> list[str]:
    """Return every name under which tries on this login are counted."""
    person = login.person
    agency_uuid = person.agency.uuid if person.agency else None
    names = [counted_name(each) for each in (login.email, login.short_code) if each]
    if person.service_number:
        names.append(counted_name(person.service_number, agency_uuid))
    return [*names, *(CODE_TRIES + name for name in names)]


def client_address(request: HttpRequest) -> str:
    """Return the address the connection came from; proxies are gunicorn's business."""
    return str(request.META.get("REMOTE_ADDR", ""))
