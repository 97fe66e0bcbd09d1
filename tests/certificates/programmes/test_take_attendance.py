"""Taking a list: by whom, for whom, and that a correction counts."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts import policy
from accounts.errors import ServiceNumberTakenError
from accounts.models import AuditEvent, CohortMember, Login, Person
from certificates.actions import Mark, add_paper_attendee, attend_by_code, cancel_session, take_attendance
from certificates.errors import AttendanceCodeError, AttendeeUnknownError, SessionClosedError
from certificates.models import Attendance, CohortPlan
from certificates.programmes.door_codes import MARGIN, PRINTED, SCREEN, SCREEN_HOLDS, make_code
from records.models import Statement
from tests.factories.accounts import CohortFactory, CountryFactory, LoginFactory, PersonFactory, make_login
from tests.factories.programmes import NOON, SessionFactory, attended, learner, trainer_of

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def session():
    return SessionFactory.create()


@pytest.fixture
def scanner(session):
    login: Login = LoginFactory.create(person=learner(session.cohort))
    return login


def said() -> int:
    return Statement.objects.filter(unit_kind="attendance").count()


def test_the_list_is_written_once_and_audited(session):
    trainer, one = trainer_of(session.cohort), learner(session.cohort)
    assert take_attendance(by=trainer, session=session, marks=[Mark(one.uuid, "present")]) == 1
    assert take_attendance(by=trainer, session=session, marks=[Mark(one.uuid, "present")]) == 0
    assert said() == 1
    row = Attendance.objects.get()
    assert (row.person_id, row.minutes, row.taken_by) == (one.uuid, 100, "list")
    event = AuditEvent.objects.get(act="attendance.taken")
    assert (event.target_uuid, event.detail["lines"]) == (session.uuid, 1)


def test_a_statement_of_attendance_names_nobody(session):
    one = learner(session.cohort, full_name="Aminata Unusual", service_number="77001X")
    attended(session, one)
    text = Statement.objects.get(unit_kind="attendance").text
    assert "Aminata" not in text
    assert "77001X" not in text


def test_a_correction_counts_although_the_first_clock_was_ahead(session):
    trainer, one = trainer_of(session.cohort), learner(session.cohort)
    ahead = NOON + dt.timedelta(days=365)
    take_attendance(by=trainer, session=session, marks=[Mark(one.uuid, "present")], at=ahead)
    take_attendance(by=trainer, session=session, marks=[Mark(one.uuid, "absent")], at=NOON)
    assert Attendance.objects.get().status == "absent"


def test_minutes_are_at_most_the_sessions(session):
    one = learner(session.cohort)
    attended(session, one, minutes=5000)
    assert Attendance.objects.get().minutes == 100


def test_only_who_trains_or_runs_the_cohort_takes_a_list(session):
    one = learner(session.cohort)
    elsewhere = make_login(policy.COORDINATOR, CountryFactory.create(code="UA"))
    other_trainer = trainer_of(CohortFactory.create())
    for login in (elsewhere, other_trainer, LoginFactory.create(person=one)):
        with pytest.raises(PermissionDenied):
            take_attendance(by=login, session=session, marks=[Mark(one.uuid, "present")])
    assert said() == 0


def test_nobody_else_gets_on_the_list(session):
    stranger, gone = PersonFactory.create(), learner(session.cohort)
    CohortMember.objects.filter(person=gone).update(state=CohortMember.State.WITHDRAWN)
    for person in (stranger, gone):
        with pytest.raises(AttendeeUnknownError):
            attended(session, person)
    assert said() == 0


def test_a_cancelled_session_takes_no_list(session):
    one = learner(session.cohort)
    cancel_session(by=trainer_of(session.cohort), session=session)
    session.refresh_from_db()
    with pytest.raises(SessionClosedError):
        attended(session, one)


@pytest.mark.parametrize("way", [SCREEN, PRINTED])
def test_a_scan_in_the_room_counts_once(session, scanner, way):
    code = make_code(session.uuid, way, NOON)
    assert attend_by_code(login=scanner, session=session, code=code, at=NOON + MINUTE)
    assert not attend_by_code(login=scanner, session=session, code=code, at=NOON + 2 * MINUTE)
    row = Attendance.objects.get()
    assert (row.status, row.minutes, row.taken_by, said()) == ("present", 100, "code", 1)


def refused(session, login, code, at) -> str:
    with pytest.raises(AttendanceCodeError) as error:
        attend_by_code(login=login, session=session, code=code, at=at)
    assert said() == 0
    return error.value.reason


def test_a_photograph_of_the_screen_is_soon_worth_nothing(session, scanner):
    code = make_code(session.uuid, SCREEN, NOON)
    assert refused(session, scanner, code, NOON + SCREEN_HOLDS + MINUTE) == "expired"


def test_a_printed_code_ends_with_the_session(session, scanner):
    code = make_code(session.uuid, PRINTED, NOON - dt.timedelta(days=1))
    assert refused(session, scanner, code, session.ends_at + MARGIN + MINUTE) == "late"
    assert refused(session, scanner, code, session.starts_at - MARGIN - MINUTE) == "early"


def test_a_code_of_another_session_or_of_nobody_is_refused(session, scanner):
    other = SessionFactory.create(cohort=session.cohort)
    genuine = make_code(session.uuid, SCREEN, NOON)
    assert refused(session, scanner, make_code(other.uuid, SCREEN, NOON), NOON) == "forged"
    for place in range(0, len(genuine), 7):
        changed = genuine[:place] + ("0" if genuine[place] != "0" else "1") + genuine[place + 1 :]
        assert refused(session, scanner, changed, NOON) == "forged"


def test_a_stranger_is_refused_before_anything_is_told(session):
    stranger = LoginFactory.create()
    assert refused(session, stranger, make_code(session.uuid, SCREEN, NOON), NOON + 5 * SCREEN_HOLDS) == "foreign"


def test_a_scan_never_overrules_the_trainer(session, scanner):
    take_attendance(by=trainer_of(session.cohort), session=session, marks=[Mark(scanner.person.uuid, "absent")])
    code = make_code(session.uuid, SCREEN, NOON)
    assert not attend_by_code(login=scanner, session=session, code=code, at=NOON)
    assert Attendance.objects.get().status == "absent"


def test_paper_makes_a_person_without_a_login(session):
    person = add_paper_attendee(
        by=trainer_of(session.cohort), session=session, full_name="Fanta Paper", service_number="30 001-x"
    )
    assert not Login.objects.filter(person=person).exists()
    assert (person.country, person.agency) == (session.cohort.country, session.cohort.agency)
    assert Attendance.objects.get().taken_by == "paper"
    again = add_paper_attendee(
        by=trainer_of(session.cohort), session=session, full_name="F. Paper", service_number="30001X"
    )
    assert again == person
    assert Person.objects.filter(service_number="30001X").count() == 1


def test_paper_finds_nobody_whom_the_trainer_may_not_see(session):
    PersonFactory.create(agency=session.cohort.agency, country=session.cohort.country, service_number="90909Z")
    with pytest.raises(ServiceNumberTakenError):
        add_paper_attendee(by=trainer_of(session.cohort), session=session, full_name="X", service_number="90909Z")


def test_who_sat_in_the_room_has_a_place_although_the_cohort_is_full(session):
    CohortPlan.objects.create(cohort=session.cohort, capacity=1)
    learner(session.cohort)
    person = add_paper_attendee(by=trainer_of(session.cohort), session=session, full_name="Fanta Paper")
    assert CohortMember.objects.get(person=person).state == CohortMember.State.ACTIVE
