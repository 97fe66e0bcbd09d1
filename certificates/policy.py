"""Who may see and change awards and totals; each rule is both the row filter and the object check."""

from typing import Any

from django.db.models import Q

from accounts.policy import ADMINISTRATOR, COORDINATOR, EVERYTHING, NOBODY, TRAINER, Policy, in_scope

DESK_ROLES = (COORDINATOR, ADMINISTRATOR, TRAINER)


def _awards_run(login: Any) -> Q:
    # The award's country is a key to the code, so the scope's primary keys are compared one step further.
    return in_scope(login, COORDINATOR, "country__id") | in_scope(login, ADMINISTRATOR, "country__id")


def _awards(login: Any) -> Q:
    return Q(person=login.person.uuid) | _awards_run(login)


def _totals(login: Any) -> Q:
    return _in_country_scope(login, COORDINATOR) | _in_country_scope(login, ADMINISTRATOR) | _in_trained_cohorts(login)


def _in_country_scope(login: Any, role: str) -> Q:
    from accounts.models import Country  # noqa: PLC0415  # certificates.models import this module

    scope = login.scope_of(role)
    if scope.everywhere:
        return EVERYTHING
    if not scope:
        return NOBODY
    return Q(country_code__in=Country.objects.filter(pk__in=scope.country_ids).values("code"))


def _in_trained_cohorts(login: Any) -> Q:
    from accounts.models import CohortMember  # noqa: PLC0415  # certificates.models import this module

    if not login.scope_of(TRAINER):
        return NOBODY
    trained = CohortMember.objects.filter(person=login.person_id, role=CohortMember.Role.TRAINER)
    return Q(cohort_uuid__in=trained.values("cohort__uuid"))


def _programmes(login: Any) -> Q:
    """Return the programmes with a country or a cohort of this login's."""
    from accounts.models import Cohort  # noqa: PLC0415  # certificates.models import this module
    from certificates.models import CohortPlan, ProgrammeCountry  # noqa: PLC0415  # the same

    if not login.holds(*DESK_ROLES):
        return NOBODY
    if _runs_everywhere(login):
        return EVERYTHING
    own = in_scope(login, COORDINATOR, "country") | in_scope(login, ADMINISTRATOR, "country")
    cohorts = Cohort.objects.visible_to(login)
    return Q(pk__in=ProgrammeCountry.objects.filter(own).values("programme")) | Q(
        pk__in=CohortPlan.objects.filter(cohort__in=cohorts).values("programme")
    )


def _programmes_run(login: Any) -> Q:
    """Return the programmes all of whose countries this login runs: Mali does not change the targets of Niger."""
    from certificates.models import ProgrammeCountry  # noqa: PLC0415  # certificates.models import this module

    if _runs_everywhere(login):
        return EVERYTHING
    own = in_scope(login, COORDINATOR, "country") | in_scope(login, ADMINISTRATOR, "country")
    inside = ProgrammeCountry.objects.filter(own).values("programme")
    outside = ProgrammeCountry.objects.exclude(own).values("programme")
    return Q(pk__in=inside) & ~Q(pk__in=outside)


def _runs_everywhere(login: Any) -> bool:
    return any(login.scope_of(role).everywhere for role in (COORDINATOR, ADMINISTRATOR))


PROGRAMMES = Policy("programmes", _programmes)
PROGRAMMES_RUN = Policy("programmes-run", _programmes_run)
AWARDS = Policy("awards", _awards)
AWARDS_RUN = Policy("awards-run", _awards_run)
TOTALS = Policy("totals", _totals)
