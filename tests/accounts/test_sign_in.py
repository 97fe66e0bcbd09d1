# mypy: disable-error-code="union-attr, func-returns-value"
import pytest
from django.contrib.auth import hashers
from django.urls import reverse

from accounts.backends import RelaisBackend, counted_name, find_login
from accounts.models import Login, LoginSession
from tests.factories.accounts import PASSWORD, AgencyFactory, LoginFactory, PersonFactory, make_login

pytestmark = pytest.mark.django_db
SIGN_IN = "/en/account/sign-in/"
REFUSED = "Check the agency, the service number and the password"


def post(client, login=None, *, password=PASSWORD, **changes):
    data = {"password": password}
    if login is not None:
        data |= {"agency": str(login.person.agency.uuid), "identifier": login.person.service_number}
    return client.post(SIGN_IN, data | changes)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_agency_and_service_number_sign_in_and_lead_home_in_ones_language(client):
    login = LoginFactory.create(person__language="fr")

    response = post(client, login)

    assert response.status_code == 302
    assert response.url == "/fr/"
    assert is_signed_in(client)


@pytest.mark.parametrize("typed", ["04218-k", " 04 218 K ", "04218k"])
def test_spaces_dashes_and_case_of_a_service_number_do_not_matter(client, typed):
    login = LoginFactory.create(person__service_number="04218K")

    post(client, login, identifier=typed)

    assert is_signed_in(client)


def test_the_same_number_in_another_agency_is_another_person(client):
    login = LoginFactory.create(person__service_number="04218K")
    other = AgencyFactory.create()

    response = post(client, login, agency=str(other.uuid))

    assert REFUSED in response.content.decode()
    assert not is_signed_in(client)


def test_an_email_address_signs_in_whatever_agency_is_chosen(client):
    login = LoginFactory.create(email="a.traore@police.example")

    post(client, login, identifier="A.Traore@police.example")

    assert is_signed_in(client)


def test_a_short_code_signs_in_without_an_agency(client):
    LoginFactory.create(person__service_number="", person__agency=None, short_code="RK4D9TXY")

    post(client, identifier="rk4d 9txy")

    assert is_signed_in(client)


@pytest.mark.parametrize("case", ["unknown", "wrong", "suspended", "no password set"])
def test_every_refusal_has_one_text_and_one_status(client, case):
    login = LoginFactory.create(is_active=case != "suspended")
    if case == "no password set":
        login.set_unusable_password()
        login.save()
    changes = {"identifier": "99999Z"} if case == "unknown" else {}

    response = post(client, login, password="wrong password" if case == "wrong" else PASSWORD, **changes)

    assert response.status_code == 200
    assert REFUSED in response.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("case", ["right", "unknown", "wrong", "suspended", "no password set"])
def test_every_try_costs_one_slow_hash(monkeypatch, case):
    login = LoginFactory.create(is_active=case != "suspended")
    if case == "no password set":
        login.set_unusable_password()
        login.save()
    calls = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *given: calls.append(1) or encode(self, *given)
    )

    RelaisBackend().authenticate(
        None,
        identifier="99999Z" if case == "unknown" else login.person.service_number,
        agency_uuid=login.person.agency.uuid,
        password="wrong password" if case == "wrong" else PASSWORD,
    )

    assert len(calls) == 1


def test_unknown_and_known_names_cost_the_same_queries(client, django_assert_num_queries):
    login = LoginFactory.create()
    for identifier in (login.person.service_number, "99999Z"):
        with django_assert_num_queries(1):
            find_login(identifier, login.person.agency.uuid)


def test_the_page_asks_for_an_overlong_or_empty_name_again_without_a_hash(client):
    response = post(client, identifier="x" * 300)

    assert response.status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_next_never_leads_away(client, target):
    response = post(client, LoginFactory.create(), next=target)

    assert response.url == "/en/"


def test_next_leads_back_inside(client):
    response = post(client, LoginFactory.create(), next="/en/account/profile/")

    assert response.url == "/en/account/profile/"


def test_next_survives_a_wrong_password(client):
    page = client.get(SIGN_IN, {"next": "/en/account/profile/"})

    assert 'name="next" value="/en/account/profile/"' in page.content.decode()


def test_somebody_signed_in_is_led_home(client):
    client.force_login(LoginFactory.create(), backend="accounts.backends.RelaisBackend")

    assert client.get(SIGN_IN).url == "/en/"


def test_the_form_costs_one_query_with_many_agencies(client, django_assert_num_queries):
    AgencyFactory.create_batch(60)
    with django_assert_num_queries(1):
        page = client.get(SIGN_IN).content.decode()

    assert page.count("<option") == 61
    assert '<optgroup label="Mali">' in page


def test_the_form_is_not_cached_and_keeps_the_agency_after_a_refusal(client):
    login = LoginFactory.create()

    response = post(client, login, password="wrong password")

    assert "no-store" in response["Cache-Control"]
    assert f'value="{login.person.agency.uuid}" selected' in response.content.decode()
    assert PASSWORD not in response.content.decode()


def test_a_new_session_key_at_sign_in(client):
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key

    post(client, LoginFactory.create())

    assert client.session.session_key != planted
    assert not LoginSession.objects.filter(session_key=planted).exists()


def test_sign_out_ends_the_session_and_clears_the_cache_but_not_the_outbox(client):
    post(client, LoginFactory.create())
    key = client.session.session_key

    response = client.post(reverse("account_logout"))

    assert response.status_code == 302
    assert response["Clear-Site-Data"] == '"cache"'
    assert not LoginSession.objects.filter(session_key=key).exists()
    client.cookies["sessionid"] = key
    assert client.get("/en/account/profile/").status_code == 302


def test_sign_out_needs_a_post(client):
    assert client.get(reverse("account_logout")).status_code == 405


@pytest.mark.parametrize(
    "path",
    ["login/", "signup/", "password/reset/", "password/change/", "password/set/", "email/", "logout/", "3rdparty/"],
)
def test_allauths_own_pages_are_not_there(client, path):
    for prefix in ("/en/account/", "/en/accounts/", "/accounts/"):
        assert client.get(prefix + path).status_code == 404


def test_wagtails_own_sign_in_is_ours(client):
    response = client.get("/cms/login/?next=/cms/")

    assert response.url == f"{SIGN_IN}?next=/cms/"
    assert client.post("/cms/login/", {"username": "x", "password": "y"}).status_code == 302
    assert client.get("/cms/password_reset/").status_code == 404


def test_one_name_is_counted_in_one_place_however_it_is_spelled():
    agency = AgencyFactory.build()

    assert counted_name("04 218-k", agency.uuid) == counted_name("04218K", agency.uuid)
    assert counted_name("A@b.example", agency.uuid) == counted_name("a@b.example", None)


def test_a_password_that_others_chose_is_changed_first(client):
    login = LoginFactory.create(must_change_password=True)
    post(client, login)

    response = client.get("/en/account/profile/")

    assert response.url == reverse("accounts:password")
    assert client.get(response.url).status_code == 200


def test_a_person_without_a_login_cannot_sign_in(client):
    person = PersonFactory.create()

    response = post(client, agency=str(person.agency.uuid), identifier=person.service_number)

    assert REFUSED in response.content.decode()
    assert not Login.objects.exists()


def test_csrf_is_checked(client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)

    assert post(strict, make_login()).status_code == 403
