"""The cohorts of one programme as the cascade sees them: who led each, and who learnt there."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Cohort, CohortMember
from certificates.models import CohortPlan, Programme, SessionPart
from records.aliases import whose_records

TRAINING_PARTS = (SessionPart.Role.LEAD, SessionPart.Role.CO_TRAINER)


@dataclass(frozen=True, slots=True)
class CascadeCohort:
    """One cohort: `lead` is the person whose branch it grows, None where nobody is named."""

    pk: int
    uuid: UUID
    is_for_trainers: bool
    starts_on: dt.date
    course: UUID | None
    lead: UUID | None


def cohorts_of(programme: Programme | None) -> QuerySet[Cohort]:
    """Return the cohorts of a programme; of those without one where there is none. Cancelled ones taught nobody."""
    own = Q(plan__programme=programme) if programme else Q(plan__isnull=True) | Q(plan__programme__isnull=True)
    return Cohort.objects.filter(own).exclude(plan__stage=CohortPlan.Stage.CANCELLED)


def read_cohorts(programme: Programme | None) -> list[CascadeCohort]:
    """Return the cohorts of a programme with their leads, the earliest first. Four queries."""
    rows = cohorts_of(programme).values_list("pk", "uuid", "plan__kind", "starts_on", "plan__course_uuid")
    wanted = list(rows.order_by("starts_on", "pk"))
    leads = _leads(cohorts_of(programme))
    return [
        CascadeCohort(pk, uuid, kind == CohortPlan.Kind.TRAINERS, starts_on, course, leads.get(pk))
        for pk, uuid, kind, starts_on, course in wanted
    ]


def learners_of(cohorts: QuerySet[Cohort]) -> Iterable[tuple[int, UUID]]:
    """Yield cohort and person of everybody who learns in these cohorts, in order of joining."""
    active = CohortMember.objects.filter(
        cohort__in=cohorts, role=CohortMember.Role.LEARNER, state=CohortMember.State.ACTIVE
    )
    return active.order_by("joined_at", "pk").values_list("cohort_id", "person__uuid").iterator(chunk_size=5000)


def _leads(cohorts: QuerySet[Cohort]) -> dict[int, UUID]:
    """Return cohort -> who led most of its sessions; without sessions, the first who joined it as its trainer."""
    led: dict[int, Counter[UUID]] = {}
    parts = SessionPart.objects.filter(
        session__cohort__in=cohorts,
        session__cancelled_at__isnull=True,
        role=SessionPart.Role.LEAD,
        person__isnull=False,
    )
    for cohort, person in parts.values_list("session__cohort_id", "person__uuid"):
        led.setdefault(cohort, Counter())[person] += 1
    whose = whose_records({person for counted in led.values() for person in counted})
    found = {cohort: _most(_merged(counted, whose)) for cohort, counted in led.items()}
    trainers = CohortMember.objects.filter(
        cohort__in=cohorts, role=CohortMember.Role.TRAINER, state=CohortMember.State.ACTIVE
    )
    for cohort, person in trainers.order_by("joined_at", "pk").values_list("cohort_id", "person__uuid"):
        found.setdefault(cohort, person)
    return found


def _merged(counted: Counter[UUID], whose: Mapping[UUID, UUID]) -> Counter[UUID]:
    """Return the counts by person: what was led under two records of one was led by one."""
    together: Counter[UUID] = Counter()
    for record, number in counted.items():
        together[whose.get(record, record)] += number
    return together


def _most(counted: Counter[UUID]) -> UUID:
    return min(counted, key=lambda person: (-counted[person], str(person)))


def parents_of(
    cohorts: Sequence[CascadeCohort], learners: Iterable[tuple[int, UUID]]
) -> tuple[dict[UUID, UUID | None], dict[UUID, set[UUID]]]:
    """Return trainer -> who trained them, and lead -> officers, each person on one branch only. Pure.

    Whoever learnt in several cohorts belongs to the earliest. Leads who learnt in none are there without a parent.
    """
    by_pk = {each.pk: each for each in cohorts}
    rank = {each.pk: place for place, each in enumerate(cohorts)}
    parents: dict[UUID, UUID | None] = {}
    officers: dict[UUID, set[UUID]] = {}
    placed: set[UUID] = set()
    for pk, person in sorted(learners, key=lambda each: rank.get(each[0], -1)):
        cohort = by_pk.get(pk)
        if cohort is None:
            continue
        if cohort.is_for_trainers:
            parents.setdefault(person, cohort.lead)
        elif cohort.lead is not None and person not in placed:
            placed.add(person)
            officers.setdefault(cohort.lead, set()).add(person)
    for cohort in cohorts:
        if cohort.lead is not None:
            parents.setdefault(cohort.lead, None)
    # A trainer's trainer may be known from a cohort outside the programme: then they begin the branch here.
    for parent in [each for each in parents.values() if each is not None]:
        parents.setdefault(parent, None)
    return parents, officers
