"""Who is in a cohort: letting in, waiting, moving up, transferring, withdrawing, taking back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts import policy
from accounts.actions.audit import record_audit
from accounts.errors import (
    CohortFullError,
    MemberLeftError,
    MemberStateError,
    OutOfScopeError,
    SameCohortError,
    UnknownLeavingReasonError,
)
from accounts.joining.registry import announce_admitted, capacity_of
from accounts.leaving import TRANSFERRED, LeavingReason
from accounts.models import Cohort, CohortMember, Login, Person

State, Role = CohortMember.State, CohortMember.Role


@dataclass(slots=True)
class Entered:
    """What became of people who were to learn in a cohort, by member row."""

    new: list[CohortMember] = field(default_factory=list)
    back: list[CohortMember] = field(default_factory=list)
    there: list[CohortMember] = field(default_factory=list)

    @property
    def came_in(self) -> list[CohortMember]:
        """Those who have a place now and had none before."""
        return [each for each in (*self.new, *self.back) if each.state == State.ACTIVE]


def enter_cohort(cohort: Cohort, people: Sequence[Person], *, takes_back: bool) -> Entered:
    """Write the rows of learners: a place as long as there is one, then the waiting list. Two queries and the rows.

    Who left comes back only where `takes_back`, by an act of staff; else MemberLeftError. The caller has checked who
    may, and holds a transaction; the cohort's row is the lock that keeps two from taking the last place.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    learners = CohortMember.objects.learners().filter(cohort=cohort)
    known = {each.person_id: each for each in learners.filter(person__in=people)}
    capacity = capacity_of(cohort)
    free = None if capacity is None else capacity - learners.active().count()
    entered = Entered()
    for person in people:
        member = known.get(person.pk)
        if member is not None and member.state in (State.ACTIVE, State.WAITING):
            entered.there.append(member)
            continue
        if member is not None and not takes_back:
            raise MemberLeftError
        (entered.new if member is None else entered.back).append(_place(cohort, person, member, free))
        free = None if free is None else free - 1
    CohortMember.objects.bulk_create(entered.new)
    CohortMember.objects.bulk_update(entered.back, ["state", "joined_at", "left_at", "left_reason"])
    return entered


def _place(cohort: Cohort, person: Person, member: CohortMember | None, free: int | None) -> CohortMember:
    row = member or CohortMember(cohort=cohort, person=person, role=Role.LEARNER)
    row.state = State.ACTIVE if free is None or free > 0 else State.WAITING
    row.joined_at, row.left_at, row.left_reason = timezone.now(), None, ""
    return row


@transaction.atomic
def add_learner(*, by: Login, cohort: Cohort, person: Person) -> CohortMember:
    """Bring a person into a cohort, or back into it; onto the waiting list where it is full. Idempotent.

    Raises OutOfScopeError unless `by` trains or runs the cohort and may see the person.
    """
    if not policy.COHORTS.allows(by, cohort) or not policy.PEOPLE.allows(by, person):
        raise OutOfScopeError
    entered = enter_cohort(cohort, [person], takes_back=True)
    if entered.there:
        return entered.there[0]
    member = (entered.new or entered.back)[0]
    _record(by, "member.added", member, state=member.state)
    announce_admitted(by, cohort, [each.person for each in entered.came_in])
    return member


@transaction.atomic
def admit_waiting(*, by: Login, member: CohortMember) -> CohortMember:
    """Give somebody on the waiting list a place. Raises OutOfScopeError, MemberStateError, CohortFullError."""
    here = _held(by, member, State.WAITING)
    _check_free(here.cohort)
    _set(here, State.ACTIVE)
    _record(by, "member.admitted", here)
    announce_admitted(by, here.cohort, [here.person])
    return here


@transaction.atomic
def withdraw_member(*, by: Login, member: CohortMember, reason: str) -> CohortMember:
    """Let somebody leave a cohort; what was learnt stays, and so does the enrolment.

    Raises OutOfScopeError unless `by` trains or runs the cohort (for a trainer of it: runs), MemberStateError,
    UnknownLeavingReasonError.
    """
    if reason not in LeavingReason.values:
        raise UnknownLeavingReasonError
    here = _held(by, member, State.ACTIVE, State.WAITING)
    if here.role == Role.TRAINER and not policy.COHORTS_RUN.allows(by, here.cohort):
        raise OutOfScopeError
    _set(here, State.WITHDRAWN, reason)
    _record(by, "member.withdrawn", here, reason=reason)
    return here


@transaction.atomic
def take_back(*, by: Login, member: CohortMember) -> CohortMember:
    """Let somebody who left come back, to a place or to the end of the waiting list.

    Raises OutOfScopeError unless `by` runs the cohort, MemberStateError.
    """
    here = _held(by, member, State.WITHDRAWN, State.MOVED, runs=True)
    if here.role == Role.TRAINER:
        _set(here, State.ACTIVE)
        _record(by, "member.added", here, state=here.state)
        return here
    return add_learner(by=by, cohort=here.cohort, person=here.person)


@transaction.atomic
def transfer_member(*, by: Login, member: CohortMember, to: Cohort) -> CohortMember:
    """Move a learner to another cohort and return the row there; the old row stays, marked as moved.

    An enrolment keeps the cohort in which it began, whether or not anything was learnt: it says where somebody was
    on that day, and what the first cohort reported stays true. Raises OutOfScopeError unless `by` runs both cohorts,
    MemberStateError, SameCohortError.
    """
    here = _held(by, member, State.ACTIVE, State.WAITING, runs=True)
    if here.cohort_id == to.pk:
        raise SameCohortError
    if here.role != Role.LEARNER or not policy.COHORTS_RUN.allows(by, to):
        raise OutOfScopeError
    _set(here, State.MOVED, TRANSFERRED)
    entered = enter_cohort(to, [here.person], takes_back=True)
    there = (entered.there or entered.new or entered.back)[0]
    _record(by, "member.transferred", here, to=str(to.uuid))
    announce_admitted(by, to, [each.person for each in entered.came_in])
    return there


def _held(by: Login, member: CohortMember, *states: str, runs: bool = False) -> CohortMember:
    """Return the row as it stands now, held; raise OutOfScopeError, MemberStateError."""
    rule = policy.COHORTS_RUN if runs else policy.COHORTS
    if not rule.allows(by, member.cohort):
        raise OutOfScopeError
    # One lock for all who come and go: the cohort's row.
    Cohort.objects.select_for_update().get(pk=member.cohort_id)
    here = CohortMember.objects.select_related("cohort__country", "person").get(pk=member.pk)
    if here.state not in states:
        raise MemberStateError
    return here


def _check_free(cohort: Cohort) -> None:
    capacity = capacity_of(cohort)
    if capacity is not None and CohortMember.objects.learners().active().filter(cohort=cohort).count() >= capacity:
        raise CohortFullError


def _set(member: CohortMember, state: str, reason: str = "") -> None:
    member.state, member.left_reason = state, reason
    member.left_at = timezone.now() if reason else None
    member.save(update_fields=["state", "left_reason", "left_at"])


def _record(by: Login, act: str, member: CohortMember, **detail: str) -> None:
    cohort = member.cohort
    record_audit(
        by=by, act=act, target=member.person, country=cohort.country, detail={"cohort": str(cohort.uuid)} | detail
    )
