"""Who meets which edition of a course: addresses, enrolments, packs; and how an edition is made."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from accounts.models import AuditEvent, Country, Login
from courses.actions import join_with_code
from courses.catalogue import INTERNATIONAL, CourseOutline, forget_catalogue, read_catalogue
from courses.editions.copying import copy_course_for, copy_module_into
from courses.editions.errors import EditionExistsError, EditionNotYoursError, ModuleIsThereError
from courses.models import CoursePage, EditionPage, Enrolment, LessonPage, ModulePage
from courses.packs.tree import publish
from courses.packs.writing import load_pack
from sync.packs.building import contents_of, current_pack
from tests.courses.editions import lesson_of, make_edition, make_source, write
from tests.factories.accounts import CohortFactory, CountryFactory, InvitationCodeFactory, make_login, sign_in
from tests.factories.courses import TWO_LESSONS, lesson_page, make_course, make_enrolment

pytestmark = pytest.mark.django_db
HERE, MALI = "/en/courses/kit/", "/en/courses/kit-ml/"


@pytest.fixture
def mali() -> Country:
    return CountryFactory.create(code="ML")


@pytest.fixture
def ukraine() -> Country:
    return CountryFactory.create(code="UA")


@pytest.fixture
def source(db: None) -> CourseOutline:
    return make_source()


@pytest.fixture
def edition(source: CourseOutline, mali: Country) -> list[CoursePage]:
    pages = make_edition(source, mali)
    write(lesson_of("ml"), title="The law of Mali")
    return pages


def in_edition(course: CourseOutline, edition: str) -> CourseOutline:
    found = read_catalogue().course(course.uuid, "en", edition)
    assert found is not None
    return found


@pytest.fixture
def bilingual(db: None) -> CourseOutline:
    return make_source("fr")


# How an edition is made


def test_edition_has_the_same_activities_in_every_language(bilingual: CourseOutline, mali: Country) -> None:
    edition = make_edition(bilingual, mali)
    write(lesson_of("ml"), title="The law of Mali")
    here, there = in_edition(bilingual, "ml"), in_edition(bilingual, INTERNATIONAL)
    assert {page.locale.language_code for page in edition} == {"en", "fr"}
    assert (here.uuid, here.edition) == (there.uuid, "ml")
    assert {page.slug for page in edition} == {"kit-ml"}
    assert [each.uuid for each in here.lessons] == [each.uuid for each in there.lessons]
    assert here.lessons[0].title == "The law of Mali"
    assert there.lessons[0].title == "Lesson 1 en"
    assert EditionPage.objects.count() == 8  # course, module, two lessons, in two languages
    assert not any(Page.find_problems())


def test_edition_opens_when_its_course_page_is_published(bilingual: CourseOutline, mali: Country) -> None:
    make_edition(bilingual, mali, is_open=False)
    assert "ml" not in read_catalogue().editions[bilingual.uuid]
    publish(CoursePage.objects.get(edition="ml", locale__language_code="fr"))
    forget_catalogue()
    assert set(read_catalogue().editions[bilingual.uuid]["ml"]) == {"fr"}


def test_country_has_one_edition_of_a_course(source: CourseOutline, edition: list[CoursePage], mali: Country) -> None:
    with pytest.raises(EditionExistsError):
        copy_course_for(by=make_login("editor", mali), course=source.uuid, country=mali)


@pytest.mark.parametrize("role", ["trainer", "coordinator", "editor"])
def test_edition_is_made_by_who_works_for_the_country(
    source: CourseOutline, mali: Country, ukraine: Country, role: str
) -> None:
    by = make_login(role, mali)
    with pytest.raises(EditionNotYoursError):
        copy_course_for(by=by, course=source.uuid, country=ukraine)
    with pytest.raises(EditionNotYoursError):
        copy_course_for(by=make_login(country=mali), course=source.uuid, country=mali)
    copy_course_for(by=by, course=source.uuid, country=mali)
    assert AuditEvent.objects.get(act="edition.copied").country_code == "ML"


def test_module_is_copied_with_ids_of_its_own(bilingual: CourseOutline, mali: Country) -> None:
    edition = make_edition(bilingual, mali)
    other = make_course("other", languages=("en", "fr", "es"), lessons=1)
    module = ModulePage.objects.get(activity_uuid=other.modules[0].uuid, locale__language_code="en")
    target = next(page for page in edition if page.locale.language_code == "en")
    by = make_login("editor", mali)
    made = copy_module_into(by=by, module=module, course=target)
    assert [page.locale.language_code for page in made] == ["en", "fr"]
    assert made[0].activity_uuid == made[1].activity_uuid != module.activity_uuid
    assert len(in_edition(bilingual, "ml").modules) == 1  # a draft, until somebody publishes it
    for page in made:
        publish(page)
    forget_catalogue()
    assert [each.title for each in in_edition(bilingual, "ml").modules[1].lessons] == ["Lesson 1 en"]
    with pytest.raises(ModuleIsThereError):
        copy_module_into(by=by, module=module, course=target)


def test_module_is_not_copied_into_what_is_not_yours(
    source: CourseOutline, edition: list[CoursePage], ukraine: Country
) -> None:
    module = ModulePage.objects.get(activity_uuid=make_course("other").modules[0].uuid)
    by = make_login("editor", ukraine)
    for page in (
        edition[0],
        CoursePage.objects.get(activity_uuid=source.uuid, edition=INTERNATIONAL, locale__language_code="en"),
    ):
        with pytest.raises(EditionNotYoursError):
            copy_module_into(by=by, module=module, course=page)


# Who meets which


def test_catalogue_offers_each_country_its_own(
    client: Client, source: CourseOutline, edition: list[CoursePage], mali: Country, ukraine: Country
) -> None:
    def offered() -> list[str]:
        page = client.get("/en/courses/").content.decode()
        return [address for address in (HERE, MALI) if f'"{address}"' in page]

    assert offered() == [HERE]
    sign_in(client, make_login(country=ukraine))
    assert offered() == [HERE]
    sign_in(client, make_login(country=mali))
    assert offered() == [MALI]


def test_course_that_one_country_made_is_offered_there_only(client: Client, mali: Country, ukraine: Country) -> None:
    make_course("own-law", edition="ml")
    sign_in(client, make_login(country=ukraine))
    assert "own-law" not in client.get("/en/courses/").content.decode()
    sign_in(client, make_login(country=mali))
    assert "own-law" in client.get("/en/courses/").content.decode()
    assert [each.slug for each in read_catalogue().in_language("en")] == ["own-law"]


def test_learner_is_led_to_the_own_edition(
    client: Client, source: CourseOutline, edition: list[CoursePage], mali: Country
) -> None:
    login = make_login(country=mali)
    sign_in(client, login)
    assert client.get(HERE)["Location"] == MALI
    client.post(f"{HERE}enrol/")
    assert Enrolment.objects.get(person=login.person).edition == "ml"
    assert client.get(f"{HERE}lesson-1/")["Location"] == f"{MALI}lesson-1/"
    assert "The law of Mali" in client.get(f"{MALI}lesson-1/").content.decode()
    assert MALI in client.get("/en/").content.decode()


def test_who_was_enrolled_before_keeps_the_edition(client: Client, source: CourseOutline, mali: Country) -> None:
    login = make_login(country=mali)
    enrolment = make_enrolment(login, source, completed_lessons=1)
    make_edition(source, mali)
    sign_in(client, login)
    assert client.get(HERE).status_code == 200
    assert client.get(f"{MALI}lesson-1/")["Location"] == f"{HERE}lesson-1/"
    assert enrolment.outline["lessons"] == [str(lesson.uuid) for lesson in source.lessons]


def test_enrolment_outlives_its_edition(
    client: Client, source: CourseOutline, edition: list[CoursePage], mali: Country
) -> None:
    login = make_login(country=mali)
    make_enrolment(login, in_edition(source, "ml"))
    for page in CoursePage.objects.filter(edition="ml"):
        page.unpublish(log_action=True)
    forget_catalogue()
    sign_in(client, login)
    assert client.get(f"{HERE}lesson-1/").status_code == 200
    assert HERE in client.get("/en/").content.decode()


def test_lesson_of_an_edition_only_is_read_there(
    client: Client, source: CourseOutline, edition: list[CoursePage], mali: Country
) -> None:
    module = ModulePage.objects.get(edition="ml", locale__language_code="en")
    page = lesson_page(source.uuid, 9, slug="contacts", edition="ml", locale=module.locale)
    module.add_child(instance=page)
    publish(page)
    forget_catalogue()
    login = make_login(country=mali)
    enrolment = make_enrolment(login, in_edition(source, "ml"))
    sign_in(client, login)
    assert client.get(f"{MALI}contacts/").status_code == 200
    assert client.get(f"{HERE}contacts/").status_code == 404
    assert str(page.activity_uuid) in enrolment.outline["lessons"]


def test_visitors_and_staff_see_the_edition_that_the_address_names(
    client: Client, source: CourseOutline, edition: list[CoursePage], mali: Country
) -> None:
    assert client.get(MALI).status_code == 200
    sign_in(client, make_login("trainer", mali))
    assert client.get(f"{HERE}lesson-1/").status_code == 200
    assert client.get(f"{MALI}lesson-1/").status_code == 200


def test_lesson_takes_as_many_queries_as_before(
    client: Client, source: CourseOutline, edition: list[CoursePage], mali: Country
) -> None:
    login = make_login(country=mali)
    make_enrolment(login, in_edition(source, "ml"))
    sign_in(client, login)
    client.get(f"{MALI}lesson-1/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(f"{MALI}lesson-1/")
    assert len(queries) == 3


# What a device carries


def manifest_of(client: Client, course: CourseOutline) -> dict[str, Any]:
    answer = client.get(reverse("packs:manifest", args=[course.uuid])).json()
    return dict(json.loads(answer["text"]))


def test_device_carries_the_readers_edition(
    client: Client,
    source: CourseOutline,
    edition: list[CoursePage],
    mali: Country,
    ukraine: Country,
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.RELAIS_PACKS_DIR, settings.RELAIS_KEYS_DIR = tmp_path / "packs", tmp_path / "keys"
    for country, name in ((mali, "ml"), (ukraine, INTERNATIONAL)):
        login = make_login(country=country)
        make_enrolment(login, in_edition(source, name))
        sign_in(client, login)
        assert manifest_of(client, source)["edition"] == name
    titles = [json.loads(each.data)["title"] for each in contents_of(source.uuid, "ml") if each.role == "lesson"]
    assert "The law of Mali" in titles
    of_all, of_mali = current_pack(source.uuid), current_pack(source.uuid, "ml")
    assert of_all is not None
    assert of_mali is not None
    assert of_all.sha256 != of_mali.sha256
    # Neither pushes the other out of force.
    again = current_pack(source.uuid)
    assert again is not None
    assert again.pk == of_all.pk


# A pack of an edition


def test_pack_of_an_edition_leaves_the_international_pages_alone(tmp_path: Any) -> None:
    load_pack(TWO_LESSONS)
    before = set(LessonPage.objects.values_list("pk", "latest_revision"))
    folder = tmp_path / "two-lessons-ml"
    folder.mkdir()
    for file in TWO_LESSONS.rglob("*"):
        target = folder / file.relative_to(TWO_LESSONS)
        target.mkdir() if file.is_dir() else target.write_bytes(file.read_bytes())
    text = (folder / "course.yaml").read_text()
    text = text.replace("slug: two-lessons\n", "slug: two-lessons-ml\n").replace(
        "edition: international", "edition: ml"
    )
    (folder / "course.yaml").write_text(text)
    report = load_pack(folder)
    assert len(report.created) == 8
    assert set(LessonPage.objects.filter(edition=INTERNATIONAL).values_list("pk", "latest_revision")) == before
    assert EditionPage.objects.count() == 8
    assert load_pack(folder).unchanged == 8
    forget_catalogue()
    found = read_catalogue().course_by_slug("en", "two-lessons-ml")
    assert found is not None
    assert found.edition == "ml"


def test_who_joins_with_a_code_learns_the_own_countrys_law(
    source: CourseOutline, edition: list[CoursePage], mali: Country
) -> None:
    login: Login = make_login(country=mali)
    code = InvitationCodeFactory.create(cohort=CohortFactory.create(country=mali), course_uuid=source.uuid)
    enrolment = join_with_code(by=login, code=code.code, language="en")
    assert enrolment is not None
    assert enrolment.edition == "ml"


# The page that makes one


@pytest.mark.parametrize(("role", "leads_to"), [("trainer", "/cms/pages/"), ("coordinator", "/en/courses/kit/")])
def test_page_makes_an_edition(client: Client, source: CourseOutline, mali: Country, role: str, leads_to: str) -> None:
    sign_in(client, make_login(role, mali))
    assert "Copy and adapt" in client.get(HERE).content.decode()
    assert client.post(f"{HERE}adapt/", {"country": mali.pk})["Location"].startswith(leads_to)
    assert CoursePage.objects.filter(edition="ml").count() == 1
    again = client.post(f"{HERE}adapt/", {"country": mali.pk})
    assert again.status_code == 422
    assert "already an edition" in again.content.decode()


def test_page_offers_the_own_countries_only(
    client: Client, source: CourseOutline, mali: Country, ukraine: Country
) -> None:
    sign_in(client, make_login("trainer", mali))
    assert client.post(f"{HERE}adapt/", {"country": ukraine.pk}).status_code == 422
    sign_in(client, make_login(country=mali))
    assert "Copy and adapt" not in client.get(HERE).content.decode()
    assert client.get(f"{HERE}adapt/").status_code == 403
