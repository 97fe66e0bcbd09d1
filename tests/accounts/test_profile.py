import pytest
from django.utils import timezone

from accounts.actions import create_login, create_person, record_audit
from accounts.errors import LoginExistsError, OutOfScopeError, ServiceNumberTakenError
from accounts.models import AuditEvent, Login
from elearning.lib.growing import RowIsFinalError
from tests.factories.accounts import AgencyFactory, CountryFactory, LoginFactory, PersonFactory, make_login, sign_in

PROFILE = "/en/account/profile/"


@pytest.mark.django_db
def test_language_sex_and_year_are_saved_and_the_page_changes_language(client):
    login = LoginFactory.create()
    sign_in(client, login)

    response = client.post(PROFILE, {"language": "fr", "sex": "female", "birth_year": "1990"})

    assert response.url == "/fr/account/profile/"
    login.person.refresh_from_db()
    assert (login.person.language, login.person.sex, login.person.birth_year) == ("fr", "female", 1990)


@pytest.mark.django_db
def test_free_answers_can_be_left_out_and_taken_back(client):
    login = LoginFactory.create(person__sex="male", person__birth_year=1980)
    sign_in(client, login)

    client.post(PROFILE, {"language": "en", "sex": "", "birth_year": ""})

    login.person.refresh_from_db()
    assert (login.person.sex, login.person.birth_year) == ("", None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"language": "xx"}, {"sex": "yes"}, {"birth_year": "1800"}, {"birth_year": str(timezone.now().year)}]
)
def test_impossible_answers_are_refused(client, wrong):
    login = LoginFactory.create()
    sign_in(client, login)

    response = client.post(PROFILE, {"language": "en", "sex": "", "birth_year": ""} | wrong)

    assert response.status_code == 200
    assert response.context["form"].errors
    login.person.refresh_from_db()
    assert login.person.language == "en"


@pytest.mark.django_db
def test_nothing_else_can_be_changed(client):
    login = LoginFactory.create()
    before = (login.person.full_name, login.person.service_number, login.person.country_id)
    sign_in(client, login)

    client.post(
        PROFILE,
        {
            "language": "en",
            "full_name": "X",
            "service_number": "1",
            "country": 99,
            "has_roles": "on",
            "is_superuser": "on",
        },
    )

    login.refresh_from_db()
    login.person.refresh_from_db()
    assert (login.person.full_name, login.person.service_number, login.person.country_id) == before
    assert not login.has_roles
    assert not login.is_superuser


@pytest.mark.django_db
def test_the_reason_is_given_beside_each_free_question(client):
    sign_in(client, LoginFactory.create())

    text = client.get(PROFILE).content.decode()

    # Sex, year of birth, rank band, place of duty.
    assert text.count("You may leave this out. It is counted only in totals") == 4
    assert "whether women and men are trained alike" in text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["profile/", "password/", "privacy/"])
def test_own_pages_need_a_sign_in(client, path):
    assert "sign-in" in client.get(f"/en/account/{path}").url


@pytest.mark.django_db
def test_the_privacy_page_names_each_kind_of_data_and_an_empty_list(client):
    sign_in(client, LoginFactory.create())

    text = client.get("/en/account/privacy/").content.decode()

    for word in ("service number", "answers in quizzes", "scores", "certificates", "Nobody has opened your page"):
        assert word in text


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar", "ru", "uk"])
@pytest.mark.parametrize("path", ["sign-in/", "code/", "profile/", "password/", "privacy/"])
def test_every_page_renders_in_every_language(client, language, path):
    if path not in {"sign-in/", "code/"}:
        sign_in(client, LoginFactory.create())

    page = client.get(f"/{language}/account/{path}")

    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["sign-in/", "code/"])
def test_no_inline_script_or_style(client, path):
    text = client.get(f"/en/account/{path}").content.decode()

    assert "style=" not in text
    assert "<style" not in text
    assert text.count("<script") == text.count('<script type="module" src=')


@pytest.mark.django_db
def test_a_person_is_added_by_those_who_run_the_country():
    mali = CountryFactory.create(code="ML")
    agency = AgencyFactory.create(country=mali)
    by = make_login("coordinator", mali)

    person = create_person(by=by, full_name="New", country=mali, agency=agency, service_number="12 3-x")

    assert person.service_number == "123X"
    assert person.actor_accounts.count() == 1
    assert AuditEvent.objects.get().act == "person.created"
    with pytest.raises(ServiceNumberTakenError):
        create_person(by=by, full_name="Other", country=mali, agency=agency, service_number="123x")
    for role in (None, "trainer", "editor"):
        with pytest.raises(OutOfScopeError):
            create_person(by=make_login(role, mali), full_name="X", country=mali)
    with pytest.raises(OutOfScopeError):
        create_person(by=by, full_name="X", country=CountryFactory.create(code="NE"))


@pytest.mark.django_db
def test_a_login_is_created_once_by_those_who_may_help():
    mali = CountryFactory.create(code="ML")
    person = PersonFactory.create(country=mali)
    by = make_login("coordinator", mali)
    with pytest.raises(OutOfScopeError):
        create_login(by=make_login("coordinator", CountryFactory.create(code="NE")), person=person)

    login = create_login(by=by, person=person)

    assert not login.has_usable_password()
    assert login.short_code is None
    with pytest.raises(LoginExistsError):
        create_login(by=by, person=person)
    assert Login.objects.filter(person=person).count() == 1


@pytest.mark.django_db
def test_the_audit_log_cannot_be_changed():
    from django.db import DatabaseError, transaction

    event = record_audit(by=None, act="x", detail={"a": 1})
    assert event.detail == {"a": 1, "roles": ["site"]}
    for change in (
        lambda: AuditEvent.objects.filter(pk=event.pk).update(act="y"),
        lambda: AuditEvent.objects.filter(pk=event.pk).delete(),
    ):
        with pytest.raises((DatabaseError, RowIsFinalError)), transaction.atomic():
            change()
    assert AuditEvent.objects.get().act == "x"
