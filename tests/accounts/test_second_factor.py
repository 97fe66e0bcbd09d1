# mypy: disable-error-code="union-attr, attr-defined, func-returns-value"
import base64
import datetime as dt

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from accounts.actions import grant_role, remove_second_factor
from accounts.errors import OutOfScopeError
from accounts.models import AuditEvent, LoginSession
from tests.factories.accounts import PASSWORD, LoginFactory, make_login, sign_in

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ACTIVATE = "/en/account/second-factor/totp/activate/"
AUTHENTICATE = "/en/account/second-factor/authenticate/"
REAUTHENTICATE = "/en/account/second-factor/reauthenticate/"
BEHIND = ["/en/account/people/", "/en/account/profile/", "/en/account/privacy/", "/cms/", "/cms/pages/", "/media/x.png",
          "/documents/1/x.pdf", "/en/account/second-factor/", "/en/account/second-factor/recovery-codes/",
          "/en/account/second-factor/totp/deactivate/", "/en/account/password/", "/cms/account/"]  # fmt: skip


def give_password(client, login):
    person = login.person
    return client.post(
        "/en/account/sign-in/",
        {"agency": str(person.agency.uuid), "identifier": person.service_number, "password": PASSWORD},
    )


def with_totp(login):
    TOTP.activate(login, SECRET)
    RecoveryCodes.activate(login)
    return login


def digits(secret=SECRET):
    return pyotp.TOTP(secret).now()


def activate(client):
    page = client.get(ACTIVATE)
    return client.post(ACTIVATE, {"code": digits(page.context["form"].secret)})


@pytest.mark.parametrize("path", BEHIND)
@pytest.mark.parametrize("role", ["trainer", "coordinator", "editor", "administrator"])
def test_staff_with_a_password_alone_are_led_to_the_set_up(client, role, path):
    give_password(client, make_login(role, everywhere=True))

    for response in (client.get(path), client.post(path)):
        assert response.status_code == 302
        assert response.url == ACTIVATE


@pytest.mark.parametrize("path", [*BEHIND, REAUTHENTICATE, ACTIVATE])
def test_before_the_code_nobody_is_signed_in(client, path):
    response = give_password(client, with_totp(make_login("administrator", everywhere=True)))

    assert response.url == AUTHENTICATE
    assert "_auth_user_id" not in client.session
    answer = client.get(path)
    assert answer.status_code in {302, 404}
    if answer.status_code == 302:
        assert "sign-in" in answer.url


def test_the_code_completes_the_sign_in(client):
    give_password(client, with_totp(make_login("trainer", language="fr")))
    before = client.session.session_key

    response = client.post(AUTHENTICATE, {"code": digits()})

    assert response.url == "/fr/"
    assert client.session.session_key != before
    assert client.get("/en/account/people/").status_code == 200


def test_a_wrong_code_does_not(client):
    give_password(client, with_totp(make_login("trainer")))

    response = client.post(AUTHENTICATE, {"code": "000000"})

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_codes_are_refused_after_five_wrong_ones_even_the_right_one(client):
    give_password(client, with_totp(make_login("trainer")))
    for _ in range(5):
        client.post(AUTHENTICATE, {"code": "000000"})

    client.post(AUTHENTICATE, {"code": digits()})

    assert "_auth_user_id" not in client.session


def test_a_code_works_once():
    login = with_totp(make_login("trainer"))
    for client, expected in ((Client(), True), (Client(), False)):
        give_password(client, login)
        client.post(AUTHENTICATE, {"code": digits()})
        assert ("_auth_user_id" in client.session) is expected


def test_a_recovery_code_completes_the_sign_in_once():
    login = with_totp(make_login("trainer"))
    code = Authenticator.objects.get(user=login, type="recovery_codes").wrap().get_unused_codes()[0]
    for client, expected in ((Client(), True), (Client(), False)):
        give_password(client, login)
        client.post(AUTHENTICATE, {"code": code})
        assert ("_auth_user_id" in client.session) is expected


def test_setting_it_up_shows_qr_and_secret_then_the_recovery_codes(client):
    give_password(client, make_login("trainer"))
    page = client.get(ACTIVATE)
    text = page.content.decode()
    image = text.split('src="data:image/svg+xml;base64,')[1].split('"')[0]

    response = activate(client)

    # As an image, SVG is drawn only with its namespace.
    assert base64.b64decode(image).startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    assert "style=" not in text
    assert page.context["form"].secret in text
    assert response.url == "/en/account/second-factor/recovery-codes/"
    codes = client.get(response.url)
    assert len(codes.context["unused_codes"]) == 10
    assert codes.context["unused_codes"][0] in codes.content.decode()
    assert client.get("/en/account/people/").status_code == 200
    assert client.get("/cms/").status_code == 200
    assert AuditEvent.objects.filter(act="second-factor.activated").count() == 1


