"""Coming in with an invitation code."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Login, Person
from courses.catalogue import CourseOutline
from courses.models import Enrolment
from tests.factories.accounts import AgencyFactory, CohortFactory, InvitationCodeFactory, make_login, sign_in
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db
JOIN = "/en/join/"


@pytest.fixture
def course() -> CourseOutline:
    return make_course(self_enrolment=False)


@pytest.fixture
def invitation(course: CourseOutline) -> Any:
    return InvitationCodeFactory.create(course_uuid=course.uuid)


NEWCOMER = {"full_name": "Aïssata Diallo", "service_number": "04218-K", "password": "quiet river stone"}


def test_member_with_a_code_is_enrolled(client: Client, invitation: Any) -> None:
    login = make_login()
    sign_in(client, login)
    assert client.post(JOIN, {"code": invitation.code.lower()})["Location"] == "/en/courses/first-aid/"
    enrolment = Enrolment.objects.get()
    assert (enrolment.person_id, enrolment.cohort_id) == (login.person.uuid, invitation.cohort.uuid)


@pytest.mark.parametrize("code", ["NOSUCH22", "", "x" * 40, "'; --"])
def test_member_with_a_wrong_code_is_told_and_not_enrolled(client: Client, invitation: Any, code: str) -> None:
    sign_in(client, make_login())
    response = client.post(JOIN, {"code": code})
    assert response.status_code == 422
    assert "There is one problem" in response.content.decode()
    assert not Enrolment.objects.exists()


def test_newcomer_without_a_code_is_asked_for_it(client: Client) -> None:
    assert 'name="code"' in client.get(JOIN).content.decode()


def test_newcomer_with_a_wrong_code_learns_nothing_more(client: Client, course: CourseOutline) -> None:
    response = client.post(JOIN, {"code": "NOSUCH22"} | NEWCOMER)
    assert response.status_code == 422
    assert "There is no such invitation code" in response.content.decode()
    assert not Login.objects.exists()


def test_newcomer_sees_what_the_code_opens(client: Client, invitation: Any) -> None:
    page = client.post(JOIN, {"code": invitation.code}).content.decode()
    assert "Course first-aid" in page
    assert 'name="full_name"' in page
    assert 'name="agency"' not in page


def test_newcomer_is_registered_signed_in_and_enrolled(client: Client, invitation: Any) -> None:
    response = client.post(JOIN, {"code": invitation.code} | NEWCOMER)
    assert response["Location"] == "/en/courses/first-aid/"
    person = Person.objects.get(full_name="Aïssata Diallo")
    assert (person.agency, person.login.has_roles) == (invitation.cohort.agency, False)
    assert "Continue" in client.get("/en/").content.decode() or "Begin here" in client.get("/en/").content.decode()
    assert Enrolment.objects.get().person_id == person.uuid


@pytest.mark.parametrize(
    "wrong", [{"password": "short"}, {"full_name": ""}, {"service_number": ""}, {"birth_year": "1600"}, {"sex": "x"}]
)
def test_newcomer_with_a_wrong_field_spends_no_use(client: Client, invitation: Any, wrong: dict[str, str]) -> None:
    assert client.post(JOIN, {"code": invitation.code} | NEWCOMER | wrong).status_code == 422
    invitation.refresh_from_db()
    assert (invitation.uses_left, Login.objects.count()) == (10, 0)


def test_service_number_that_is_taken_is_told(client: Client, invitation: Any) -> None:
    make_login(agency=invitation.cohort.agency, service_number="04218K")
    response = client.post(JOIN, {"code": invitation.code} | NEWCOMER)
    assert response.status_code == 422
    assert "already has an account" in response.content.decode()


def test_newcomer_of_a_mixed_cohort_chooses_an_agency_of_its_country(client: Client, course: CourseOutline) -> None:
    cohort = CohortFactory.create(agency=None)
    own, foreign = AgencyFactory.create(country=cohort.country), AgencyFactory.create(country__code="NE")
    invitation = InvitationCodeFactory.create(course_uuid=course.uuid, cohort=cohort)
    given = {"code": invitation.code} | NEWCOMER
    assert client.post(JOIN, given | {"agency": foreign.pk}).status_code == 422
    assert client.post(JOIN, given | {"agency": own.pk}).status_code == 302
    assert Person.objects.get(full_name="Aïssata Diallo").agency == own


def test_role_in_the_form_is_not_listened_to(client: Client, invitation: Any) -> None:
    client.post(
        JOIN, {"code": invitation.code, "role": "administrator", "has_roles": "1", "is_superuser": "1"} | NEWCOMER
    )
    login = Login.objects.get()
    assert (login.has_roles, login.is_superuser, login.grants) == (False, False, [])
