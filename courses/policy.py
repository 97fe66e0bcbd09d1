"""Who may see enrolments. A policy is one expression: see accounts.policy."""

from typing import Any

from django.db.models import Q

from accounts.models import Cohort, Country
from accounts.policy import ADMINISTRATOR, COHORTS, COORDINATOR, EVERYTHING, NOBODY, TRAINER, Policy
from records.aliases import own


def _enrolments(login: Any) -> Q:
    seen = own("person", login.person.uuid) | _in_countries(login, COORDINATOR) | _in_countries(login, ADMINISTRATOR)
    if login.scope_of(TRAINER):
        seen |= Q(cohort__in=COHORTS.filter(Cohort.objects.all(), login).values("uuid"))
    return seen


def _in_countries(login: Any, role: str) -> Q:
    """Return the enrolments of a role's countries: each keeps the country of its day, officers move."""
    scope = login.scope_of(role)
    if scope.everywhere:
        return EVERYTHING
    if not scope:
        return NOBODY
    return Q(country__in=Country.objects.filter(pk__in=scope.country_ids).values("code"))


ENROLMENTS = Policy("enrolments", _enrolments)
