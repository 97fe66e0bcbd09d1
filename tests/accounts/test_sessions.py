# mypy: disable-error-code="union-attr, func-returns-value"
import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import change_password, end_role, reinstate_login, suspend_login
from accounts.errors import OutOfScopeError, WrongPasswordError
from accounts.models import AuditEvent, LoginSession, RoleGrant
from elearning.settings import base
from tests.factories.accounts import PASSWORD, CountryFactory, LoginFactory, make_login, sign_in

pytestmark = pytest.mark.django_db
PROFILE = "/en/account/profile/"
NEW = "a new long password"


def opened(login):
    client = Client()
    client.force_login(login, backend="accounts.backends.RelaisBackend")
    return client


def is_open(client):
    return client.get(PROFILE).status_code == 200


def test_session_login_person_country_and_agency_come_in_one_query(client, django_assert_num_queries):
    sign_in(client, LoginFactory.create())
    with django_assert_num_queries(1):
        response = client.get(PROFILE)

    assert response.status_code == 200


def test_changing_the_password_keeps_this_session_and_ends_the_others():
    login = LoginFactory.create()
    here, elsewhere = opened(login), opened(login)

    response = here.post(reverse("accounts:password"), {"present": PASSWORD, "new_password": NEW, "repeated": NEW})

    assert response.status_code == 302
    assert is_open(here)
    assert not is_open(elsewhere)
    assert LoginSession.objects.filter(login=login).count() == 1


def test_changing_the_password_changes_the_session_key():
    login = LoginFactory.create()
    here = opened(login)
    before = here.session.session_key

    here.post(reverse("accounts:password"), {"present": PASSWORD, "new_password": NEW, "repeated": NEW})

    assert here.session.session_key != before


def test_the_present_password_is_needed(client):
    login = LoginFactory.create()
    with pytest.raises(WrongPasswordError):
        change_password(by=login, present="wrong password", new=NEW)
    client = opened(login)

    page = client.post(reverse("accounts:password"), {"present": "no", "new_password": NEW, "repeated": NEW})

    assert "The present password is not right" in page.content.decode()
    login.refresh_from_db()
    assert login.check_password(PASSWORD)


@pytest.mark.parametrize("new", ["short", "1234567890123", "password123"])
def test_an_easy_password_is_refused(new):
    login = LoginFactory.create()

    page = opened(login).post(reverse("accounts:password"), {"present": PASSWORD, "new_password": new, "repeated": new})

    assert page.status_code == 200
    login.refresh_from_db()
    assert login.check_password(PASSWORD)


def test_two_different_new_passwords_are_refused():
    login = LoginFactory.create()

    page = opened(login).post(
        reverse("accounts:password"), {"present": PASSWORD, "new_password": NEW, "repeated": NEW + "!"}
    )

    assert "not the same" in page.content.decode()


def test_suspending_ends_every_session_before_the_next_request():
    login = LoginFactory.create()
    sessions = [opened(login), opened(login)]

    suspend_login(by=make_login("coordinator", login.person.country), person=login.person)

    assert not any(is_open(client) for client in sessions)
    assert not LoginSession.objects.filter(login=login).exists()
    event = AuditEvent.objects.get(act="login.suspended")
    assert (event.target_uuid, event.country_code) == (login.person.uuid, "ML")


def test_reinstating_opens_the_login_but_no_old_session():
    login = LoginFactory.create()
    client = opened(login)
    coordinator = make_login("coordinator", login.person.country)
    suspend_login(by=coordinator, person=login.person)

    reinstate_login(by=coordinator, person=login.person)

    login.refresh_from_db()
    assert login.is_active
    assert not is_open(client)
    assert AuditEvent.objects.filter(act="login.reinstated").exists()


@pytest.mark.parametrize("role", ["trainer", "editor", None])
def test_suspending_needs_a_coordinator_or_administrator(role):
    login = LoginFactory.create()

    with pytest.raises(OutOfScopeError):
        suspend_login(by=make_login(role, login.person.country), person=login.person)


def test_suspending_stops_at_the_border_at_oneself_and_at_staff():
    login = LoginFactory.create()
    coordinator = make_login("coordinator", login.person.country)
    for by, person in (
        (make_login("coordinator", CountryFactory.create(code="NE")), login.person),
        (coordinator, coordinator.person),
        (coordinator, make_login("trainer", login.person.country).person),
    ):
        with pytest.raises(OutOfScopeError):
            suspend_login(by=by, person=person)


def test_an_ended_role_stops_at_the_next_request(client):
    login = make_login("coordinator")
    sign_in(client, login)
    assert client.get("/en/account/people/").status_code == 200

    end_role(by=None, grant=RoleGrant.objects.get())

    assert client.get("/en/account/people/").status_code == 403


def test_a_session_of_another_backend_or_a_forged_hash_opens_nothing(client):
    login = LoginFactory.create()
    for key, value in (("_auth_user_backend", "django.contrib.auth.backends.ModelBackend"), ("_auth_user_hash", "x")):
        client = opened(login)
        session = client.session
        session[key] = value
        session.save()

        assert not is_open(client)


def test_a_former_secret_key_keeps_sessions_while_it_is_named(settings):
    client = opened(LoginFactory.create())
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another-" + "1" * 50
    assert not is_open(client)

    client = opened(LoginFactory.create())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = former
    assert is_open(client)
    settings.SECRET_KEY_FALLBACKS = []
    assert is_open(client)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client):
    login = LoginFactory.create()
    client.get("/en/account/sign-in/")
    response = client.post(
        "/en/account/sign-in/",
        {"agency": str(login.person.agency.uuid), "identifier": login.person.service_number, "password": PASSWORD},
    )

    cookie = response.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert base.CSRF_COOKIE_HTTPONLY


def test_production_cookies_are_host_bound_and_secure():
    import re
    from pathlib import Path

    text = Path(base.BASE_DIR, "elearning/settings/production.py").read_text()
    for line in (
        r'SESSION_COOKIE_NAME = "__Host-session"', r"SESSION_COOKIE_SECURE = True", r'CSRF_COOKIE_NAME = "__Host-csrf"',
        r"CSRF_COOKIE_SECURE = True",
    ):  # fmt: skip
        assert re.search(f"^{re.escape(line)}$", text, re.MULTILINE)
