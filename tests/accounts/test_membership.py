"""Places, the waiting list, leaving, coming back and moving: who is in a cohort, and who is counted."""

from typing import Any

import pytest

from accounts.actions import (
    add_learner,
    admit_waiting,
    join_cohort,
    take_back,
    transfer_member,
    withdraw_member,
)
from accounts.errors import (
    CohortFullError,
    MemberLeftError,
    MemberStateError,
    OutOfScopeError,
    SameCohortError,
    UnknownLeavingReasonError,
)
from accounts.joining import registry
from accounts.models import AuditEvent, Cohort, CohortMember, Person
from accounts.policy import COORDINATOR, TRAINER
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    InvitationCodeFactory,
    PersonFactory,
    make_login,
)

pytestmark = pytest.mark.django_db
State = CohortMember.State


@pytest.fixture
def coordinator() -> Any:
    return make_login(COORDINATOR)


@pytest.fixture
def two_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_capacities", [lambda _cohort: 2])


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls: list[Any] = []
    monkeypatch.setattr(registry, "_admitted", [lambda _by, cohort, people: calls.append((cohort, list(people)))])
    return calls


def states(cohort: Cohort) -> list[str]:
    return list(cohort.members.order_by("pk").values_list("state", flat=True))


def test_who_comes_after_the_last_place_waits(two_places: None) -> None:
    invitation = InvitationCodeFactory.create()
    joined = [join_cohort(person=PersonFactory.create(), code=invitation.code) for _ in range(4)]
    assert [each.is_waiting for each in joined] == [False, False, True, True]
    assert states(invitation.cohort) == [State.ACTIVE, State.ACTIVE, State.WAITING, State.WAITING]


def test_code_typed_again_while_waiting_waits_and_spends_no_use(two_places: None) -> None:
    invitation = InvitationCodeFactory.create()
    people = PersonFactory.create_batch(3)
    for person in people:
        join_cohort(person=person, code=invitation.code)
    invitation.refresh_from_db()
    left = invitation.uses_left
    assert join_cohort(person=people[2], code=invitation.code).is_waiting
    invitation.refresh_from_db()
    assert invitation.uses_left == left


def test_cohort_without_a_number_of_places_has_no_waiting_list() -> None:
    invitation = InvitationCodeFactory.create()
    assert not any(join_cohort(person=PersonFactory.create(), code=invitation.code).is_waiting for _ in range(5))


def test_course_of_the_code_is_that_of_the_code_that_was_typed() -> None:
    first = InvitationCodeFactory.create()
    second = InvitationCodeFactory.create(cohort=first.cohort)
    person = PersonFactory.create()
    join_cohort(person=person, code=first.code)
    assert join_cohort(person=person, code=second.code).course_uuid == second.course_uuid


def test_place_that_came_free_is_given_by_staff(coordinator: Any, two_places: None, heard: list[Any]) -> None:
    invitation = InvitationCodeFactory.create()
    for _ in range(3):
        join_cohort(person=PersonFactory.create(), code=invitation.code)
    first, _second, third = invitation.cohort.members.order_by("pk")
    with pytest.raises(CohortFullError):
        admit_waiting(by=coordinator, member=third)
    withdraw_member(by=coordinator, member=first, reason="workload")
    assert admit_waiting(by=coordinator, member=third).state == State.ACTIVE
    assert heard == [(invitation.cohort, [third.person])]
    with pytest.raises(MemberStateError):
        admit_waiting(by=coordinator, member=third)


def test_withdrawing_keeps_the_row_with_its_reason_and_is_audited(coordinator: Any) -> None:
    member = CohortMemberFactory.create()
    left = withdraw_member(by=coordinator, member=member, reason="posting")
    assert (left.state, left.left_reason, left.left_at is not None) == (State.WITHDRAWN, "posting", True)
    event = AuditEvent.objects.get(act="member.withdrawn")
    assert (event.target_uuid, event.detail["reason"]) == (member.person.uuid, "posting")
    assert not CohortMember.objects.active().filter(cohort=member.cohort).exists()


def test_reason_must_be_one_of_the_list(coordinator: Any) -> None:
    with pytest.raises(UnknownLeavingReasonError):
        withdraw_member(by=coordinator, member=CohortMemberFactory.create(), reason="she was rude")


