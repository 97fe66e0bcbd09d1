"""Make and change cohorts, and say who trains them. Who learns in one is accounts.actions.membership's."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import policy
from accounts.actions.audit import record_audit
from accounts.errors import OutOfScopeError
from accounts.models import Agency, Cohort, CohortMember, Country, Login, Person


@transaction.atomic
def create_cohort(  # a cohort has that many facts
    *,
    by: Login | None,
    name: str,
    country: Country,
    starts_on: dt.date,
    time_zone: str,
    agency: Agency | None = None,
    ends_on: dt.date | None = None,
    language: str = "en",
) -> Cohort:
    """Make a cohort in a country. Raises OutOfScopeError unless `by` runs the country (None: the site itself)."""
    cohort = Cohort(
        name=name,
        country=country,
        agency=agency,
        starts_on=starts_on,
        ends_on=ends_on,
        time_zone=time_zone,
        language=language,
    )
    _check(by, cohort)
    cohort.save(force_insert=True)
    record_audit(by=by, act="cohort.created", target=cohort, country=country)
    return cohort


@transaction.atomic
def update_cohort(  # a cohort has that many facts
    *,
    by: Login,
    cohort: Cohort,
    name: str,
    starts_on: dt.date,
    time_zone: str,
    agency: Agency | None = None,
    ends_on: dt.date | None = None,
    language: str = "en",
) -> Cohort:
    """Change a cohort; its country stays. Raises OutOfScopeError unless `by` runs the cohort."""
    if not policy.COHORTS_RUN.allows(by, cohort):
        raise OutOfScopeError
    here = Cohort.objects.select_for_update().select_related("country").get(pk=cohort.pk)
    here.name, here.agency, here.language = name, agency, language
    here.starts_on, here.ends_on, here.time_zone = starts_on, ends_on, time_zone
    _check(by, here)
    here.save()
    record_audit(by=by, act="cohort.updated", target=here, country=here.country)
    return here


@transaction.atomic
def add_cohort_trainer(*, by: Login, cohort: Cohort, person: Person) -> CohortMember:
    """Let somebody train a cohort; a second time changes nothing. Raises OutOfScopeError.

    It gives no role: what a trainer may open still follows from the role of the person's login.
    """
    if not policy.COHORTS_RUN.allows(by, cohort) or not policy.PEOPLE.allows(by, person):
        raise OutOfScopeError
    member, is_new = CohortMember.objects.get_or_create(
        cohort=cohort, person=person, role=CohortMember.Role.TRAINER, defaults={"joined_at": timezone.now()}
    )
    if not is_new and member.state == CohortMember.State.ACTIVE:
        return member
    CohortMember.objects.filter(pk=member.pk).update(
        state=CohortMember.State.ACTIVE, left_at=None, left_reason="", joined_at=timezone.now()
    )
    record_audit(by=by, act="cohort.trainer_added", target=person, country=cohort.country, detail=_where(cohort))
    return CohortMember.objects.get(pk=member.pk)


@transaction.atomic
def end_cohort_trainer(*, by: Login, cohort: Cohort, person: Person) -> None:
    """Let somebody no longer train a cohort; what they held stays on record. Raises OutOfScopeError."""
    if not policy.COHORTS_RUN.allows(by, cohort):
        raise OutOfScopeError
    trains = CohortMember.objects.filter(
        cohort=cohort, person=person, role=CohortMember.Role.TRAINER, state=CohortMember.State.ACTIVE
    )
    if trains.update(state=CohortMember.State.WITHDRAWN, left_at=timezone.now()):
        record_audit(by=by, act="cohort.trainer_ended", target=person, country=cohort.country, detail=_where(cohort))


def _check(by: Login | None, cohort: Cohort) -> None:
    if by is not None and not any(
        by.scope_of(role).covers(cohort.country_id) for role in (policy.COORDINATOR, policy.ADMINISTRATOR)
    ):
        raise OutOfScopeError
    if cohort.agency is not None and cohort.agency.country_id != cohort.country_id:
        raise OutOfScopeError
    cohort.full_clean(exclude=["country", "agency"])


def _where(cohort: Cohort) -> dict[str, str]:
    return {"cohort": str(cohort.uuid)}
