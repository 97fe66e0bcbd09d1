"""Two nodes merge and part people apart from each other; whatever the order in which they hear of it, one state."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.models import Standing, Total
from courses.progress import enrolment_unit, lesson_unit
from records.actions import append_statements
from records.aliasing import alias_unit
from records.models import Alias
from records.state import rebuild_state, state_hash
from records.statements import build_statement
from tests.factories.accounts import CountryFactory

pytestmark = pytest.mark.django_db
BASE = "https://relais.example/activities"
START = datetime(2026, 11, 1, tzinfo=UTC)
PEOPLE = [UUID(int=number) for number in range(1, 5)]
COURSE, LESSON = UUID(int=100), UUID(int=101)
CLERK = UUID(int=200)


def statement(number: int, verb: str, unit: tuple[str, UUID], minute: int, facts: dict[str, Any], actor: UUID) -> Any:
    return build_statement(
        base=BASE,
        actor_uuid=actor,
        verb=verb,
        activity=f"{BASE}/x/{unit[1]}",
        unit=unit,
        timestamp=START + timedelta(minutes=minute),
        facts=facts,
        statement_id=uuid.uuid5(COURSE, str(number)),
    )


def enrolled(number: int, person: UUID) -> Any:
    facts = {
        "person": str(person),
        "course": str(COURSE),
        "period": 1,
        "edition": "international",
        "source_version": "1",
        "language": "en",
        "country": "ML",
        "agency": None,
        "cohort": None,
        "outline": {"lessons": [str(LESSON)], "quizzes": []},
    }
    unit = enrolment_unit(person, COURSE, 1)
    return statement(number, "registered", ("enrolment", unit), number % 7, facts, person)


def read(number: int, person: UUID) -> Any:
    enrolment = enrolment_unit(person, COURSE, 1)
    facts = {"enrolment": str(enrolment), "lesson": str(LESSON)}
    return statement(number, "completed", ("lesson", lesson_unit(enrolment, LESSON)), 10 + number % 5, facts, person)


def joined(number: int, verb: str, absorbed: UUID, kept: UUID, minute: int) -> Any:
    facts = {"absorbed": str(absorbed), "kept": str(kept), "accounts": []}
    return statement(number, verb, ("alias", alias_unit(absorbed)), minute, facts, CLERK)


def arrive(batches: list[list[Any]]) -> tuple[str, str, list[Any]]:
    """Bring batches in an order; return the hash on arrival, the hash rebuilt, the aliases, and take it all back."""
    with transaction.atomic():
        for batch in batches:
            outcome = append_statements(by={*PEOPLE, CLERK}, statements=batch)
            assert not outcome.quarantined
        lines = sorted(Alias.objects.values_list("absorbed_uuid", "kept_uuid"), key=str)
        found = state_hash(), rebuild_state(), lines
        transaction.set_rollback(True)
    return found


PEOPLE_AT = st.integers(0, len(PEOPLE) - 1)
ACT = st.one_of(
    st.tuples(st.just("enrolled"), PEOPLE_AT),
    st.tuples(st.just("read"), PEOPLE_AT),
    st.tuples(st.sampled_from(["merged", "merged", "parted"]), PEOPLE_AT, PEOPLE_AT, st.integers(20, 23)),
)


def spoken(number: int, act: Any) -> Any:
    verb, who, *rest = act
    if verb == "enrolled":
        return enrolled(number, PEOPLE[who])
    if verb == "read":
        return read(number, PEOPLE[who])
    return joined(number, verb, PEOPLE[who], PEOPLE[rest[0]], rest[1])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACT, min_size=2, max_size=10), cut=st.integers(1, 9), rng=st.randoms(use_true_random=False))
def test_two_nodes_that_hear_of_each_other_agree(acts: list[Any], cut: int, rng: Any) -> None:
    CountryFactory.create()
    said = [spoken(number, act) for number, act in enumerate(acts)]
    one, other = said[:cut], said[cut:]
    shuffled = [[each] for each in said]
    rng.shuffle(shuffled)
    states = [arrive([one, other]), arrive([other, one]), arrive([other, one, other]), arrive(shuffled)]
    hashes = {each for state in states for each in state[:2]}
    assert len(hashes) == 1
    assert all(state[2] == states[0][2] for state in states)


def test_two_merges_that_close_a_circle_agree_in_every_order() -> None:
    first, second, third, _ = PEOPLE
    acts = [joined(1, "merged", first, second, 20), joined(2, "merged", second, first, 21)]
    acts += [joined(3, "merged", third, first, 22)]
    found = [arrive([[each] for each in order]) for order in permutations(acts)]
    assert {each for state in found for each in state[:2]} == {found[0][0]}
    assert found[0][2] == [(first, second), (second, None), (third, second)]


def test_one_person_under_two_records_is_counted_once_and_the_best_counts() -> None:
    CountryFactory.create()
    first, second, *_ = PEOPLE
    bring = lambda *said: append_statements(by={*PEOPLE, CLERK}, statements=said)  # noqa: E731
    bring(enrolled(1, first), enrolled(2, second), read(3, second))
    assert figures() == (2, 1, 2)
    before = state_hash()
    bring(joined(4, "merged", second, first, 20))
    assert figures() == (1, 1, 1)
    assert Standing.objects.get().enrolment_id == enrolment_unit(second, COURSE, 1)
    bring(joined(5, "parted", second, first, 21))
    assert figures() == (2, 1, 2)
    assert state_hash() == before == rebuild_state()


def test_work_after_a_merge_can_make_the_other_enrolment_count() -> None:
    CountryFactory.create()
    first, second, *_ = PEOPLE
    bring = lambda *said: append_statements(by={*PEOPLE, CLERK}, statements=said)  # noqa: E731
    bring(enrolled(1, first), enrolled(2, second), joined(3, "merged", second, first, 20))
    assert Standing.objects.get().enrolment_id == enrolment_unit(first, COURSE, 1)
    bring(read(4, second))
    assert Standing.objects.get().enrolment_id == enrolment_unit(second, COURSE, 1)
    assert figures() == (1, 1, 1)
    assert state_hash() == rebuild_state()


def figures() -> tuple[int, int, int]:
    totals = Total.objects.all()
    return sum(each.enrolled for each in totals), sum(each.completed for each in totals), Standing.objects.count()