def test_who_left_does_not_come_back_by_the_code_but_by_staff(coordinator: Any, heard: list[Any]) -> None:
    invitation = InvitationCodeFactory.create()
    person = PersonFactory.create()
    join_cohort(person=person, code=invitation.code)
    member = invitation.cohort.members.get()
    withdraw_member(by=coordinator, member=member, reason="conduct")
    with pytest.raises(MemberLeftError):
        join_cohort(person=person, code=invitation.code)
    back = take_back(by=coordinator, member=member)
    assert (back.pk, back.state, back.left_reason, back.left_at) == (member.pk, State.ACTIVE, "", None)
    assert heard == [(invitation.cohort, [person])]


def test_transfer_leaves_the_old_row_and_makes_one_in_the_other_cohort(coordinator: Any, heard: list[Any]) -> None:
    member, other = CohortMemberFactory.create(), CohortFactory.create()
    there = transfer_member(by=coordinator, member=member, to=other)
    member.refresh_from_db()
    assert (member.state, member.left_reason) == (State.MOVED, "transferred")
    assert (there.cohort, there.state) == (other, State.ACTIVE)
    assert heard == [(other, [member.person])]
    with pytest.raises(SameCohortError):
        transfer_member(by=coordinator, member=there, to=other)


def test_transfer_into_a_full_cohort_waits_there(coordinator: Any, two_places: None) -> None:
    other = CohortFactory.create()
    CohortMemberFactory.create_batch(2, cohort=other)
    assert transfer_member(by=coordinator, member=CohortMemberFactory.create(), to=other).state == State.WAITING


def test_adding_a_learner_twice_changes_nothing(coordinator: Any, heard: list[Any]) -> None:
    cohort, person = CohortFactory.create(), PersonFactory.create()
    first = add_learner(by=coordinator, cohort=cohort, person=person)
    assert add_learner(by=coordinator, cohort=cohort, person=person) == first
    assert len(heard) == 1


@pytest.mark.parametrize("act", ["add", "withdraw", "admit", "take-back", "transfer", "transfer-out"])
def test_coordinator_of_another_country_does_none_of_it(act: str) -> None:
    mali, ukraine = CountryFactory.create(), CountryFactory.create(code="UA")
    by = make_login(COORDINATOR, ukraine)
    member = CohortMemberFactory.create(cohort=CohortFactory.create(country=mali))
    own = CohortMemberFactory.create(
        cohort=CohortFactory.create(country=ukraine), person=PersonFactory.create(country=ukraine)
    )
    acts = {
        "add": lambda: add_learner(by=by, cohort=own.cohort, person=member.person),
        "withdraw": lambda: withdraw_member(by=by, member=member, reason="other"),
        "admit": lambda: admit_waiting(by=by, member=member),
        "take-back": lambda: take_back(by=by, member=member),
        "transfer": lambda: transfer_member(by=by, member=member, to=own.cohort),
        "transfer-out": lambda: transfer_member(by=by, member=own, to=member.cohort),
    }
    before = list(CohortMember.objects.order_by("pk").values())
    with pytest.raises(OutOfScopeError):
        acts[act]()
    assert list(CohortMember.objects.order_by("pk").values()) == before


def test_trainer_runs_the_waiting_list_and_transfers_nobody() -> None:
    trainer = make_login(TRAINER)
    member = CohortMemberFactory.create()
    CohortMemberFactory.create(cohort=member.cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    assert withdraw_member(by=trainer, member=member, reason="workload").state == State.WITHDRAWN
    with pytest.raises(OutOfScopeError):
        take_back(by=trainer, member=member)
    with pytest.raises(OutOfScopeError):
        transfer_member(by=trainer, member=member, to=CohortFactory.create())


def test_trainer_who_left_sees_nobody_of_the_cohort() -> None:
    trainer = make_login(TRAINER)
    member = CohortMemberFactory.create()
    own = CohortMemberFactory.create(cohort=member.cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    assert member.person in Person.objects.visible_to(trainer)
    CohortMember.objects.filter(pk=own.pk).update(state=State.WITHDRAWN)
    assert list(Person.objects.visible_to(trainer)) == [trainer.person]
    assert not Cohort.objects.visible_to(trainer).exists()


def test_trainer_sees_who_waits_and_not_who_left() -> None:
    trainer = make_login(TRAINER)
    cohort = CohortFactory.create()
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    people = {state: CohortMemberFactory.create(cohort=cohort, state=state).person for state in State}
    seen = set(Person.objects.visible_to(trainer))
    assert seen == {trainer.person, people[State.ACTIVE], people[State.WAITING]}
