"""Two at once for the last place: one gets it, the other waits. The control shows that the race is real."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.actions import join_cohort
from accounts.joining import registry
from accounts.models import CohortMember
from tests.factories.accounts import InvitationCodeFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
State = CohortMember.State


def run_together(acts: list[Any]) -> None:
    gate = threading.Barrier(len(acts))

    def run(act: Any) -> None:
        gate.wait()
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_capacities", [lambda _cohort: 1])


def test_six_at_once_for_one_place_make_one_learner(one_place: None) -> None:
    invitation = InvitationCodeFactory.create()
    people = PersonFactory.create_batch(6)
    run_together([lambda person=person: join_cohort(person=person, code=invitation.code) for person in people])
    found = list(CohortMember.objects.values_list("state", flat=True))
    assert (found.count(State.ACTIVE), found.count(State.WAITING)) == (1, 5)


def test_control_look_then_write_without_the_lock_gives_the_place_away_twice(one_place: None) -> None:
    """The same rule written naively: each counts in one transaction and writes in the next."""
    cohort = InvitationCodeFactory.create().cohort
    people = PersonFactory.create_batch(6)
    looked = threading.Barrier(6)

    def join(person: Any) -> None:
        with transaction.atomic():
            free = CohortMember.objects.learners().active().filter(cohort=cohort).count() < 1
        looked.wait()
        with transaction.atomic():
            CohortMember.objects.create(
                cohort=cohort, person=person, state=State.ACTIVE if free else State.WAITING, joined_at=person.created_at
            )

    run_together([lambda person=person: join(person) for person in people])
    assert CohortMember.objects.active().filter(cohort=cohort).count() > 1
