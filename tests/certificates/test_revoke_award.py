"""Withdrawing an award: who may, once, with a reason, written down."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.policy import ADMINISTRATOR, COORDINATOR, EDITOR, TRAINER
from certificates.actions import issue_award, revoke_award
from certificates.errors import UnknownReasonError
from certificates.models import Award, Standing
from records.models import Statement
from tests.factories.accounts import CountryFactory, make_login, sign_in
from tests.factories.certificates import award, holder_login, publish_course

pytestmark = pytest.mark.django_db
REASON = "issued-in-error"


@pytest.fixture
def row():
    publish_course()
    return award()


@pytest.mark.parametrize("role", [COORDINATOR, ADMINISTRATOR])
def test_a_coordinator_or_administrator_of_the_country_withdraws_it_once(row, role):
    login = make_login(role, row.country)
    revoke_award(by=login, award=row, reason=REASON)
    again = revoke_award(by=login, award=row, reason="on-request")
    assert again.revocation_reason == REASON
    statement = Statement.objects.get(verb="revoked")
    assert statement.actor_uuid == login.person.actor_accounts.get().uuid
    event = AuditEvent.objects.get(act="award.revoked")
    assert (event.actor_uuid, event.target_uuid, event.country_code) == (login.person.uuid, row.uuid, "ML")
    assert event.detail["reason"] == REASON
    assert not Standing.objects.get().is_certified


@pytest.mark.parametrize("role", [TRAINER, EDITOR, None])
def test_nobody_else_may(row, role):
    with pytest.raises(PermissionDenied):
        revoke_award(by=make_login(role, row.country), award=row, reason=REASON)
    assert Award.objects.get().revoked_at is None


def test_a_coordinator_of_another_country_may_not_nor_the_holder(row):
    for login in (make_login(COORDINATOR, CountryFactory.create(code="UA")), holder_login(row)):
        with pytest.raises(PermissionDenied):
            revoke_award(by=login, award=row, reason=REASON)


def test_an_unknown_reason_is_refused_and_changes_nothing(row):
    with pytest.raises(UnknownReasonError):
        revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason="because")
    assert not Statement.objects.filter(verb="revoked").exists()


def test_a_withdrawn_award_does_not_come_back_by_itself(row):
    revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason=REASON)
    assert issue_award(enrolment_uuid=row.enrolment_uuid).revoked_at is not None
    assert Award.objects.count() == 1


def test_the_page_asks_for_a_reason_then_withdraws(client, row):
    sign_in(client, make_login(COORDINATOR, row.country))
    address = reverse("certificates:award-revoke", args=[row.serial])
    assert "Withdraw this certificate?" in client.get(address).content.decode()
    assert "Choose a reason." in client.post(address).content.decode()
    assert Award.objects.get().revoked_at is None
    answer = client.post(address, {"reason": REASON})
    assert answer.url == reverse("certificates:verify", args=[row.serial])
    assert Award.objects.get().revoked_at is not None
    assert "already" in client.get(address).content.decode()


def test_the_page_is_not_there_for_others_and_forbidden_to_the_holder(client, row):
    address = reverse("certificates:award-revoke", args=[row.serial])
    sign_in(client, make_login(COORDINATOR, CountryFactory.create(code="UA")))
    assert client.post(address, {"reason": REASON}).status_code == 404
    sign_in(client, holder_login(row))
    assert client.post(address, {"reason": REASON}).status_code == 403
    client.logout()
    assert client.post(address, {"reason": REASON}).status_code == 302
    assert Award.objects.get().revoked_at is None
