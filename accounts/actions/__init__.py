"""The only writers of accounts' tables: one verb each, checked, atomic and audited."""

from accounts.actions.audit import record_audit, view_person
from accounts.actions.codes import issue_one_time_code, redeem_one_time_code
from accounts.actions.cohorts import add_cohort_trainer, create_cohort, end_cohort_trainer, update_cohort
from accounts.actions.confirming import confirm_police, end_police_confirmation, may_confirm_police
from accounts.actions.importing import confirm_import, decide_lines, preview_import, set_aside_import, undo_import
from accounts.actions.invitations import Joined, issue_invitation, join_cohort, register_by_invitation
from accounts.actions.logins import (
    change_password,
    create_login,
    end_sessions,
    reinstate_login,
    remove_second_factor,
    suspend_login,
)
from accounts.actions.membership import (
    add_learner,
    admit_waiting,
    take_back,
    transfer_member,
    withdraw_member,
)
from accounts.actions.messages import Telling, mail_messages, mark_read, send_message, send_messages
from accounts.actions.people import create_person, update_profile
from accounts.actions.renaming import rename_person
from accounts.actions.roles import end_role, grant_role

__all__ = [
    "Joined",
    "Telling",
    "add_cohort_trainer",
    "add_learner",
    "admit_waiting",
    "change_password",
    "confirm_import",
    "confirm_police",
    "create_cohort",
    "create_login",
    "create_person",
    "decide_lines",
    "end_cohort_trainer",
    "end_police_confirmation",
    "end_role",
    "end_sessions",
    "grant_role",
    "issue_invitation",
    "issue_one_time_code",
    "join_cohort",
    "mail_messages",
    "mark_read",
    "may_confirm_police",
    "preview_import",
    "record_audit",
    "redeem_one_time_code",
    "register_by_invitation",
    "reinstate_login",
    "remove_second_factor",
    "rename_person",
    "send_message",
    "send_messages",
    "set_aside_import",
    "suspend_login",
    "take_back",
    "transfer_member",
    "undo_import",
    "update_cohort",
    "update_profile",
    "view_person",
    "withdraw_member",
]
