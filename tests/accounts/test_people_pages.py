import pytest

from accounts.models import AuditEvent, CohortMember, OneTimeCode
from elearning.lib.navigation import parts_for
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    LoginFactory,
    PersonFactory,
    make_login,
    sign_in,
)

pytestmark = pytest.mark.django_db
PEOPLE = "/en/account/people/"


def class_of(trainer, *people):
    cohort = CohortFactory.create(country=trainer.person.country)
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    for person in people:
        CohortMemberFactory.create(cohort=cohort, person=person)
    return cohort


def names(page):
    return {person.full_name for person in page.context["page_obj"]}


def test_a_trainer_lists_the_people_of_own_cohorts(client):
    trainer = make_login("trainer", full_name="T")
    mine, other = PersonFactory.create(full_name="Mine"), PersonFactory.create(full_name="Other")
    class_of(trainer, mine)
    CohortMemberFactory.create(person=other)
    sign_in(client, trainer)

    page = client.get(PEOPLE)

    assert names(page) == {"T", "Mine"}
    assert "Other" not in page.content.decode()


def test_a_coordinator_lists_a_country_and_an_administrator_everybody(client):
    mali, niger = CountryFactory.create(code="ML"), CountryFactory.create(code="NE")
    PersonFactory.create(full_name="M", country=mali)
    PersonFactory.create(full_name="N", country=niger)

    coordinator = make_login("coordinator", mali, full_name="C")
    assert names(sign_in(client, coordinator).get(PEOPLE)) == {"C", "M"}
    administrator = make_login("administrator", everywhere=True, full_name="A")
    assert names(sign_in(client, administrator).get(PEOPLE)) == {"C", "M", "N", "A"}


@pytest.mark.parametrize("role", [None, "editor"])
def test_others_are_refused(client, role):
    login = make_login(role, everywhere=bool(role))
    sign_in(client, login)

    assert client.get(PEOPLE).status_code == 403
    assert client.get(f"{PEOPLE}{login.person.uuid}/").status_code == 403


def test_signed_out_people_are_led_to_the_sign_in(client):
    assert client.get(PEOPLE).url == f"/en/account/sign-in/?next={PEOPLE}"


@pytest.mark.parametrize("asked", ["Keïta", "keïta", "Moussa", "04218", "04 218-k", "ماريام"])
def test_search_finds_by_name_and_number(client, asked):
    coordinator = make_login("coordinator")
    country = coordinator.person.country
    PersonFactory.create(full_name="Moussa Keïta", full_name_other="ماريام", service_number="04218K", country=country)
    PersonFactory.create(full_name="Somebody Else", country=country)
    sign_in(client, coordinator)

    if asked == "keïta":
        asked = "keï"

    assert names(client.get(PEOPLE, {"q": asked})) == {"Moussa Keïta"}


@pytest.mark.parametrize("asked", ["%", "_", "' OR 1=1 --", "a\x00%", "<script>", "x" * 5000])
def test_search_takes_anything(client, asked):
    sign_in(client, make_login("coordinator"))

    page = client.get(PEOPLE, {"q": asked})

    assert page.status_code == 200
    assert names(page) == set()
    assert "<script>" not in page.content.decode().replace('<script type="module"', "")


def test_pages_of_25_and_the_same_queries_for_more(client, django_assert_max_num_queries):
    coordinator = make_login("coordinator")
    for person in PersonFactory.create_batch(30, country=coordinator.person.country):
        LoginFactory.create(person=person)
    sign_in(client, coordinator)
    # Session, roles, how many people, the people: and one for each of the three queues that the desk's menu counts.
    with django_assert_max_num_queries(7):
        page = client.get(PEOPLE)

    assert len(page.context["page_obj"]) == 25
    assert len(client.get(PEOPLE, {"page": 2}).context["page_obj"]) == 6
    assert client.get(PEOPLE, {"page": "x"}).status_code == 200


