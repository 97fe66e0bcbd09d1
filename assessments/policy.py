"""Who may read and write the questions of the bank, and who decides about flagged attempts."""

from typing import Any

from django.db.models import Q

from accounts.policy import ADMINISTRATOR, COHORTS, COORDINATOR, EDITOR, NOBODY, TRAINER, Policy, in_scope
from accounts.scopes import Scope

WRITERS = (TRAINER, EDITOR, ADMINISTRATOR)
READERS = (*WRITERS, COORDINATOR)
DECIDERS = (TRAINER, COORDINATOR, ADMINISTRATOR)


def _readable(login: Any) -> Q:
    if not login.holds(*READERS):
        return NOBODY
    shared = Q(country__isnull=True)
    return shared | _in_any_scope(login, READERS)


def _writable(login: Any) -> Q:
    return _in_any_scope(login, WRITERS)


def writing_scope(login: Any) -> Scope:
    """Return where a login may write questions; everywhere includes those that all countries share."""
    scopes = [login.scope_of(role) for role in WRITERS]
    return Scope(
        everywhere=any(scope.everywhere for scope in scopes),
        country_ids=frozenset().union(*(scope.country_ids for scope in scopes)),
    )


def _in_any_scope(login: Any, roles: tuple[str, ...]) -> Q:
    allowed = NOBODY
    for role in roles:
        allowed |= in_scope(login, role, "country")
    return allowed


def _decided_by(login: Any) -> Q:
    """Return the attempts of the cohorts one trains and the countries one runs; one's own never."""
    from accounts.models import Cohort  # noqa: PLC0415  # models import this module

    answered_for = _enrolled_in(login, COORDINATOR) | _enrolled_in(login, ADMINISTRATOR)
    if login.scope_of(TRAINER):
        answered_for |= Q(enrolment__cohort__in=COHORTS.filter(Cohort.objects.all(), login).values("uuid"))
    return answered_for & ~Q(enrolment__person=login.person.uuid)


def _enrolled_in(login: Any, role: str) -> Q:
    # An enrolment's country is a key to the code, so the scope's primary keys are compared one step further.
    return in_scope(login, role, "enrolment__country__id")


QUESTIONS_READ = Policy("questions-read", _readable)
QUESTIONS_WRITE = Policy("questions-write", _writable)
ATTEMPTS_DECIDE = Policy("attempts-decide", _decided_by)
