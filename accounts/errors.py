"""What can go wrong with people, their logins and roles. `str()` of each is a text for the reader."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class AccountError(Exception):
    """Anything that accounts refuses, with a stable code and a text that says what to do next."""

    code = "accounts.error"
    text: Any = _("This could not be done. Nothing was changed.")

    def __str__(self) -> str:
        return str(self.text)


class OutOfScopeError(AccountError, PermissionDenied):
    """The login may not do this to this person, in this country. Answered with 403."""

    code = "accounts.scope.refused"
    text = _("Your role does not allow this here. Nothing was changed.")


class ServiceNumberTakenError(AccountError):
    """The agency already has a person with this service number."""

    code = "accounts.service_number.taken"
    text = _(
        "This service number already has an account. Sign in with it, or ask your trainer for a one-time code. "
        "Your invitation was not used."
    )


class LoginExistsError(AccountError):
    """The person can already sign in."""

    code = "accounts.login.exists"
    text = _("This person can already sign in. Issue a one-time code if the password is lost.")


class LoginSuspendedError(AccountError):
    """The login is suspended, so no code is issued for it."""

    code = "accounts.login.suspended"
    text = _("This account is suspended. Reinstate it first, then issue a code.")


class WrongPasswordError(AccountError):
    """The present password that was given is not the login's."""

    code = "accounts.password.wrong"
    text = _("The present password is not right. Your password was not changed.")


class CodeRefusedError(AccountError):
    """A one-time code is unknown, wrong, used, too old, or was tried too often: never said which."""

    code = "accounts.one_time_code.refused"
    text = _(
        "Check the agency, the service number and the code. "
        "A code works once and for 24 hours. If it still fails, ask for a new one."
    )


class InvitationUnknownError(AccountError):
    """There is no such invitation code."""

    code = "accounts.invitation.unknown"
    text = _("There is no such invitation code. Compare it with what your trainer wrote.")


class InvitationClosedError(AccountError):
    """The invitation code is too old or has no uses left."""

    code = "accounts.invitation.closed"
    text = _("This invitation code is no longer open. Ask your trainer for a new one.")


class RoleHeldError(AccountError):
    """The person holds this role there already."""

    code = "accounts.role.held"
    text = _("This person holds this role there already.")


class RoleEndedError(AccountError):
    """The role has ended before."""

    code = "accounts.role.ended"
    text = _("This role has already ended.")
