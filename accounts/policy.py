"""Who may see and change what: one expression gives the row filter and the object check.

A policy is a function from a viewer to a `Q` over one model's rows. `filter` narrows a queryset
by it; `allows` asks the database whether one row is in it. There is no second rule to drift.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django.db.models import Model, Q, QuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import Login

Viewer: TypeAlias = "Login | AnonymousUser"
Rows = TypeVar("Rows", bound="QuerySet[Any]")

TRAINER = "trainer"
COORDINATOR = "coordinator"
EDITOR = "editor"
ADMINISTRATOR = "administrator"

NOBODY = Q(pk__in=())
EVERYTHING = ~NOBODY


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule over the rows of one model."""

    name: str
    rule: Callable[[Any], Q]

    def q(self, login: Any) -> Q:
        """Return the condition; nothing for a viewer who is not signed in or is suspended."""
        if not getattr(login, "is_authenticated", False) or not login.is_active:
            return NOBODY
        return self.rule(login)

    def filter(self, rows: Rows, login: Any) -> Rows:
        """Return the rows this login may have."""
        return rows.filter(self.q(login))

    def allows(self, login: Any, row: Model) -> bool:
        """Tell whether this login may have this row. One query."""
        return self.filter(type(row)._base_manager.all(), login).filter(pk=row.pk).exists()  # noqa: SLF001


def in_scope(login: Any, role: str, country_field: str) -> Q:
    """Return the rows whose country lies in the login's scope for a role."""
    scope = login.scope_of(role)
    if scope.everywhere:
        return EVERYTHING
    return Q(**{f"{country_field}__in": scope.country_ids}) if scope.country_ids else NOBODY


def _people(login: Any) -> Q:
    own = Q(pk=login.person_id)
    trained = Q(
        pk__in=_members_trained_by(login),
    )
    return own | trained | in_scope(login, COORDINATOR, "country") | in_scope(login, ADMINISTRATOR, "country")


def _members_trained_by(login: Any) -> Any:
    from accounts.models import CohortMember  # noqa: PLC0415  # models import this module

    if not login.scope_of(TRAINER):
        return ()
    # Who has left is the coordinator's: a trainer goes on seeing what was learnt in the cohort, without the name.
    here = (CohortMember.State.ACTIVE, CohortMember.State.WAITING)
    return CohortMember.objects.filter(cohort__in=_cohorts_trained_by(login), state__in=here).values("person")


def _cohorts_trained_by(login: Any) -> Any:
    from accounts.models import CohortMember  # noqa: PLC0415  # models import this module

    return CohortMember.objects.trainers().active().filter(person=login.person_id).values("cohort")


def _cohorts(login: Any) -> Q:
    trained = Q(pk__in=_cohorts_trained_by(login)) if login.scope_of(TRAINER) else NOBODY
    return trained | _cohorts_run(login)


def _cohorts_run(login: Any) -> Q:
    return in_scope(login, COORDINATOR, "country") | in_scope(login, ADMINISTRATOR, "country")


def _login_help(login: Any) -> Q:
    """People whose sign-in this login may help with: those it sees, never itself or other staff.

    A trainer who could reset a coordinator's password would hold the coordinator's powers.
    """
    others = ~Q(pk=login.person_id)
    if login.scope_of(ADMINISTRATOR).everywhere:
        return others
    if not login.holds(TRAINER, COORDINATOR, ADMINISTRATOR):
        return NOBODY
    return _people(login) & others & ~Q(pk__in=_staff())


def _police_confirming(login: Any) -> Q:
    if not login.holds(TRAINER, COORDINATOR, ADMINISTRATOR):
        return NOBODY
    return _people(login) & ~Q(pk=login.person_id)


def _staff() -> Any:
    """Return the people with a role in force; asked of the grants: a person may have no login yet."""
    from accounts.models import RoleGrant  # noqa: PLC0415  # models import this module

    return RoleGrant.objects.in_force().values("person")


PEOPLE = Policy("people", _people)
LOGIN_HELP = Policy("login-help", _login_help)
POLICE_CONFIRMING = Policy("police-confirming", _police_confirming)
COHORTS = Policy("cohorts", _cohorts)
COHORTS_RUN = Policy("cohorts-run", _cohorts_run)
