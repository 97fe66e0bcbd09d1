"""Tallies by group follow from statements and profiles, whatever came first, and a rebuild changes nothing."""

import datetime as dt
from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actions import confirm_import, preview_import, undo_import, update_profile
from accounts.models import Login, Person
from accounts.policy import COORDINATOR
from certificates.actions import merge_people, part_people
from certificates.counting import MEASURES, STAGES, Counted, differences
from certificates.dimensions import DIMENSIONS
from certificates.models import Standing, Tally, Total
from certificates.places import NO_COHORT
from records.state import rebuild_state, state_hash
from tests.factories.accounts import AgencyFactory, CohortFactory, LoginFactory, PersonFactory, make_login
from tests.factories.certificates import (
    COURSE,
    LESSONS,
    MOMENT,
    award,
    complete,
    earned_statement,
    enrol,
    publish_course,
    read_lessons,
    revoked_statement,
)
from tests.factories.certificates import _say as say_of
from tests.factories.programmes import CohortPlanFactory

pytestmark = pytest.mark.django_db
WOMAN: dict[str, Any] = {"sex": "female", "birth_year": 1991, "rank_band": "junior", "duty": "border"}


def tallied(dimension: str, measure: str) -> dict[str, int]:
    """Return the sums of one measure by group, nought left out."""
    sums: Counter[str] = Counter()
    for row in Tally.objects.filter(dimension=dimension):
        sums[row.value] += getattr(row, measure)
    return {value: count for value, count in sums.items() if count}


def stages() -> dict[str, int]:
    return {name: sum(getattr(row, name) for row in Total.objects.all()) for name in STAGES}


def test_each_stage_is_counted_when_it_is_reached():
    enrolment = enrol()
    assert stages() == {"enrolled": 1, "started": 0, "finished": 0, "completed": 0, "certified": 0}
    lesson = say_lesson(enrolment, 0)
    assert stages() == {"enrolled": 1, "started": 1, "finished": 0, "completed": 0, "certified": 0}
    read_lessons(enrolment, at=lesson + dt.timedelta(hours=1))
    assert stages() == {"enrolled": 1, "started": 1, "finished": 1, "completed": 0, "certified": 0}
    complete(enrolment)
    assert stages() == {"enrolled": 1, "started": 1, "finished": 1, "completed": 1, "certified": 0}


def say_lesson(enrolment, place: int) -> dt.datetime:
    from courses.progress import lesson_unit

    unit = lesson_unit(enrolment.pk, LESSONS[place])
    facts = {"enrolment": str(enrolment.pk), "lesson": str(LESSONS[place])}
    say_of(enrolment.person, "completed", LESSONS[place], ("lesson", unit), facts, MOMENT, enrolment.pk)
    return MOMENT


def test_a_person_counts_in_one_group_of_each_kind():
    enrol(PersonFactory.create(**WOMAN))
    assert tallied("sex", "enrolled") == {"female": 1}
    assert tallied("age", "enrolled") == {"35-44": 1}
    assert tallied("rank", "enrolled") == {"junior": 1}
    assert tallied("duty", "enrolled") == {"border": 1}
    assert tallied("language", "enrolled") == {"en": 1}
    assert tallied("agency", "enrolled") == {"": 1}


def test_who_says_something_else_moves_to_another_group_and_a_rebuild_agrees():
    person = PersonFactory.create(**WOMAN)
    enrol(person)
    login = LoginFactory.create(person=person)
    update_profile(by=login, language="en", sex="", birth_year=1960, rank_band="senior", duty="inland")
    assert tallied("sex", "enrolled") == {"": 1}
    assert tallied("age", "enrolled") == {"55-over": 1}
    assert tallied("rank", "enrolled") == {"senior": 1}
    assert tallied("duty", "enrolled") == {"inland": 1}
    before = state_hash()
    assert rebuild_state() == before


def test_a_profile_changed_behind_the_actions_is_what_a_rebuild_finds():
    """The control: without the announcement the stored rows stay behind, and the hash tells."""
    person = PersonFactory.create(**WOMAN)
    enrol(person)
    Person.objects.filter(pk=person.pk).update(sex="male")
    before = state_hash()
    assert rebuild_state() != before
    assert tallied("sex", "enrolled") == {"male": 1}


def made_by_a_list(by, cohort):
    """Return an import and the woman that it made."""
    content = b"Name;Sex;Year of birth;Rank;Duty\nAminata;F;1994;;"
    source = preview_import(by=by, cohort=cohort, file_name="list.csv", content=content)
    confirm_import(by=by, source=source)
    return source, Person.objects.get(full_name="Aminata")


