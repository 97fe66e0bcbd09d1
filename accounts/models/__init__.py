"""The tables of accounts, one module a subject."""

from accounts.models.audit import AuditEvent
from accounts.models.codes import InvitationCode, OneTimeCode
from accounts.models.cohorts import Cohort, CohortMember
from accounts.models.logins import Login, LoginSession
from accounts.models.people import ActorAccount, Person
from accounts.models.places import Agency, Country, Post
from accounts.models.roles import RoleGrant

__all__ = [
    "ActorAccount",
    "Agency",
    "AuditEvent",
    "Cohort",
    "CohortMember",
    "Country",
    "InvitationCode",
    "Login",
    "LoginSession",
    "OneTimeCode",
    "Person",
    "Post",
    "RoleGrant",
]
