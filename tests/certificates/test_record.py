"""My record: my certificates and attempts, nobody else's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.policy import COORDINATOR
from certificates.actions import revoke_award
from certificates.models import Award
from tests.factories.accounts import LoginFactory, PersonFactory, make_login, sign_in
from tests.factories.certificates import award, enrol, holder_login, pass_quiz, publish_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    publish_course()
    return award(PersonFactory.create(full_name="Aïssata Traoré"))


def open_record(client) -> str:
    answer = client.get(reverse("certificates:record"))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_certificates_can_be_downloaded_and_shown_to_others(client, row):
    page = open_record(sign_in(client, holder_login(row)))
    assert reverse("certificates:award-pdf", args=[row.serial]) in page
    assert reverse("certificates:verify", args=[row.serial]) in page
    assert "Valid until" in page
    assert "Your colleagues do not" in page


def test_attempts_stand_by_course_with_score_result_and_link(client, row):
    login = holder_login(row)
    enrolment = enrol(row.person)
    failed = pass_quiz(enrolment, 6500, number=2)
    page = open_record(sign_in(client, login))
    assert reverse("assessments:attempt-result", args=[failed.uuid]) in page
    assert "6.5 of 10" in page
    assert "8 of 10" in page
    assert "Not passed" in page
    assert "First Aid Kit" in page


def test_a_withdrawn_or_expired_certificate_says_so(client, row):
    login = holder_login(row)
    Award.objects.update(valid_until="2020-01-01")
    assert "Expired" in open_record(sign_in(client, login))
    revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason="on-request")
    page = open_record(client)
    assert "Withdrawn on" in page
    assert reverse("certificates:award-pdf", args=[row.serial]) not in page


def test_somebody_else_sees_nothing_of_it_and_what_will_stand_here(client, row):
    page = open_record(sign_in(client, LoginFactory.create()))
    assert row.serial not in page
    assert "No certificate yet" in page
    assert "You have not begun a test yet" in page


def test_signed_out_leads_to_sign_in(client):
    assert "sign-in" in client.get(reverse("certificates:record")).url


def test_queries_stay_the_same_with_more_attempts(client, row):
    sign_in(client, holder_login(row))
    open_record(client)
    with CaptureQueriesContext(connection) as first:
        open_record(client)
    for number in range(2, 8):
        pass_quiz(enrol(row.person), 6000, number=number)
    with CaptureQueriesContext(connection) as second:
        open_record(client)
    assert len(second) == len(first) <= 9