@pytest.mark.parametrize("course", [True, False])
def test_a_list_and_its_undo_leave_what_a_rebuild_finds(course):
    """With a course, coming in enrols; without, an enrolment of somebody removed is nobody's from then on."""
    by, cohort = make_login(COORDINATOR), CohortFactory.create()
    if course:
        publish_course()
        CohortPlanFactory.create(cohort=cohort, course_uuid=COURSE)
    source, person = made_by_a_list(by, cohort)
    if not course:
        enrol(person)
    assert tallied("sex", "enrolled") == {"female": 1}
    assert rebuild_state() == state_hash()
    undo_import(by=by, source=source)
    assert not Person.objects.filter(pk=person.pk).exists()
    assert tallied("sex", "enrolled") == ({} if course else {"": 1})
    before = state_hash()
    assert rebuild_state() == before


def test_somebody_known_on_a_list_keeps_what_they_said_of_themselves():
    by, cohort = make_login(COORDINATOR), CohortFactory.create()
    agency = AgencyFactory.create(country=cohort.country)
    person = PersonFactory.create(**WOMAN, country=cohort.country, agency=agency, service_number="7")
    enrol(person)
    content = f"Name;Number;Agency;Sex;Year of birth\nX;7;{agency.name};M;1960".encode()
    confirm_import(by=by, source=preview_import(by=by, cohort=cohort, file_name="list.csv", content=content))
    assert cohort.members.get().person_id == person.pk
    assert tallied("sex", "enrolled") == {"female": 1}
    before = state_hash()
    assert rebuild_state() == before


def test_merging_changing_and_parting_leave_what_a_rebuild_finds():
    by, kept, other = make_login(COORDINATOR), make_login(), make_login()
    man: dict[str, Any] = {"sex": "male", "birth_year": 1960}
    for login, said in ((kept, WOMAN), (other, man)):
        update_profile(by=login, language="en", **said)
        enrol(login.person)
    enrol(other.person, course=uuid4())
    merging = merge_people(by=by, kept=kept.person, absorbed=other.person)
    before = state_hash()
    assert rebuild_state() == before
    update_profile(by=Login.objects.get(person=kept.person), language="en", sex="", birth_year=1970)
    before = state_hash()
    assert rebuild_state() == before
    part_people(by=by, merging=merging)
    before = state_hash()
    assert rebuild_state() == before
    assert sum(tallied("all", "enrolled").values()) == 3


def test_certificates_count_in_the_month_they_were_issued_and_in_the_month_they_end():
    publish_course()
    award(cohort=CohortFactory.create(), at=MOMENT + dt.timedelta(days=40))
    assert {(row.month, row.certified_then) for row in Tally.objects.filter(dimension="all")} == {
        (202611, 0),
        (202701, 1),
    }
    assert tallied("expiry", "certified") == {"202812": 1}


def test_withdrawing_takes_the_certificate_and_its_end_out_again():
    publish_course()
    enrolment = enrol()
    from records.actions import append_statements

    actor = enrolment.actor_uuid
    append_statements(by=[actor], statements=[earned_statement(enrolment)])
    assert tallied("expiry", "certified") == {"202811": 1}
    append_statements(by=[actor], statements=[revoked_statement(enrolment, at=MOMENT + dt.timedelta(days=1))])
    assert tallied("expiry", "certified") == {}
    assert tallied("all", "certified_then") == {}


def test_every_grouping_adds_up_to_the_whole():
    publish_course()
    groups: list[dict[str, Any]] = [{}, WOMAN, {"sex": "male"}]
    for number, facts in enumerate(groups):
        person = PersonFactory.create(**facts)
        award(person) if number % 2 else read_lessons(enrol(person))
    for measure in MEASURES:
        whole = sum(tallied("all", measure).values())
        for dimension in DIMENSIONS:
            assert sum(tallied(dimension, measure).values()) == whole, (dimension, measure)


_ROWS = st.builds(
    Counted,
    country_code=st.sampled_from(["ML", "UA"]),
    cohort_uuid=st.just(NO_COHORT),
    course_uuid=st.just(COURSE),
    month=st.sampled_from([202611, 202612]),
    groups=st.fixed_dictionaries({"sex": st.sampled_from(["", "female", "male"])}),
    is_started=st.booleans(),
    is_finished=st.booleans(),
    is_completed=st.booleans(),
    is_certified=st.booleans(),
    completed_in=st.sampled_from([None, 202611, 202701]),
    certified_in=st.sampled_from([None, 202612]),
    expires_in=st.sampled_from([None, 202811]),
)


@given(rows=st.lists(_ROWS, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_row_that_changes_often_leaves_what_its_last_state_alone_would(rows):
    """Differences telescope: only the last state counts, and going away leaves nothing."""
    unit = NO_COHORT

    def add(pairs):
        sums: Counter = Counter()
        for before, after in pairs:
            for each in differences(unit, before, after):
                for name, count in zip(MEASURES, each.counts, strict=True):
                    sums[each.table, each.place, name] += count
        return {key: count for key, count in sums.items() if count}

    way = list(zip([None, *rows], rows, strict=False))
    assert add(way) == add([(None, rows[-1])])
    assert add([*way, (rows[-1], None)]) == {}


def test_a_standing_knows_no_name():
    columns = {field.name for field in Standing._meta.get_fields()}
    assert not columns & {"person", "full_name", "service_number", "birth_year"}
