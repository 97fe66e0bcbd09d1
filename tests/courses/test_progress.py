"""What is derived is a function of the set of statements: order and repetition change nothing."""

import random
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import ActivityState, CourseProgress, Enrolment
from courses.progress import (
    ActivityFacts,
    derive_enrolment,
    derive_lesson,
    derive_progress,
    enrolment_unit,
    lesson_unit,
    next_ordinal,
)
from records.actions import append_statements
from records.models import Statement
from records.state import rebuild_state, state_hash
from records.statements import build_statement, read_statement
from tests.factories.accounts import make_login
from tests.factories.courses import make_course

if TYPE_CHECKING:
    from courses.catalogue import CourseOutline

BASE = "https://relais.example/activities"
START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PERSON, COURSE, ACTOR = UUID(int=1), UUID(int=2), UUID(int=3)
ENROLMENT = enrolment_unit(PERSON, COURSE, 1)
LESSONS = [UUID(int=10), UUID(int=11)]


def say(verb: str, unit: tuple[str, UUID], minute: int, facts: dict[str, Any], actor: UUID = ACTOR) -> dict[str, Any]:
    return build_statement(
        base=BASE,
        actor_uuid=actor,
        verb=verb,
        activity=f"{BASE}/x/{unit[1]}",
        unit=unit,
        timestamp=START + timedelta(minutes=minute),
        facts=facts,
    )


def registered(minute: int = 0, person: UUID = PERSON, actor: UUID = ACTOR, **facts: Any) -> dict[str, Any]:
    unit = enrolment_unit(person, COURSE, 1)
    given_facts = {
        "person": str(person),
        "course": str(COURSE),
        "period": 1,
        "edition": "international",
        "source_version": "1",
        "language": "en",
        "country": "ML",
        "agency": None,
        "cohort": None,
        "outline": {"lessons": [str(each) for each in LESSONS], "quizzes": []},
    }
    return say("registered", ("enrolment", unit), minute, given_facts | facts, actor)


def read_on(verb: str, lesson: UUID, minute: int, enrolment: UUID = ENROLMENT, **facts: Any) -> dict[str, Any]:
    given_facts = {"enrolment": str(enrolment), "lesson": str(lesson)} | facts
    return say(verb, ("lesson", lesson_unit(enrolment, lesson)), minute, given_facts)


LESSON = lesson_unit(ENROLMENT, LESSONS[0])
lesson_statements = st.lists(
    st.builds(
        lambda verb, minute, ordinal, place: read_on(
            verb, LESSONS[0], minute, **({"place": place, "ordinal": ordinal} if verb == "progressed" else {})
        ),
        st.sampled_from(["initialized", "progressed", "completed"]),
        st.integers(0, 5),
        st.integers(1, 3),
        st.sampled_from(["a", "b", "c"]),
    ),
    min_size=1,
    max_size=8,
)


@given(lesson_statements, st.randoms(use_true_random=False))
def test_lesson_state_does_not_depend_on_order_or_repetition(bodies: list[Any], dice: random.Random) -> None:
    said = [read_statement(body) for body in bodies]
    shuffled = [*said, *dice.choices(said, k=len(said))]
    dice.shuffle(shuffled)
    assert derive_lesson(LESSON, shuffled) == derive_lesson(LESSON, said)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_enrolment_does_not_depend_on_order_or_repetition(minutes: list[int], dice: random.Random) -> None:
    said = [read_statement(registered(minute, source_version=str(index))) for index, minute in enumerate(minutes)]
    shuffled = [*said, *said]
    dice.shuffle(shuffled)
    assert derive_enrolment(ENROLMENT, shuffled) == derive_enrolment(ENROLMENT, said)


def test_earliest_registration_counts() -> None:
    said = [read_statement(registered(5, language="fr")), read_statement(registered(1, language="en"))]
    found = derive_enrolment(ENROLMENT, said)
    assert found is not None
    assert (found.language, found.enrolled_at) == ("en", START + timedelta(minutes=1))


def test_last_place_is_the_highest_ordinal_whatever_the_clock_said() -> None:
    said = [
        read_statement(read_on("progressed", LESSONS[0], 9, place="early", ordinal=1)),
        read_statement(read_on("progressed", LESSONS[0], 1, place="late", ordinal=2)),
    ]
    found = derive_lesson(LESSON, said)
    assert found is not None
    assert (found.place, next_ordinal(said)) == ("late", 3)


