"""Who may see devices and what is held back, and decide; each rule is both the row filter and the object check."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q

from accounts.policy import ADMINISTRATOR, COORDINATOR, NOBODY, PEOPLE, TRAINER, Policy

DESK_ROLES = (TRAINER, COORDINATOR, ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class StrictPolicy(Policy):
    """A policy that can also refuse."""

    def check(self, login: Any, row: Model) -> None:
        """Raise PermissionDenied for a row that this login may not have. One query."""
        if not self.allows(login, row):
            raise PermissionDenied


def _people_of_desk(login: Any) -> Any:
    """Return the people a desk answers for: its cohorts', its countries'."""
    from accounts.models import Person  # noqa: PLC0415  # the models of sync come with this module

    return Person.objects.filter(PEOPLE.q(login)).exclude(pk=login.person_id)


def _devices(login: Any) -> Q:
    if not login.holds(*DESK_ROLES):
        return NOBODY
    return Q(person__in=_people_of_desk(login).values("uuid"))


def _devices_run(login: Any) -> Q:
    return Q(person=login.person.uuid) | _devices(login)


def _quarantined(login: Any) -> Q:
    """Rows that are proven to be somebody's go to that person's desk; others to the desk of who brought them.

    Nobody decides on their own work. What nothing is known of is for those who run all countries.
    """
    from accounts.models import ActorAccount  # noqa: PLC0415  # the same

    if not login.holds(*DESK_ROLES):
        return NOBODY
    people = _people_of_desk(login)
    theirs = Q(said_by_uuid__in=ActorAccount.objects.filter(person__in=people).values("uuid"))
    brought = Q(said_by_uuid=None, carried_by_uuid__in=people.values("uuid"))
    brought |= Q(said_by_uuid=None, carried_by_uuid=login.person.uuid)
    if any(login.scope_of(role).everywhere for role in (COORDINATOR, ADMINISTRATOR)):
        mine = ActorAccount.objects.filter(person=login.person_id).values("uuid")
        return ~Q(said_by_uuid__in=mine) | Q(said_by_uuid=None)
    return theirs | brought


DEVICES = StrictPolicy("devices", _devices)
DEVICES_RUN = StrictPolicy("devices-run", _devices_run)
QUARANTINED = StrictPolicy("quarantined", _quarantined)
