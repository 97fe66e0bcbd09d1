"""Attendance follows from the set of what was said, in whatever order; and adds up without guessing."""

import datetime as dt
import itertools
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings as site
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import policy
from certificates.actions import Mark, merge_people, take_attendance
from certificates.models import Attendance
from certificates.programmes.attendance import ATTENDANCE, attendance_columns, attendance_uuid
from certificates.programmes.attending import attendance_of
from certificates.programmes.presence import HeldSession, Presence, count_attendance
from certificates.programmes.registers import register_of
from elearning.lib.ids import activity_iri
from records.actions import append_statements
from records.state import rebuild_state, state_hash
from records.statements import build_statement, read_statement
from tests.factories.accounts import CohortFactory, make_login
from tests.factories.programmes import NOON, SessionFactory, attended, learner

SESSION, PERSON, COHORT = UUID(int=1), UUID(int=2), UUID(int=3)
FACTS = {"session": str(SESSION), "person": str(PERSON), "cohort": str(COHORT), "taken_by": "list"}


def statement(status: str = "present", minutes: object = 100, at: dt.datetime = NOON, **facts: object) -> dict:
    unit = attendance_uuid(SESSION, PERSON)
    return build_statement(
        base=site.ACTIVITY_BASE,
        actor_uuid=uuid4(),
        verb="attended",
        activity=activity_iri(site.ACTIVITY_BASE, "session", SESSION),
        unit=(ATTENDANCE, unit),
        timestamp=at,
        facts=FACTS | {"status": status, "minutes": minutes} | facts,
    )


def columns(*bodies: dict) -> Any:
    return attendance_columns(attendance_uuid(SESSION, PERSON), [read_statement(body) for body in bodies])


@given(
    st.lists(
        st.tuples(st.sampled_from(["present", "absent", "excused"]), st.integers(0, 100), st.integers(0, 3)),
        min_size=1,
        max_size=5,
    ),
    st.randoms(),
)
def test_any_order_and_any_repetition_give_one_row_and_the_latest_counts(said, rng):
    bodies = [statement(status, n, NOON + dt.timedelta(minutes=at)) for status, n, at in said]
    shuffled = [*bodies, rng.choice(bodies)]
    rng.shuffle(shuffled)
    assert columns(*shuffled) == columns(*bodies)
    latest = max(at for _status, _n, at in said)
    assert columns(*bodies)["status"] in {status for status, _n, at in said if at == latest}


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "asleep"},
        {"minutes": -1},
        {"minutes": 24 * 60 + 1},
        {"minutes": "100"},
        {"minutes": True},
        {"person": str(UUID(int=9))},
        {"session": "no uuid"},
        {"taken_by": "guess"},
        {"cohort": None},
    ],
)
def test_a_statement_that_does_not_fit_says_nothing(facts):
    assert columns(statement(at=NOON + dt.timedelta(days=1), **facts)) is None
    assert columns(statement(), statement(at=NOON + dt.timedelta(days=1), **facts))["at"] == NOON


def test_who_was_absent_attended_no_minutes_whatever_the_statement_says():
    assert columns(statement("excused", 100))["minutes"] == 0


@pytest.mark.django_db
def test_every_order_gives_one_state_and_a_rebuild_the_same():
    bodies = [statement("present"), statement("absent", 0, NOON + dt.timedelta(hours=1)), statement("excused")]
    actors = [UUID(each["actor"]["account"]["name"]) for each in bodies]
    hashes = set()
    for order in itertools.permutations(bodies):
        Attendance.objects.all().delete()
        append_statements(by=actors, statements=order)
        rebuild_state()
        hashes.add(state_hash())
        assert Attendance.objects.get().status == "absent"
    assert len(hashes) == 1


def test_percent_is_of_the_minutes_held_and_a_list_not_taken_counts_as_missed():
    held = [HeldSession(UUID(int=7), 60), HeldSession(UUID(int=8), 120)]
    rows = [Presence(UUID(int=8), PERSON, "present", 120), Presence(UUID(int=9), PERSON, "present", 500)]
    facts = count_attendance(held, rows, [])[PERSON]
    assert (facts.minutes, facts.sessions, facts.sessions_held, facts.percent) == (120, 1, 2, 66)
    assert count_attendance(held, [], [PERSON])[PERSON].percent == 0
    assert count_attendance([], [], [PERSON])[PERSON].percent is None


def test_of_two_records_of_one_person_the_last_word_counts():
    held = [HeldSession(SESSION, 60)]
    rows = [Presence(SESSION, PERSON, "present", 60), Presence(SESSION, PERSON, "absent", 0)]
    assert count_attendance(held, rows, [])[PERSON].minutes == 0
    assert count_attendance(held, rows[::-1], [])[PERSON].minutes == 60


@pytest.mark.django_db
def test_attendance_of_a_cohort_counts_sessions_that_are_over_or_have_a_list(django_assert_num_queries):
    cohort = CohortFactory.create()
    one, two = learner(cohort), learner(cohort)
    past, later = SessionFactory.create(cohort=cohort), SessionFactory.create(cohort=cohort)
    cancelled = SessionFactory.create(cohort=cohort, cancelled_at=timezone.now())
    later.starts_at, later.ends_at = NOON + dt.timedelta(days=9), NOON + dt.timedelta(days=9, hours=2)
    later.save()
    attended(past, one, minutes=50)
    now = NOON + dt.timedelta(days=1)
    with django_assert_num_queries(4):
        facts = attendance_of(cohort, at=now)
    assert facts[one.uuid].percent == 50
    assert (facts[two.uuid].percent, facts[two.uuid].sessions_held) == (0, 1)
    assert attendance_of(cohort, at=NOON - dt.timedelta(days=1))[one.uuid].sessions_held == 1
    attended(later, two)
    assert attendance_of(cohort, at=now)[two.uuid].percent == 50
    assert attendance_of(cohort, at=now, people=[two.uuid]) == {two.uuid: attendance_of(cohort, at=now)[two.uuid]}
    assert cancelled.uuid not in set(Attendance.objects.values_list("session_uuid", flat=True))


@pytest.mark.django_db
def test_what_two_records_attended_is_one_persons_after_a_merge():
    cohort = CohortFactory.create()
    kept, other = learner(cohort), learner(cohort)
    first, second = SessionFactory.create(cohort=cohort), SessionFactory.create(cohort=cohort)
    attended(first, kept)
    attended(second, other)
    by = make_login(policy.COORDINATOR, cohort.country)
    merge_people(by=by, kept=kept, absorbed=other)
    facts = attendance_of(cohort)
    assert set(facts) == {kept.uuid}
    assert (facts[kept.uuid].sessions, facts[kept.uuid].percent) == (2, 100)
    assert attendance_of(cohort, people=[kept.uuid]) == facts
    lines = register_of(by, second)
    assert [(line.person, line.attendance.status) for line in lines if line.attendance] == [(kept, "present")]
    assert take_attendance(by=by, session=second, marks=[Mark(kept.uuid, "absent")]) == 1
    assert attendance_of(cohort)[kept.uuid].percent == 50