def test_a_wrong_code_does_not_set_it_up(client):
    give_password(client, make_login("trainer"))
    client.get(ACTIVATE)

    client.post(ACTIVATE, {"code": "000000"})

    assert not Authenticator.objects.exists()
    assert client.get("/en/account/people/").url == ACTIVATE


def test_a_session_that_waits_with_a_stolen_password_does_not_ride_on_the_owners_set_up():
    login = make_login("trainer")
    thief, owner = Client(), Client()
    give_password(thief, login)
    give_password(owner, login)

    activate(owner)

    assert owner.get("/en/account/people/").status_code == 200
    assert "sign-in" in thief.get("/en/account/people/").url
    assert LoginSession.objects.filter(login=login).count() == 1


def test_setting_it_up_changes_the_session_key(client):
    give_password(client, make_login("trainer"))
    before = client.session.session_key

    activate(client)

    assert client.session.session_key != before
    assert not LoginSession.objects.filter(session_key=before).exists()


def test_a_learner_needs_none_but_may_have_one(client):
    login = LoginFactory.create()
    give_password(client, login)

    assert client.get("/en/account/profile/").status_code == 200
    assert activate(client).status_code == 302
    assert Authenticator.objects.filter(user=login).exists()


def test_an_open_session_needs_it_from_the_request_after_a_role_was_given(client):
    login = LoginFactory.create()
    give_password(client, login)

    grant_role(by=None, person=login.person, role="trainer", country=login.person.country)

    assert client.get("/en/account/profile/").url == ACTIVATE


def test_an_open_session_proves_it_where_the_login_has_one_already(client):
    login = LoginFactory.create()
    give_password(client, login)
    with_totp(login)
    grant_role(by=None, person=login.person, role="trainer", country=login.person.country)

    response = client.get("/en/account/people/")

    assert response.url == f"{REAUTHENTICATE}?next=%2Fen%2Faccount%2Fpeople%2F"
    assert client.post("/en/account/people/").url == REAUTHENTICATE
    client.post(REAUTHENTICATE, {"code": digits(), "next": "/en/account/people/"})
    assert client.get("/en/account/people/").status_code == 200


def test_a_password_typed_again_is_no_second_factor(client):
    login = LoginFactory.create()
    give_password(client, login)
    with_totp(login)
    grant_role(by=None, person=login.person, role="trainer", country=login.person.country)

    client.post("/en/account/confirm/", {"password": PASSWORD})

    assert client.get("/en/account/people/").status_code == 302


def test_staff_who_turn_it_off_set_up_another_at_once(client):
    login = make_login("trainer")
    give_password(client, login)
    activate(client)

    client.post("/en/account/second-factor/totp/deactivate/")

    assert not Authenticator.objects.filter(user=login).exists()
    assert client.get("/en/account/people/").url == ACTIVATE


def test_the_set_up_asks_for_the_password_again_in_an_old_session(client, time_machine):
    give_password(client, make_login("trainer"))
    time_machine.move_to(dt.datetime.now(tz=dt.UTC) + dt.timedelta(hours=1))

    assert client.get(ACTIVATE).url.startswith("/en/account/confirm/")
    wrong = client.post("/en/account/confirm/", {"password": "wrong password", "next": ACTIVATE})
    assert wrong.status_code == 200
    assert client.post("/en/account/confirm/", {"password": PASSWORD, "next": ACTIVATE}).url == ACTIVATE
    assert client.get(ACTIVATE).status_code == 200


def test_a_superuser_without_roles_needs_it_too(client):
    login = LoginFactory.create(is_superuser=True)
    give_password(client, login)

    assert client.get("/cms/").url == ACTIVATE


def test_public_pages_stay_open_to_staff_on_the_way(client):
    give_password(client, make_login("trainer"))

    assert client.get("/health/").status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_only_an_administrator_everywhere_removes_a_lost_one():
    login = with_totp(make_login("trainer"))
    for role in ("trainer", "coordinator", "administrator"):
        with pytest.raises(OutOfScopeError):
            remove_second_factor(by=make_login(role, login.person.country), person=login.person)
    administrator = make_login("administrator", everywhere=True)
    with pytest.raises(OutOfScopeError):
        remove_second_factor(by=administrator, person=administrator.person)

    remove_second_factor(by=administrator, person=login.person)

    assert not Authenticator.objects.filter(user=login).exists()
    assert AuditEvent.objects.get(act="second-factor.removed").target_uuid == login.person.uuid


@pytest.mark.parametrize(
    "path",
    [
        "",
        "recovery-codes/",
        "recovery-codes/generate/",
        "recovery-codes/download/",
        "totp/deactivate/",
        "reauthenticate/",
    ],
)
def test_every_page_of_the_second_factor_opens(client, path):
    give_password(client, make_login("trainer"))
    activate(client)

    assert client.get(f"/en/account/second-factor/{path}").status_code == 200


def test_the_mark_of_the_test_factories_passes(client):
    sign_in(client, make_login("trainer"))

    assert client.get("/en/account/people/").status_code == 200
