"""The only writers of programmes and of cohorts' plans. Planning data are plain rows: each act is audited."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions import record_audit
from accounts.models import Cohort, Country, Login
from accounts.policy import ADMINISTRATOR, COHORTS, COHORTS_RUN, COORDINATOR
from certificates import policy
from certificates.errors import CountryOutOfScopeError, ParentRefusedError, StageRefusedError
from certificates.models import CohortPlan, Programme, ProgrammeCountry
from certificates.programmes.stages import may_follow

_LONGEST_BRANCH = 50


@dataclass(frozen=True, slots=True)
class CountryTarget:
    """One country of a programme, as it is planned."""

    country: Country
    is_planned: bool = True
    is_actual: bool = False
    target_officers: int | None = None
    target_trainers: int | None = None
    target_on: dt.date | None = None


@transaction.atomic
def create_programme(*, by: Login, facts: Mapping[str, Any], countries: Sequence[CountryTarget]) -> Programme:
    """Make a programme. Raises CountryOutOfScopeError unless `by` runs all of its countries, one at least."""
    _check_countries(by, countries)
    programme = Programme(**facts)
    programme.full_clean()
    programme.save(force_insert=True)
    _write_countries(programme, countries)
    _audit(by, "programme.created", programme, countries)
    return programme


@transaction.atomic
def update_programme(
    *, by: Login, programme: Programme, facts: Mapping[str, Any], countries: Sequence[CountryTarget]
) -> Programme:
    """Change a programme. Raises PermissionDenied, or CountryOutOfScopeError where a new country is not theirs."""
    if not policy.PROGRAMMES_RUN.allows(by, programme):
        raise PermissionDenied
    _check_countries(by, countries)
    here = Programme.objects.select_for_update().get(pk=programme.pk)
    for name, value in facts.items():
        setattr(here, name, value)
    here.full_clean()
    here.save()
    _write_countries(here, countries)
    _audit(by, "programme.updated", here, countries)
    return here


@transaction.atomic
def plan_cohort(*, by: Login, cohort: Cohort, facts: Mapping[str, Any]) -> CohortPlan:
    """Write what a cohort is for. Raises PermissionDenied, ParentRefusedError.

    The programme and the parent must be visible to `by`, unless they stand there already.
    """
    if not COHORTS_RUN.allows(by, cohort):
        raise PermissionDenied
    plan = CohortPlan.objects.select_for_update().filter(cohort=cohort).first() or CohortPlan(cohort=cohort)
    for name, value in facts.items():
        if value != getattr(plan, name):
            _check_choice(by, cohort, name, value)
        setattr(plan, name, value)
    plan.full_clean(exclude=["cohort", "programme", "parent"])
    plan.save()
    record_audit(by=by, act="cohort.planned", target=cohort, country=cohort.country)
    return plan


@transaction.atomic
def set_stage(*, by: Login, cohort: Cohort, stage: str) -> CohortPlan:
    """Let a cohort enter its next stage; the stage it is in changes nothing. Raises StageRefusedError."""
    if not COHORTS_RUN.allows(by, cohort):
        raise PermissionDenied
    plan = CohortPlan.objects.select_for_update().filter(cohort=cohort).first() or CohortPlan(cohort=cohort)
    if plan.stage == stage:
        return plan
    if not may_follow(plan.stage, stage):
        raise StageRefusedError(stage)
    detail = {"from": plan.stage, "to": stage}
    plan.stage = stage
    plan.save()
    record_audit(by=by, act="cohort.stage", target=cohort, country=cohort.country, detail=detail)
    return plan


def _check_choice(by: Login, cohort: Cohort, name: str, value: Any) -> None:
    if value is None:
        return
    if name == "programme" and not policy.PROGRAMMES.allows(by, value):
        raise PermissionDenied
    if name == "parent":
        if not COHORTS.allows(by, value):
            raise PermissionDenied
        _check_parent(cohort, value)


def _check_parent(cohort: Cohort, parent: Cohort) -> None:
    """Refuse a parent that grew out of the cohort itself, however many branches away."""
    above: int | None = parent.pk
    for _step in range(_LONGEST_BRANCH):
        if above is None:
            return
        if above == cohort.pk:
            raise ParentRefusedError
        above = CohortPlan.objects.filter(cohort=above).values_list("parent", flat=True).first()
    raise ParentRefusedError


def _check_countries(by: Login, countries: Sequence[CountryTarget]) -> None:
    scopes = [by.scope_of(role) for role in (COORDINATOR, ADMINISTRATOR)]
    if any(scope.everywhere for scope in scopes):
        return
    outside = [each.country.code for each in countries if not any(s.covers(each.country.pk) for s in scopes)]
    if outside or not countries:
        raise CountryOutOfScopeError(", ".join(outside))


def _write_countries(programme: Programme, countries: Sequence[CountryTarget]) -> None:
    kept = {each.country.pk for each in countries}
    ProgrammeCountry.objects.filter(programme=programme).exclude(country__in=kept).delete()
    for each in countries:
        ProgrammeCountry.objects.update_or_create(
            programme=programme,
            country=each.country,
            defaults={
                "is_planned": each.is_planned,
                "is_actual": each.is_actual,
                "target_officers": each.target_officers,
                "target_trainers": each.target_trainers,
                "target_on": each.target_on,
            },
        )


def _audit(by: Login, act: str, programme: Programme, countries: Sequence[CountryTarget]) -> None:
    detail = {"countries": sorted(each.country.code for each in countries)}
    country = countries[0].country if len(countries) == 1 else None
    record_audit(by=by, act=act, target=programme, country=country, detail=detail)
