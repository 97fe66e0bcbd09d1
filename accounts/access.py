"""The doors through which a view gets a person."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts import policy
from accounts.models import Login, Person
from accounts.people import PersonQuerySet

STAFF_WITH_PEOPLE = (policy.TRAINER, policy.COORDINATOR, policy.ADMINISTRATOR)


def people_for(login: Login) -> PersonQuerySet:
    """Return the people a member of staff may list; PermissionDenied for anybody else."""
    if not login.holds(*STAFF_WITH_PEOPLE):
        raise PermissionDenied
    return Person.objects.visible_to(login).select_related("country", "agency__country", "login")


def person_for(login: Login, person_uuid: uuid.UUID) -> Person:
    """Return one of them; 404 for a person this login may not see."""
    person = people_for(login).filter(uuid=person_uuid).first()
    if person is None:
        raise Http404
    return person


def may_help_sign_in(login: Login, person: Person) -> bool:
    """Tell whether this login may issue a code for this person, or suspend the login."""
    return policy.LOGIN_HELP.allows(login, person)


def may_suspend(login: Login, person: Person) -> bool:
    """Tell whether this login may suspend: as for help, but a trainer alone may not."""
    runs = login.holds(policy.COORDINATOR, policy.ADMINISTRATOR)
    return runs and may_help_sign_in(login, person)
