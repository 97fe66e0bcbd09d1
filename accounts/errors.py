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


class PoliceAlreadyConfirmedError(AccountError):
    """The person is confirmed as police already."""

    code = "accounts.police.confirmed"
    text = _("This person is confirmed as police already. Nothing was changed.")


class PoliceNotConfirmedError(AccountError):
    """There is no confirmation to end."""

    code = "accounts.police.not_confirmed"
    text = _("This person is not confirmed as police. Nothing was changed.")


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


class MemberLeftError(AccountError):
    """Somebody who has left a cohort typed its code again."""

    code = "accounts.member.left"
    text = _(
        "You were in this cohort and have left it. Your record is kept. "
        "Ask your trainer or coordinator to take you back."
    )


class MemberStateError(AccountError):
    """The member is not in the state that the act starts from: somebody was quicker."""

    code = "accounts.member.state"
    text = _("This person is not where you saw them any more. Nothing was changed. Look at the list again.")


class CohortFullError(AccountError):
    """All places of the cohort are taken."""

    code = "accounts.cohort.full"
    text = _("All places of this cohort are taken. Nothing was changed. Withdraw somebody first, or raise the places.")


class SameCohortError(AccountError):
    """A transfer led to the cohort in which the person is already."""

    code = "accounts.member.same_cohort"
    text = _("This person is in that cohort already. Nothing was changed.")


class UnknownLeavingReasonError(AccountError):
    """A reason for leaving is none of the list."""

    code = "accounts.member.reason_unknown"
    text = _("Choose a reason from the list. Nothing was changed.")


class SheetRefusedError(AccountError):
    """An uploaded list cannot be read; `text` says what is wrong with it."""

    code = "accounts.import.sheet_refused"

    def __init__(self, code: str, text: Any) -> None:
        """Keep what is wrong as a code, and in words."""
        super().__init__(code)
        self.code = f"accounts.import.{code}"
        self.text = text


class ImportStateError(AccountError):
    """An import is not in the state that the act starts from."""

    code = "accounts.import.state"
    text = _("This list was finished or set aside meanwhile. Nothing was changed. Look at it again.")


class ImportUndecidedError(AccountError):
    """Some lines of an import look like somebody who is here, and nobody has decided who they are."""

    code = "accounts.import.undecided"
    text = _("Some lines look like people who are here already. Nothing was written. Decide about each of them first.")


class MergeRefusedError(AccountError):
    """Two records cannot be merged; `text` says why."""

    code = "accounts.merge.refused"

    def __init__(self, code: str, text: Any) -> None:
        """Keep the reason as a code, and in words."""
        super().__init__(code)
        self.code = f"accounts.merge.{code}"
        self.text = text


class TooManyGuessesError(AccountError):
    """Too many wrong invitation codes came from one browser or one place."""

    code = "accounts.invitation.too_many"
    text = _(
        "Too many wrong codes were typed. Nothing is lost. Wait a few minutes, or open the link of your printed code: "
        "it works at once."
    )
