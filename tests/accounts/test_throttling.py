# mypy: disable-error-code="union-attr, func-returns-value"
import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.core import checks
from django.test import Client
from django.utils import timezone

from accounts.actions import issue_one_time_code
from tests.factories.accounts import PASSWORD, CohortFactory, CohortMemberFactory, LoginFactory, make_login

pytestmark = pytest.mark.django_db
SIGN_IN = "/en/account/sign-in/"
REDEEM = "/en/account/code/"


@pytest.fixture(autouse=True)
def throttled(settings):
    settings.AXES_ENABLED = True


def give(client, login, password="wrong password", **extra):
    data = {
        "agency": extra.pop("agency", str(login.person.agency.uuid)),
        "identifier": extra.pop("identifier", login.person.service_number),
        "password": password,
    }
    return client.post(SIGN_IN, data, **extra)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_eighth_wrong_password_closes_the_name_for_fifteen_minutes(client, time_machine):
    login = LoginFactory.create()
    answers = [give(client, login) for _ in range(8)]

    assert [answer.status_code for answer in answers] == [200] * 7 + [429]
    assert answers[-1]["Retry-After"] == "900"
    assert "one-time code" in answers[-1].content.decode()
    assert give(client, login, PASSWORD).status_code == 429
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=16))
    give(client, login, PASSWORD)
    assert is_signed_in(client)


def test_knocking_on_a_closed_name_does_not_keep_it_closed(client, time_machine):
    login = LoginFactory.create()
    for _ in range(8):
        give(client, login)
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=10))
    give(client, login)
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=6))

    give(client, login, PASSWORD)

    assert is_signed_in(client)


def test_an_unknown_name_is_closed_in_the_same_way(client):
    login = LoginFactory.create()

    known = [give(client, login).status_code for _ in range(9)]
    unknown = [give(client, login, identifier="99999Z").status_code for _ in range(9)]

    assert known == unknown


def test_other_people_behind_the_same_address_still_come_in(client):
    attacked, other = LoginFactory.create(), LoginFactory.create()
    for _ in range(20):
        give(client, attacked)

    give(client, other, PASSWORD)

    assert is_signed_in(client)


def test_another_address_gets_no_more_tries(client):
    login = LoginFactory.create()
    for number in range(8):
        give(client, login, REMOTE_ADDR=f"127.0.1.{number}")

    assert give(client, login, PASSWORD, REMOTE_ADDR="127.0.2.1").status_code == 429


def test_ten_thousand_tries_are_fewer_than_a_hundred_whatever_the_spelling(client, monkeypatch):
    login = LoginFactory.create(person__service_number="04218K", email="a@b.example")
    tried = []
    real = type(login).check_password
    monkeypatch.setattr(type(login), "check_password", lambda self, raw: tried.append(raw) or real(self, raw))
    agency = str(login.person.agency.uuid)
    spellings = [
        (agency, "04218k"), (agency.upper(), "04 218-K"), (agency.replace("-", ""), "04218K"), ("", "A@B.example"),
        ("{" + agency + "}", "0 4 2 1 8 K"), (agency, "a@b.example"), (f"urn:uuid:{agency}", "04218K"),
    ]  # fmt: skip
    for number in range(140):
        chosen, identifier = spellings[number % len(spellings)]
        give(Client(), login, agency=chosen, identifier=identifier, REMOTE_ADDR=f"127.0.1.{number}")

    assert 0 < len(tried) <= 16


def test_a_right_password_forgets_the_wrong_ones(client):
    login = LoginFactory.create()
    for _ in range(7):
        give(client, login)
    give(client, login, PASSWORD)

    assert not AccessAttempt.objects.exists()


def test_somebody_elses_sign_in_does_not_reset_the_count(client):
    attacked, own = LoginFactory.create(), LoginFactory.create()
    for _ in range(7):
        give(client, attacked)

    client.post(
        f"{SIGN_IN}?identifier={attacked.person.service_number}",
        {
            "agency": str(own.person.agency.uuid),
            "identifier": own.person.service_number,
            "password": PASSWORD,
            "username": attacked.person.service_number,
        },
    )

    assert AccessAttempt.objects.get().failures_since_start == 7


def test_nothing_typed_is_kept_in_clear(client):
    login = LoginFactory.create()
    give(client, login, "my secret words")

    row = AccessAttempt.objects.get()
    assert "my secret words" not in row.post_data
    assert login.person.service_number not in row.post_data


def test_wrong_codes_close_the_code_page_for_known_and_unknown_names_alike(client):
    login = LoginFactory.create()
    data = {"code": "AAAAAAAA", "new_password": "a new long password", "repeated": "a new long password"}
    agency = str(login.person.agency.uuid)
    statuses = [
        [client.post(REDEEM, data | {"agency": agency, "identifier": name}).status_code for _ in range(9)]
        for name in (login.person.service_number, "99999Z")
    ]

    assert statuses[0] == statuses[1] == [200] * 7 + [429] * 2
    give(client, login, PASSWORD)
    assert is_signed_in(client)


def test_a_one_time_code_opens_a_closed_name(client):
    login = LoginFactory.create()
    cohort = CohortFactory.create(country=login.person.country)
    CohortMemberFactory.create(cohort=cohort, person=login.person)
    for _ in range(9):
        give(client, login)
    code = issue_one_time_code(by=make_login("coordinator", login.person.country), person=login.person).code

    client.post(
        REDEEM,
        {
            "agency": str(login.person.agency.uuid),
            "identifier": login.person.service_number,
            "code": code,
            "new_password": "a new long password",
            "repeated": "a new long password",
        },
    )

    assert is_signed_in(client)
    assert not AccessAttempt.objects.exists()


def test_the_password_typed_again_is_counted_too(client):
    login = LoginFactory.create()
    give(client, login, PASSWORD)
    for _ in range(8):
        client.post("/en/account/confirm/", {"password": "wrong password"})

    assert give(Client(), login, PASSWORD).status_code == 429


def test_the_silenced_warning_is_the_only_one():
    found = [each for each in checks.run_checks() if str(each.id).startswith("axes.") and not each.is_silenced()]

    assert found == []