@pytest.mark.parametrize(
    "facts",
    [{"person": "nobody"}, {"outline": {}}, {"period": 2}, {"period": "1"}, {"country": "MALI"}, {"course": None}],
)
def test_registration_that_cannot_be_read_says_nothing(facts: dict[str, Any]) -> None:
    assert derive_enrolment(ENROLMENT, [read_statement(registered(0, **facts))]) is None


def test_lesson_statement_of_another_unit_says_nothing() -> None:
    foreign = read_statement(read_on("completed", LESSONS[1], 0))
    assert derive_lesson(LESSON, [foreign]) is None


def test_course_is_complete_with_its_last_activity_and_not_before() -> None:
    outline = {"lessons": [str(LESSONS[0])], "quizzes": [str(LESSONS[1])]}
    first = ActivityFacts(LESSONS[0], START, START)
    second = ActivityFacts(LESSONS[1], START, START + timedelta(hours=1))
    other = ActivityFacts(uuid4(), START, START + timedelta(hours=9))
    assert derive_progress(outline, [first, other]).completed_at is None
    assert derive_progress(outline, [first, other]).activities_completed == 1
    assert derive_progress(outline, [first, second, other]).completed_at == START + timedelta(hours=1)


def test_empty_outline_is_never_complete() -> None:
    assert derive_progress({"lessons": [], "quizzes": []}, []).completed_at is None


def _rows() -> list[Any]:
    return [
        [row.facts() for row in table.objects.order_by("pk")] for table in (Enrolment, ActivityState, CourseProgress)
    ]


ALL = [
    registered(0),
    registered(3),
    read_on("initialized", LESSONS[0], 1),
    read_on("progressed", LESSONS[0], 2, place="a", ordinal=1),
    read_on("progressed", LESSONS[0], 2, place="b", ordinal=1),
    read_on("completed", LESSONS[0], 4),
    read_on("completed", LESSONS[0], 5),
    read_on("completed", LESSONS[1], 6),
]


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(ALL), st.lists(st.sampled_from(ALL), max_size=4), st.integers(1, 4))
def test_rows_in_the_database_do_not_depend_on_order_repetition_or_batches(
    order: list[Any], repeats: list[Any], batch: int
) -> None:
    from django.db import transaction

    with transaction.atomic():
        waiting = [*order, *repeats]
        for start in range(0, len(waiting), batch):
            append_statements(by=[ACTOR], statements=waiting[start : start + batch])
        rows = _rows()
        before = state_hash()
        assert rebuild_state() == before
        assert _rows() == rows
        transaction.set_rollback(True)
    assert rows == _expected()


_known: list[Any] = []


def _expected() -> Any:
    """What the statements give in the order in which they were said, derived once."""
    from django.db import transaction

    if not _known:
        with transaction.atomic():
            append_statements(by=[ACTOR], statements=ALL)
            _known.append(_rows())
            transaction.set_rollback(True)
    return _known[0]


@pytest.mark.django_db
def test_new_place_writes_no_course_progress() -> None:
    append_statements(by=[ACTOR], statements=ALL[:3])
    with CaptureQueriesContext(connection) as caught:
        append_statements(by=[ACTOR], statements=[ALL[3]])
    # Holding the transaction and, on PostgreSQL, the log asks nothing.
    queries = [query["sql"] for query in caught if not re.search("SAVEPOINT|advisory", query["sql"])]
    assert len(queries) == 4
    assert not any("courses_courseprogress" in query for query in queries)


@pytest.mark.django_db
def test_statements_of_a_lesson_may_come_before_the_enrolment() -> None:
    append_statements(by=[ACTOR], statements=ALL[5:6])
    assert not CourseProgress.objects.exists()
    append_statements(by=[ACTOR], statements=ALL[:1])
    assert CourseProgress.objects.get().activities_completed == 1


@pytest.mark.django_db
def test_rebuild_from_what_actions_wrote_gives_the_same_hash() -> None:
    from courses.actions import complete_lesson, enrol, note_place

    course: CourseOutline = make_course(lessons=3)
    for _number in range(2):
        login = make_login()
        enrolment = enrol(by=login, course=course)
        note_place(by=login, enrolment=enrolment, lesson_uuid=course.lessons[0].uuid, place=uuid4())
        complete_lesson(by=login, enrolment=enrolment, lesson_uuid=course.lessons[0].uuid)
    before = state_hash()
    assert Statement.objects.count() == 8
    assert rebuild_state() == before