def test_a_look_at_a_person_is_written_down_and_shown_to_them_by_role(client):
    trainer, learner = make_login("trainer", full_name="Prying Name"), LoginFactory.create()
    class_of(trainer, learner.person)

    sign_in(client, trainer).get(f"{PEOPLE}{learner.person.uuid}/")

    event = AuditEvent.objects.get()
    assert (event.act, event.actor_uuid, event.target_uuid, event.target_kind, event.country_code) == (
        "person.viewed",
        trainer.person.uuid,
        learner.person.uuid,
        "person",
        "ML",
    )
    text = sign_in(client, learner).get("/en/account/privacy/").content.decode()
    assert "Opened your page" in text
    assert "Trainer" in text
    assert "Prying Name" not in text


def test_ones_own_page_is_not_an_act_on_somebody(client):
    trainer = make_login("trainer")

    sign_in(client, trainer).get(f"{PEOPLE}{trainer.person.uuid}/")

    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("path", ["", "code/", "suspend/", "reinstate/", "second-factor/"])
def test_an_invisible_person_is_not_there(client, path):
    stranger = LoginFactory.create(person__country=CountryFactory.create(code="NE"))
    sign_in(client, make_login("coordinator"))
    url = f"{PEOPLE}{stranger.person.uuid}/{path}"

    assert (client.post(url) if path else client.get(url)).status_code == 404
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("path", ["code/", "suspend/", "reinstate/", "second-factor/"])
def test_a_visible_person_of_the_staff_is_refused(client, path):
    coordinator = make_login("coordinator")
    staff = make_login("trainer", coordinator.person.country)
    sign_in(client, coordinator)

    assert client.post(f"{PEOPLE}{staff.person.uuid}/{path}").status_code == 403
    assert not AuditEvent.objects.exists()
    assert not OneTimeCode.objects.exists()


@pytest.mark.parametrize("path", ["code/", "suspend/", "reinstate/", "second-factor/"])
def test_acts_need_a_post(client, path):
    sign_in(client, make_login("administrator", everywhere=True))

    assert client.get(f"{PEOPLE}{LoginFactory.create().person.uuid}/{path}").status_code == 405


def test_the_page_offers_what_this_member_of_staff_may_do(client):
    trainer, coordinator = make_login("trainer"), make_login("coordinator")
    administrator = make_login("administrator", everywhere=True)
    learner = LoginFactory.create(person__country=trainer.person.country)
    class_of(trainer, learner.person)
    url = f"{PEOPLE}{learner.person.uuid}/"

    offers = {"Issue a one-time code": 0, "Suspend the account": 0, "Remove the second factor": 0}
    for login in (trainer, coordinator, administrator):
        text = sign_in(client, login).get(url).content.decode()
        for label in offers:
            offers[label] += label in text

    assert offers == {"Issue a one-time code": 3, "Suspend the account": 2, "Remove the second factor": 1}


def test_suspending_and_reinstating_from_the_page(client):
    coordinator = make_login("coordinator")
    learner = LoginFactory.create(person__country=coordinator.person.country)
    url = f"{PEOPLE}{learner.person.uuid}/"
    sign_in(client, coordinator)

    page = client.post(f"{url}suspend/", follow=True).content.decode()
    assert "This account is suspended" in page
    assert "Reinstate the account" in page
    client.post(f"{url}reinstate/")

    learner.refresh_from_db()
    assert learner.is_active


def test_a_person_without_login_says_so(client):
    coordinator = make_login("coordinator")
    person = PersonFactory.create(country=coordinator.person.country)
    sign_in(client, coordinator)

    assert "No login yet" in client.get(PEOPLE).content.decode()
    assert "No login yet" in client.get(f"{PEOPLE}{person.uuid}/").content.decode()
    page = client.post(f"{PEOPLE}{person.uuid}/suspend/", follow=True).content.decode()
    assert "no login" in page


def test_names_are_escaped(client):
    coordinator = make_login("coordinator")
    person = PersonFactory.create(full_name="<img src=x onerror=1>", country=coordinator.person.country)
    sign_in(client, coordinator)

    for url in (PEOPLE, f"{PEOPLE}{person.uuid}/"):
        assert "<img src=x" not in client.get(url).content.decode()


def test_people_stand_in_the_menu_of_those_who_have_some():
    shown = {role: PEOPLE in [entry["url"] for entry in parts_for("desk", make_login(role), "")]
             for role in (None, "trainer", "coordinator", "editor", "administrator")}  # fmt: skip

    assert shown == {None: False, "trainer": True, "coordinator": True, "editor": False, "administrator": True}
