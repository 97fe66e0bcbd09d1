"""Who may see and change awards and totals; each rule is both the row filter and the object check."""

from typing import Any

from django.db.models import Q

from accounts.policy import ADMINISTRATOR, COORDINATOR, EDITOR, EVERYTHING, NOBODY, TRAINER, Policy, in_scope
from records.aliases import own

DESK_ROLES = (COORDINATOR, ADMINISTRATOR, TRAINER)


def _awards_run(login: Any) -> Q:
    # The award's country is a key to the code, so the scope's primary keys are compared one step further.
    return in_scope(login, COORDINATOR, "country__id") | in_scope(login, ADMINISTRATOR, "country__id")


def _awards(login: Any) -> Q:
    return own("person", login.person.uuid) | _awards_run(login)


def _tallies(login: Any) -> Q:
    return _in_country_scope(login, COORDINATOR) | _in_country_scope(login, ADMINISTRATOR)


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
    trained = CohortMember.objects.trainers().active().filter(person=login.person_id)
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


def _design_programmes(login: Any) -> Q:
    """Return the programmes whose certificates this login designs: all for an editor, else those that it runs."""
    return EVERYTHING if _designs_everywhere(login) else _programmes_run(login)


def _designs(login: Any) -> Q:
    """Return the designs of those programmes; the usual one, of no programme, is for those who work everywhere."""
    if _designs_everywhere(login):
        return EVERYTHING
    from certificates.models import Programme  # noqa: PLC0415  # certificates.models import this module

    return Q(programme__in=Programme.objects.filter(_programmes_run(login)))


def designs_usual(login: Any) -> bool:
    """Tell whether a login decides about the certificates of no programme."""
    return bool(login.is_authenticated and login.is_active) and _designs_everywhere(login)


def _designs_everywhere(login: Any) -> bool:
    return any(login.scope_of(role).everywhere for role in (EDITOR, ADMINISTRATOR))


def _runs_everywhere(login: Any) -> bool:
    return any(login.scope_of(role).everywhere for role in (COORDINATOR, ADMINISTRATOR))


def _award_rules(login: Any) -> Q:
    """Return the rules for everybody, and those of the programmes that this login sees."""
    from certificates.models import Programme  # noqa: PLC0415  # certificates.models import this module

    if not login.holds(*DESK_ROLES):
        return NOBODY
    return Q(programme__isnull=True) | Q(programme__in=Programme.objects.filter(_programmes(login)).values("pk"))


def _award_rules_run(login: Any) -> Q:
    """Return the rules this login may change: its programmes'; what holds everywhere only those who run everywhere."""
    from certificates.models import Programme  # noqa: PLC0415  # certificates.models import this module

    if _runs_everywhere(login):
        return EVERYTHING
    return Q(programme__in=Programme.objects.filter(_programmes_run(login)).values("pk"))


AWARD_RULES = Policy("award-rules", _award_rules)
AWARD_RULES_RUN = Policy("award-rules-run", _award_rules_run)
# An enrolment's country is a key to the code, as an award's is.
ENROLMENTS_RUN = Policy("enrolments-run", _awards_run)
PROGRAMMES = Policy("programmes", _programmes)
PROGRAMMES_RUN = Policy("programmes-run", _programmes_run)
DESIGN_PROGRAMMES = Policy("design-programmes", _design_programmes)
DESIGNS = Policy("designs", _designs)
AWARDS = Policy("awards", _awards)
AWARDS_RUN = Policy("awards-run", _awards_run)
TOTALS = Policy("totals", _totals)
TALLIES = Policy("tallies", _tallies)
