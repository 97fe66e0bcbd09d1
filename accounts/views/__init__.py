"""Pages of accounts, one module a subject."""

from accounts.views.codes import issue_code, redeem_code
from accounts.views.inbox import inbox, inbox_read
from accounts.views.people import (
    person,
    person_list,
    police,
    reinstate,
    second_factor_remove,
    suspend,
)
from accounts.views.profile import password, privacy, profile
from accounts.views.second_factor import ActivateView, DeactivateView
from accounts.views.sign_in import locked_out, sign_in, sign_out

__all__ = [
    "ActivateView",
    "DeactivateView",
    "inbox",
    "inbox_read",
    "issue_code",
    "locked_out",
    "password",
    "person",
    "person_list",
    "police",
    "privacy",
    "profile",
    "redeem_code",
    "reinstate",
    "second_factor_remove",
    "sign_in",
    "sign_out",
    "suspend",
]
