"""Who may see trainers and change what is known of them: each rule is the row filter and the object check."""

from typing import Any

from django.db.models import Q

from accounts.policy import ADMINISTRATOR, COORDINATOR, NOBODY, PEOPLE, TRAINER, Policy, in_scope

DESK_ROLES = (COORDINATOR, ADMINISTRATOR, TRAINER)


def _trainers(login: Any) -> Q:
    """Return the lines of people whom this login may see: the rule for people decides, there is no second one."""
    from accounts.models import Person  # noqa: PLC0415  # certificates.models import this module

    if not login.holds(*DESK_ROLES):
        return NOBODY
    return Q(person__in=PEOPLE.filter(Person.objects.all(), login).values("uuid"))


def _trainees(login: Any) -> Q:
    """Return the people about whom this login may give evidence: those it sees, never itself."""
    if not login.holds(*DESK_ROLES):
        return NOBODY
    return PEOPLE.q(login) & ~Q(pk=login.person_id)


def _people_run(login: Any) -> Q:
    return in_scope(login, COORDINATOR, "country") | in_scope(login, ADMINISTRATOR, "country")


TRAINERS = Policy("trainers", _trainers)
TRAINEES = Policy("trainees", _trainees)
# Whose profile as a trainer this login may write; one's own is everybody's.
TRAINERS_RUN = Policy("trainers-run", lambda login: _people_run(login) | Q(pk=login.person_id))
