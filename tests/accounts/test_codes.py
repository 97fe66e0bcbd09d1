# mypy: disable-error-code="union-attr, arg-type, func-returns-value"
import datetime as dt

import pytest
from django.contrib.auth import hashers
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.actions import issue_one_time_code, redeem_one_time_code, suspend_login
from accounts.errors import CodeRefusedError, LoginSuspendedError, OutOfScopeError
from accounts.models import AuditEvent, CohortMember, LoginSession, OneTimeCode
from accounts.shortcodes import ALPHABET
from tests.factories.accounts import (
    PASSWORD,
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    LoginFactory,
    PersonFactory,
    make_login,
    sign_in,
)

pytestmark = pytest.mark.django_db
NEW = "a new long password"
REDEEM = "/en/account/code/"


@pytest.fixture
def trainer():
    return make_login("trainer")


@pytest.fixture
def learner(trainer):
    login = LoginFactory.create(person__country=trainer.person.country)
    cohort = CohortFactory.create(country=trainer.person.country)
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    CohortMemberFactory.create(cohort=cohort, person=login.person)
    return login


def redeem(login, code, password=NEW, **changes):
    given = {"identifier": login.person.service_number, "agency_uuid": login.person.agency.uuid}
    return redeem_one_time_code(**(given | changes), code=code, new_password=password)


def test_a_trainer_gets_a_learner_back_in(trainer, learner):
    client = Client()
    client.force_login(learner, backend="accounts.backends.RelaisBackend")
    issued = issue_one_time_code(by=trainer, person=learner.person)

    redeem(learner, issued.code)

    learner.refresh_from_db()
    assert learner.check_password(NEW)
    assert not learner.check_password(PASSWORD)
    assert client.get("/en/account/profile/").status_code == 302
    assert not LoginSession.objects.filter(login=learner).exists()


def test_the_code_is_eight_clear_letters_kept_as_a_hash_for_a_day_and_audited(trainer, learner):
    issued = issue_one_time_code(by=trainer, person=learner.person)

    row = OneTimeCode.objects.get()
    assert len(issued.code) == 8
    assert set(issued.code) <= set(ALPHABET)
    assert not set("0O1ILU") & set(ALPHABET)
    assert issued.code not in row.code_hash
    assert row.expires_at - row.issued_at == dt.timedelta(hours=24)
    event = AuditEvent.objects.get(act="one-time-code.issued")
    assert event.actor_uuid == trainer.person.uuid
    assert event.detail == {"roles": ["trainer"]}


def test_it_works_once(trainer, learner):
    code = issue_one_time_code(by=trainer, person=learner.person).code
    redeem(learner, code)

    with pytest.raises(CodeRefusedError):
        redeem(learner, code)


def test_it_works_however_it_is_typed(trainer, learner):
    code = issue_one_time_code(by=trainer, person=learner.person).code

    redeem(learner, f" {code[:4].lower()}-{code[4:].lower()} ")


def test_a_second_code_replaces_the_first(trainer, learner):
    first = issue_one_time_code(by=trainer, person=learner.person).code
    second = issue_one_time_code(by=trainer, person=learner.person).code

    with pytest.raises(CodeRefusedError):
        redeem(learner, first)
    redeem(learner, second)


def test_it_dies_after_a_day(trainer, learner, time_machine):
    code = issue_one_time_code(by=trainer, person=learner.person).code
    time_machine.move_to(timezone.now() + dt.timedelta(hours=24, seconds=1))

    with pytest.raises(CodeRefusedError):
        redeem(learner, code)


def test_it_dies_after_five_tries(trainer, learner):
    code = issue_one_time_code(by=trainer, person=learner.person).code
    for _ in range(5):
        with pytest.raises(CodeRefusedError):
            redeem(learner, "AAAAAAAA")

    with pytest.raises(CodeRefusedError):
        redeem(learner, code)


def test_an_easy_password_spends_no_try(trainer, learner):
    code = issue_one_time_code(by=trainer, person=learner.person).code
    for _ in range(6):
        with pytest.raises(ValidationError):
            redeem(learner, code, password="short")

    redeem(learner, code)


def test_a_code_of_somebody_else_is_refused(trainer, learner):
    code = issue_one_time_code(by=trainer, person=learner.person).code

    with pytest.raises(CodeRefusedError):
        redeem(LoginFactory.create(), code)


def test_every_refusal_costs_one_slow_hash(trainer, learner, monkeypatch):
    issue_one_time_code(by=trainer, person=learner.person)
    calls = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *given: calls.append(1) or encode(self, *given)
    )
    costs = []
    for changes in ({}, {"identifier": "99999Z"}, {"agency_uuid": None}):
        calls.clear()
        with pytest.raises(CodeRefusedError):
            redeem(learner, "AAAAAAAA", **changes)
        costs.append(len(calls))

    assert costs == [1, 1, 1]


