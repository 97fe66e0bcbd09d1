"""The few doors through which a view gets programmes, cohorts to plan, and sessions."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from accounts.models import Agency, Cohort, CohortMember, Country, Person
from accounts.policy import ADMINISTRATOR, COHORTS_RUN, COORDINATOR, in_scope
from certificates import policy
from certificates.access import cohort_for
from certificates.figures import sorting_key
from certificates.models import CohortPlan, Programme, ProgrammeCountry, Session


def programmes_for(login: Any) -> QuerySet[Programme]:
    """Return the programmes this login may see; PermissionDenied for somebody without a desk."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    return Programme.objects.visible_to(login)


def programme_for(login: Any, uuid: UUID) -> Programme:
    """Return one of them; raise Http404."""
    row = programmes_for(login).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    return row


def programme_to_run(login: Any, uuid: UUID) -> Programme:
    """Return a programme this login may change: 404 if it can't see it, else PermissionDenied."""
    row = programme_for(login, uuid)
    if not policy.PROGRAMMES_RUN.allows(login, row):
        raise PermissionDenied
    return row


def may_plan(login: Any) -> bool:
    """Tell whether this login plans programmes and cohorts anywhere."""
    return bool(login.holds(COORDINATOR, ADMINISTRATOR))


def countries_to_run(login: Any) -> QuerySet[Country]:
    """Return the countries in which this login plans; PermissionDenied where there is none."""
    if not may_plan(login):
        raise PermissionDenied
    return Country.objects.filter(in_scope(login, COORDINATOR, "pk") | in_scope(login, ADMINISTRATOR, "pk"))


def agencies_to_run(login: Any) -> QuerySet[Agency]:
    """Return the agencies of those countries."""
    return Agency.objects.filter(country__in=countries_to_run(login)).select_related("country")


def country_rows(login: Any, programme: Programme) -> list[tuple[ProgrammeCountry, bool]]:
    """Return the countries of a programme, and whether this login may see their targets. Two queries.

    Which countries they are was announced; what each is to reach is for those who answer for it.
    """
    own = in_scope(login, COORDINATOR, "country") | in_scope(login, ADMINISTRATOR, "country")
    rows = programme.countries.select_related("country")
    seen = set(rows.filter(own).values_list("pk", flat=True))
    return [(row, row.pk in seen) for row in sorted(rows, key=lambda row: sorting_key(row.country.name))]


def cohorts_for(login: Any) -> QuerySet[Cohort]:
    """Return the cohorts this login trains or runs, with their plan and how many learn in them. One query."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    active = Q(members__role=CohortMember.Role.LEARNER, members__state=CohortMember.State.ACTIVE)
    rows = Cohort.objects.visible_to(login).select_related("country", "plan__programme")
    return rows.annotate(learners=Count("members", filter=active)).order_by("-starts_on", "name", "pk")


def cohort_to_run(login: Any, uuid: UUID) -> Cohort:
    """Return a cohort this login may plan: 404 if it can't see it, else PermissionDenied."""
    cohort = cohort_for(login, uuid)
    if not COHORTS_RUN.allows(login, cohort):
        raise PermissionDenied
    return cohort


def plan_of(cohort: Cohort) -> CohortPlan:
    """Return the plan of a cohort; one that nobody has written yet is empty and not saved. One query."""
    rows = CohortPlan.objects.select_related("programme", "parent", "cohort__country")
    return rows.filter(cohort=cohort).first() or CohortPlan(cohort=cohort)


def session_for(login: Any, uuid: UUID) -> Session:
    """Return a session of a cohort this login trains or runs; raise Http404, or PermissionDenied."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    rows = Session.objects.select_related("cohort__country", "cohort__agency")
    row = rows.filter(uuid=uuid, cohort__in=Cohort.objects.visible_to(login)).first()
    if row is None:
        raise Http404
    return row


def trainers_of(login: Any, cohort: Cohort) -> QuerySet[Person]:
    """Return those who train a cohort, as far as this login sees them."""
    return Person.objects.visible_to(login).filter(
        memberships__cohort=cohort,
        memberships__role=CohortMember.Role.TRAINER,
        memberships__state=CohortMember.State.ACTIVE,
    )


def people_to_name(login: Any, session: Session, parent: Cohort | None) -> QuerySet[Person]:
    """Return who may get a part in a session: the people of its cohort and of the one that it grew out of.

    And who has a part already, as far as this login sees them.
    """
    cohorts = [session.cohort_id, *([parent.pk] if parent else [])]
    here = CohortMember.objects.active().filter(cohort__in=cohorts).values("person")
    parts = session.parts.filter(person__isnull=False).values("person")
    return Person.objects.visible_to(login).filter(Q(pk__in=here) | Q(pk__in=parts))
