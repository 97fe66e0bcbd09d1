"""The tables of accounts, one module a subject."""

from accounts.models.audit import AuditEvent
from accounts.models.codes import InvitationCode, OneTimeCode
from accounts.models.cohorts import Cohort, CohortMember
from accounts.models.confirmations import PoliceConfirmation
from accounts.models.joining import GuessCount, ImportedPerson, PeopleImport
from accounts.models.logins import Login, LoginSession
from accounts.models.merging import Merging
from accounts.models.messages import Message
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
    "GuessCount",
    "ImportedPerson",
    "InvitationCode",
    "Login",
    "LoginSession",
    "Merging",
    "Message",
    "OneTimeCode",
    "PeopleImport",
    "Person",
    "PoliceConfirmation",
    "Post",
    "RoleGrant",
]
