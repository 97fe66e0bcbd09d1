"""Awards, standings and totals follow from the set of statements, in whatever order they come."""

import datetime as dt
import itertools
import json
from collections import Counter
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.awarded import award_columns
from certificates.models import Award, Standing, Total
from certificates.places import NO_COHORT
from courses.models import Enrolment
from records.actions import append_statements
from records.models import Statement
from records.state import rebuild_state, state_hash
from records.statements import read_statement
from tests.factories.accounts import CohortFactory, CountryFactory, PersonFactory
from tests.factories.certificates import (
    COURSE,
    MOMENT,
    earned_statement,
    enrol,
    read_lessons,
    revoked_statement,
)

pytestmark = pytest.mark.django_db
LATER = MOMENT + dt.timedelta(days=1)


def say(*statements: dict) -> None:
    actors = {UUID(each["actor"]["account"]["name"]) for each in statements}
    assert not append_statements(by=actors, statements=statements).quarantined


def fresh_totals() -> dict:
    """Add up the standings anew, without what is stored."""
    sums: dict = {}
    for row in Standing.objects.all():
        place = sums.setdefault((row.country_code, row.cohort_uuid, row.course_uuid), [0, 0, 0])
        for index, counts in enumerate((True, row.is_completed, row.is_certified)):
            place[index] += counts
    return sums


def stored_totals() -> dict:
    return {
        (row.country_code, row.cohort_uuid, row.course_uuid): [row.enrolled, row.completed, row.certified]
        for row in Total.objects.all()
    }


def test_enrolling_completing_and_certifying_each_count_once():
    cohort = CohortFactory.create()
    enrolment = enrol(cohort=cohort, quizzes=())
    place = ("ML", cohort.uuid, COURSE)
    assert stored_totals() == {place: [1, 0, 0]}
    read_lessons(enrolment)
    assert stored_totals() == {place: [1, 1, 0]}
    say(earned_statement(enrolment))
    assert stored_totals() == {place: [1, 1, 1]}
    say(revoked_statement(enrolment, at=LATER))
    assert stored_totals() == {place: [1, 1, 0]}


def test_the_same_statement_again_changes_nothing():
    enrolment = enrol(quizzes=())
    earned = earned_statement(enrolment)
    say(earned)
    before = state_hash()
    say(earned)
    enrol(enrolment.person, quizzes=())
    assert state_hash() == before
    assert stored_totals() == {("ML", NO_COHORT, COURSE): [1, 0, 1]}


def test_an_earlier_enrolment_that_arrives_late_moves_the_count_and_leaves_no_empty_row():
    person, cohort = PersonFactory.create(), CohortFactory.create()
    enrol(person, quizzes=(), at=LATER)
    enrol(person, quizzes=(), cohort=cohort, at=MOMENT)
    assert stored_totals() == {("ML", cohort.uuid, COURSE): [1, 0, 0]}


def test_of_two_earned_the_earlier_counts_whichever_comes_first():
    enrolment = enrol(quizzes=())
    first, second = earned_statement(enrolment), earned_statement(enrolment, at=LATER, minutes=99)
    say(second)
    assert Award.objects.get().minutes == 99
    say(first)
    assert Award.objects.get().minutes == 12
    assert Award.objects.get().issued_at == MOMENT


def test_revoked_before_earned_arrives_is_revoked():
    enrolment = enrol(quizzes=())
    say(revoked_statement(enrolment))
    assert not Award.objects.exists()
    say(earned_statement(enrolment))
    assert Award.objects.get().revoked_at == MOMENT


@pytest.mark.parametrize(
    "facts",
    [
        {"serial": "RLS-ML-2026-1"},
        {"person": str(uuid4())},
        {"minutes": -1},
        {"minutes": 40000},
        {"minutes": "12"},
        {"title": ["x"]},
        {"title": {"en": 1}},
        {"valid_until": "soon"},
        {"course": None},
        {"edition": "x" * 41},
        {"period": True},
    ],
)
def test_an_earned_with_unsound_facts_stays_in_the_log_and_gives_no_award(facts):
    say(earned_statement(enrol(quizzes=()), **facts))
    assert Statement.objects.filter(verb="earned").count() == 1
    assert not Award.objects.exists()


@given(data=st.data())
@settings(max_examples=40)
def test_order_and_repetition_of_statements_do_not_matter(data):
    """Award columns are a pure function of the set."""
    enrolment = Enrolment(
        pk=UUID(int=6), person_id=UUID(int=5), course_uuid=COURSE, country_id="ML", actor_uuid=UUID(int=7)
    )
    hours = data.draw(st.lists(st.integers(-3, 3), min_size=1, max_size=4))
    moments = [MOMENT + dt.timedelta(hours=each) for each in hours]
    said = [read_statement(earned_statement(enrolment, at=at, minutes=number)) for number, at in enumerate(moments)]
    said += [read_statement(revoked_statement(enrolment, at=at)) for at in data.draw(st.permutations(moments))[:2]]
    said.append(read_statement(earned_statement(enrolment, serial="nonsense", at=MOMENT - dt.timedelta(days=9))))
    unit = said[0].unit_uuid
    expected = award_columns(unit, said)
    mixed = data.draw(st.permutations([*said, *said[:2]]))
    assert award_columns(unit, mixed) == expected
    assert expected is not None
    assert expected["issued_at"] == min(moments)


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_totals_equal_a_fresh_aggregate_and_a_rebuild_gives_the_same_hash(data, db):
    """Whatever is said of three people in two cohorts and two countries, in any order, twice over."""
    with transaction.atomic():
        cohorts = [None, CohortFactory.create(), CohortFactory.create(country=CountryFactory.create(code="NE"))]
        statements = list(itertools.chain.from_iterable(_life(cohort) for cohort in cohorts))
        order = data.draw(st.permutations(range(len(statements))))
        drawn = [statements[index] for index in order[: data.draw(st.integers(1, len(order)))]]
        for statement in [*drawn, *drawn[:3]]:
            say(statement)
            assert stored_totals() == fresh_totals()
        counted = Counter(row.country_code for row in Standing.objects.all())
        assert sum(counted.values()) == sum(total.enrolled for total in Total.objects.all())
        before = state_hash()
        assert rebuild_state() == before
        transaction.set_rollback(True)


def _life(cohort) -> list[dict]:
    """Return all that is ever said of one person, without saying it: enrolled (twice), read, awarded, withdrawn."""
    person = PersonFactory.create(**({"country": cohort.country} if cohort else {}))
    with transaction.atomic():
        point = transaction.savepoint()
        enrol(person, cohort=cohort, quizzes=())
        enrolment = enrol(person, quizzes=(), at=LATER)
        read_lessons(enrolment)
        bodies = [
            Statement.objects.get(pk=pk)
            for pk in Statement.objects.filter(actor_uuid=enrolment.actor_uuid).values_list("pk", flat=True)
        ]
        transaction.savepoint_rollback(point)
    earned = [earned_statement(enrolment), earned_statement(enrolment, at=LATER, version=2)]
    return [*(json.loads(each.text) for each in bodies), *earned, revoked_statement(enrolment, at=LATER)]
