"""The only writers of accounts' tables: one verb each, checked, atomic and audited."""

from accounts.actions.audit import record_audit, view_person
from accounts.actions.codes import issue_one_time_code, redeem_one_time_code
from accounts.actions.invitations import Joined, issue_invitation, join_cohort, register_by_invitation
from accounts.actions.logins import (
    change_password,
    create_login,
    end_sessions,
    reinstate_login,
    remove_second_factor,
    suspend_login,
)
from accounts.actions.people import create_person, update_profile
from accounts.actions.roles import end_role, grant_role

__all__ = [
    "Joined",
    "change_password",
    "create_login",
    "create_person",
    "end_role",
    "end_sessions",
    "grant_role",
    "issue_invitation",
    "issue_one_time_code",
    "join_cohort",
    "record_audit",
    "redeem_one_time_code",
    "register_by_invitation",
    "reinstate_login",
    "remove_second_factor",
    "suspend_login",
    "update_profile",
    "view_person",
]
