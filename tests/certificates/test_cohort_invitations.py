"""Invitation codes: made by those who answer for a cohort, and used by a class."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, CohortMember, InvitationCode
from accounts.policy import COORDINATOR, TRAINER
from courses.models import Enrolment
from tests.factories.accounts import CohortFactory, CohortMemberFactory, CountryFactory, make_login, sign_in
from tests.factories.certificates import publish_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return publish_course()


@pytest.fixture
def cohort(course):
    return CohortFactory.create(name="Kayes 3")


def address(cohort):
    return reverse("certificates:cohort-invitations", args=[cohort.uuid])


def course_in(page) -> str:
    """Return the first course that the form offers."""
    return page.context["form"].fields["course"].choices[0][0]


def test_a_trainer_makes_a_code_and_an_officer_joins_with_it(client, cohort):
    trainer = make_login(TRAINER, cohort.country)
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    sign_in(client, trainer)
    page = client.get(address(cohort))
    data = {"course": course_in(page), "uses": "2", "days": "7"}
    response = client.post(address(cohort), data, follow=True)
    code = InvitationCode.objects.get()
    assert (code.cohort, code.uses_left, code.created_by) == (cohort, 2, trainer.person)
    assert code.code in response.content.decode()
    assert AuditEvent.objects.filter(act="invitation.issued", target_uuid=cohort.uuid).count() == 1

    officer = make_login(country=cohort.country)
    sign_in(client, officer)
    client.post(reverse("courses:join"), {"code": code.code})
    assert Enrolment.objects.get(person=officer.person).cohort == cohort
    code.refresh_from_db()
    assert code.uses_left == 1


@pytest.mark.parametrize(
    "wrong", [{"uses": "0"}, {"uses": "501"}, {"days": "0"}, {"days": "366"}, {"course": "x"}, {"uses": "many"}]
)
def test_what_is_out_of_range_makes_no_code_and_says_so(client, cohort, wrong):
    sign_in(client, make_login(COORDINATOR, cohort.country))
    page = client.get(address(cohort))
    response = client.post(address(cohort), {"course": course_in(page), "uses": "2", "days": "7"} | wrong)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not InvitationCode.objects.exists()


def test_another_countrys_cohort_is_not_found_and_gets_no_code(client, cohort):
    sign_in(client, make_login(COORDINATOR, CountryFactory.create(code="UA")))
    assert client.get(address(cohort)).status_code == 404
    assert client.post(address(cohort), {"uses": "2", "days": "7"}).status_code == 404
    assert not InvitationCode.objects.exists()
