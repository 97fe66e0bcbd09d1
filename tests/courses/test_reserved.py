"""Courses that are only for police: who is confirmed, by whom, and that the course is nowhere for anybody else."""

from typing import Any

import pytest
from django.test import Client

from accounts.actions import confirm_police, end_police_confirmation, may_confirm_police
from accounts.errors import OutOfScopeError, PoliceAlreadyConfirmedError, PoliceNotConfirmedError
from accounts.models import AuditEvent, CohortMember, Login, PoliceConfirmation
from courses.access import enrolment_for, enrolments_of
from courses.actions import enrol
from courses.catalogue import CourseOutline
from courses.errors import ReservedCourseError
from courses.models import Enrolment
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    InvitationCodeFactory,
    make_login,
    sign_in,
)
from tests.factories.courses import make_course, make_sheet

pytestmark = pytest.mark.django_db
COURSE = "/en/courses/raid/"
ADDRESSES = (COURSE, f"{COURSE}lesson-1/", f"{COURSE}sheets/at-hand/")


@pytest.fixture
def course() -> CourseOutline:
    made = make_course("raid", reserved_for="police", title="Planning a raid")
    make_sheet(made)
    return made


@pytest.fixture
def officer() -> Login:
    return make_login()


@pytest.fixture
def coordinator(officer: Login) -> Login:
    return make_login("coordinator", officer.person.country)


def statuses(client: Client) -> list[int]:
    return [client.get(address).status_code for address in ADDRESSES]


def test_course_is_nowhere_for_who_is_not_confirmed(course: CourseOutline, officer: Login) -> None:
    client = sign_in(Client(), officer)
    assert statuses(client) == [404, 404, 404]
    assert client.post(f"{COURSE}enrol/").status_code == 404
    assert client.get(f"/packs/{course.uuid}/manifest/").status_code == 404
    for visitor in (client, Client()):
        for page in ("/en/courses/", "/en/"):
            assert "Planning a raid" not in visitor.get(page).content.decode()
    assert Client().get(COURSE).status_code == 404


def test_confirmed_officer_finds_it_enrols_and_reads(course: CourseOutline, officer: Login, coordinator: Login) -> None:
    confirm_police(by=coordinator, person=officer.person)
    client = sign_in(Client(), officer)
    assert "Planning a raid" in client.get("/en/courses/").content.decode()
    assert client.post(f"{COURSE}enrol/")["Location"] == f"{COURSE}lesson-1/"
    assert statuses(client) == [200, 200, 200]


def test_enrolment_opens_nothing_once_the_confirmation_has_ended(
    course: CourseOutline, officer: Login, coordinator: Login
) -> None:
    confirm_police(by=coordinator, person=officer.person)
    enrol(by=officer, course=course)
    end_police_confirmation(by=coordinator, person=officer.person)
    officer = Login.objects.get(pk=officer.pk)
    client = sign_in(Client(), officer)
    assert statuses(client) == [404, 404, 404]
    assert client.post(f"{COURSE}lesson-1/complete/").status_code == 404
    assert client.get(f"/packs/{course.uuid}/manifest/").status_code == 404
    assert "Planning a raid" not in client.get("/en/").content.decode()
    assert (enrolment_for(officer, course.uuid), enrolments_of(officer)) == (None, [])
    assert Enrolment.objects.count() == 1


def test_staff_look_in(course: CourseOutline) -> None:
    assert statuses(sign_in(Client(), make_login("trainer"))) == [200, 200, 200]


def test_course_for_everybody_asks_nobody_for_a_confirmation(officer: Login, django_assert_num_queries: Any) -> None:
    make_course("open")
    client = sign_in(Client(), officer)
    client.get("/en/courses/")
    with django_assert_num_queries(2) as asked:
        assert "Course open" in client.get("/en/courses/").content.decode()
    assert not any("policeconfirmation" in each["sql"] for each in asked)


def test_code_of_a_reserved_course_lets_nobody_in_who_is_not_confirmed(
    course: CourseOutline, officer: Login, coordinator: Login
) -> None:
    invitation = InvitationCodeFactory.create(course_uuid=course.uuid)
    for client in (sign_in(Client(), officer), Client()):
        answer = client.post("/en/join/", {"code": invitation.code})
        assert answer.status_code == 422
        assert "Planning a raid" not in answer.content.decode()
    invitation.refresh_from_db()
    assert (invitation.uses_left, Enrolment.objects.count(), CohortMember.objects.count()) == (10, 0, 0)
    confirm_police(by=coordinator, person=officer.person)
    assert sign_in(Client(), officer).post("/en/join/", {"code": invitation.code})["Location"] == COURSE


def test_newcomer_cannot_register_into_a_reserved_course(course: CourseOutline) -> None:
    invitation = InvitationCodeFactory.create(course_uuid=course.uuid)
    given = {"code": invitation.code, "full_name": "A B", "service_number": "1", "password": "quiet river stone"}
    assert Client().post("/en/join/", given).status_code == 422
    assert not Login.objects.exists()


def test_action_refuses_whatever_the_page_does(course: CourseOutline, officer: Login) -> None:
    with pytest.raises(ReservedCourseError):
        enrol(by=officer, course=course)


def test_nobody_confirms_themselves_or_a_person_out_of_scope(officer: Login, coordinator: Login) -> None:
    elsewhere = make_login("coordinator", CountryFactory.create(code="UA"))
    for by, person in ((coordinator, coordinator.person), (elsewhere, officer.person), (officer, officer.person)):
        assert not may_confirm_police(by, person)
        with pytest.raises(OutOfScopeError):
            confirm_police(by=by, person=person)
        with pytest.raises(OutOfScopeError):
            end_police_confirmation(by=by, person=person)
    assert not PoliceConfirmation.objects.exists()


def test_trainer_confirms_members_of_the_own_cohort_only(officer: Login) -> None:
    trainer = make_login("trainer", officer.person.country)
    assert not may_confirm_police(trainer, officer.person)
    cohort = CohortFactory.create(country=officer.person.country)
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    CohortMemberFactory.create(cohort=cohort, person=officer.person)
    assert may_confirm_police(trainer, officer.person)


def test_confirming_and_ending_happen_once_and_are_audited(officer: Login, coordinator: Login) -> None:
    confirm_police(by=coordinator, person=officer.person)
    with pytest.raises(PoliceAlreadyConfirmedError):
        confirm_police(by=coordinator, person=officer.person)
    end_police_confirmation(by=coordinator, person=officer.person)
    with pytest.raises(PoliceNotConfirmedError):
        end_police_confirmation(by=coordinator, person=officer.person)
    acts = AuditEvent.objects.filter(target_uuid=officer.person.uuid, actor_uuid=coordinator.person.uuid)
    assert sorted(acts.values_list("act", flat=True)) == ["police.confirmed", "police.ended"]


def test_page_of_a_person_confirms_and_ends(officer: Login, coordinator: Login) -> None:
    client = sign_in(Client(), coordinator)
    address = f"/en/account/people/{officer.person.uuid}/"
    assert "Confirm as police" in client.get(address).content.decode()
    client.post(f"{address}police/", {"is_police": "yes"})
    assert officer.person.police_confirmations.in_force().count() == 1
    assert "End the confirmation as police" in client.get(address).content.decode()
    client.post(f"{address}police/", {"is_police": "no"})
    assert not officer.person.police_confirmations.in_force().exists()