@pytest.mark.parametrize("case", ["unknown person", "no code issued", "wrong code", "used", "expired", "suspended"])
def test_every_refusal_has_one_text_and_one_status(client, trainer, learner, case):
    code = "AAAAAAAA"
    if case != "no code issued":
        code = issue_one_time_code(by=trainer, person=learner.person).code
    if case == "used":
        redeem(learner, code)
    if case == "expired":
        OneTimeCode.objects.update(expires_at=timezone.now())
    if case == "suspended":
        suspend_login(by=None, person=learner.person)

    response = client.post(
        REDEEM,
        {
            "agency": str(learner.person.agency.uuid),
            "identifier": "99999Z" if case == "unknown person" else learner.person.service_number,
            "code": "BBBBBBBB" if case == "wrong code" else code,
            "new_password": NEW,
            "repeated": NEW,
        },
    )

    assert response.status_code == 200
    assert "Check the agency, the service number and the code" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_page_signs_in_with_the_new_password(client, trainer, learner):
    code = issue_one_time_code(by=trainer, person=learner.person).code

    response = client.post(
        REDEEM,
        {
            "agency": str(learner.person.agency.uuid),
            "identifier": learner.person.service_number,
            "code": code,
            "new_password": NEW,
            "repeated": NEW,
        },
    )

    assert response.status_code == 302
    assert int(client.session["_auth_user_id"]) == learner.pk


def test_a_code_does_not_go_round_the_second_factor(client):
    from allauth.mfa.totp.internal.auth import TOTP

    staff = make_login("trainer")
    TOTP.activate(staff, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    code = issue_one_time_code(by=make_login("administrator", everywhere=True), person=staff.person).code

    response = client.post(
        REDEEM,
        {
            "agency": str(staff.person.agency.uuid),
            "identifier": staff.person.service_number,
            "code": code,
            "new_password": NEW,
            "repeated": NEW,
        },
    )

    assert response.url == "/en/account/second-factor/authenticate/"
    assert "_auth_user_id" not in client.session


def test_a_person_without_a_login_gets_one_with_the_first_code(trainer):
    coordinator = make_login("coordinator", trainer.person.country)
    person = PersonFactory.create(country=coordinator.person.country, agency=None, service_number="")

    code = issue_one_time_code(by=coordinator, person=person).code

    person.refresh_from_db()
    assert not person.login.has_usable_password()
    redeem_one_time_code(identifier=person.login.short_code, agency_uuid=None, code=code, new_password=NEW)


def test_a_code_is_issued_only_inside_ones_scope(trainer, learner):
    stranger = LoginFactory.create(person__country=trainer.person.country)
    elsewhere = make_login("coordinator", CountryFactory.create(code="NE"))
    coordinator = make_login("coordinator", trainer.person.country)
    for by, person in (
        (trainer, stranger.person),
        (trainer, trainer.person),
        (elsewhere, learner.person),
        (learner, stranger.person),
        (make_login("editor", everywhere=True), learner.person),
        (trainer, coordinator.person),
        (coordinator, trainer.person),
    ):
        with pytest.raises(OutOfScopeError):
            issue_one_time_code(by=by, person=person)
    assert not OneTimeCode.objects.exists()


def test_staff_without_a_login_are_staff_all_the_same(trainer):
    from tests.factories.accounts import grant_row

    person = PersonFactory.create(country=trainer.person.country)
    grant_row(person, "administrator", None)

    with pytest.raises(OutOfScopeError):
        issue_one_time_code(by=make_login("coordinator", trainer.person.country), person=person)


def test_no_code_for_a_suspended_account(trainer, learner):
    suspend_login(by=None, person=learner.person)

    with pytest.raises(LoginSuspendedError):
        issue_one_time_code(by=trainer, person=learner.person)


def test_the_page_shows_the_code_once(client, trainer, learner):
    sign_in(client, trainer)
    url = f"/en/account/people/{learner.person.uuid}/code/"

    page = client.post(url)

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    code = page.context["code"]
    assert code in page.content.decode()
    redeem(learner, code)
    assert client.get(url).status_code == 405


def test_the_page_of_a_suspended_person_says_so(client, trainer, learner):
    suspend_login(by=None, person=learner.person)
    sign_in(client, trainer)

    response = client.post(f"/en/account/people/{learner.person.uuid}/code/", follow=True)

    assert "Reinstate it first" in response.content.decode()
