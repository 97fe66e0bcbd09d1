"""Learning paths: loading their file, and the pages as a learner finds them."""

from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Login
from courses.access import enrolments_of
from courses.catalogue import read_catalogue
from courses.models import LearningPath
from courses.packs.errors import PackErrors
from courses.paths.carrying import carried_paths
from courses.paths.writing import load_paths
from tests.factories.accounts import AgencyFactory, CountryFactory, make_login, sign_in
from tests.factories.courses import make_course, make_enrolment

pytestmark = pytest.mark.django_db

FILE = """
- uuid: 005b959c-7b20-5a86-8825-4ec1d0a3cb7d
  kind: role
  position: 1
  slug: {en: police, fr: policiers}
  title: {en: "Police officers", fr: "Policiers"}
  summary: {en: "For the police.", fr: "Pour la police."}
  agencies: [police]
  stages:
    - title: {en: "The basics", fr: "Les bases"}
      courses: [basics]
    - title: {en: "More", fr: "Plus"}
      optional: [sea, road]
      choose: 1
"""


def _officer(kind: str) -> Login:
    country = CountryFactory.create()
    return make_login(country=country, agency=AgencyFactory.create(country=country, kind=kind))


def _take(login: Login, slug: str, lessons: int = 2) -> None:
    course = read_catalogue().course_by_slug("en", slug)
    assert course is not None
    make_enrolment(login, course, completed_lessons=lessons)


@pytest.fixture
def path_file(tmp_path: Path) -> Path:
    for slug in ("basics", "sea", "road"):
        make_course(slug, languages=("en", "fr"), certificate_title="")
    file = tmp_path / "paths.yaml"
    file.write_text(FILE)
    return file


def test_loading_twice_writes_once(path_file: Path) -> None:
    first, again = load_paths(path_file), load_paths(path_file)
    assert (len(first.written), first.unchanged) == (1, 0)
    assert (again.written, again.unchanged) == ([], 1)
    path = LearningPath.objects.get()
    assert path.words("title", "fr") == "Policiers"
    assert [len(each.members()) for each in path.staged()] == [1, 2]


def test_path_that_left_the_file_is_removed(path_file: Path) -> None:
    load_paths(path_file)
    other = FILE.replace("005b959c", "115b959c").replace("{en: police, fr: policiers}", "{en: others, fr: autres}")
    path_file.write_text(other)
    assert load_paths(path_file).removed == ["Police officers"]
    assert LearningPath.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("[basics]", "[basic]", 11, "there is no course 'basic'"),
        ("[sea, road]", "[sea, basics]", 9, "a course stands on a path once"),
        ("choose: 1", "choose: 3", 14, "from 0 to 2"),
        ("kind: role", "kind: roles", 3, "none of: role, theme"),
        ("[police]", "[polis]", 8, "none of: police"),
        ('title: {en: "More", fr: "Plus"}', 'title: {en: "More"}', 12, "fr: it is missing"),
    ],
)
def test_wrong_file_is_refused_whole(path_file: Path, old: str, new: str, line: int, reason: str) -> None:
    load_paths(path_file)
    path_file.write_text(FILE.replace(old, new).replace("For the police.", "Changed."))
    with pytest.raises(PackErrors) as refused:
        load_paths(path_file)
    assert any(reason in problem.reason and problem.line == line for problem in refused.value.problems)
    assert LearningPath.objects.get().words("summary", "en") == "For the police."
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("load_paths", str(path_file))


def test_path_follows_what_was_completed(path_file: Path) -> None:
    load_paths(path_file)
    login = _officer("police")
    client = sign_in(Client(), login)
    listed = client.get("/en/paths/").content.decode()
    assert "For your work" in listed
    before = client.get("/en/paths/police/")
    assert "0 of 2 courses completed" in before.content.decode()
    assert "Opens after the stage before" in before.content.decode()
    _take(login, "basics")
    after = client.get("/en/paths/police/").content.decode()
    assert "1 of 2 courses completed" in after
    assert "Opens after the stage before" not in after
    _take(login, "road")
    assert "You have completed this path." in client.get("/en/paths/police/").content.decode()


def test_address_of_another_language_leads_to_the_own_one(path_file: Path, client: Client) -> None:
    load_paths(path_file)
    assert client.get("/fr/paths/police/").headers["Location"] == "/fr/paths/policiers/"
    page = client.get("/fr/paths/policiers/").content.decode()
    assert "Les bases" in page
    assert 'hreflang="en"' not in page or "/en/paths/police/" in page
    assert client.get("/en/paths/nothing/").status_code == 404


def test_device_carries_what_fits_or_is_begun(path_file: Path) -> None:
    load_paths(path_file)
    police, other = _officer("police"), _officer("court")
    [carried] = carried_paths(police, "fr", enrolments_of(police))
    basics = carried["stages"][0]["courses"][0]
    assert (carried["title"], carried["titles"][basics]) == ("Policiers", "Course basics")
    assert carried_paths(other, "fr", enrolments_of(other)) == []
    _take(other, "sea", lessons=0)
    assert [each["uuid"] for each in carried_paths(other, "fr", enrolments_of(other))] == [carried["uuid"]]


def test_more_paths_ask_no_more_queries(path_file: Path) -> None:
    load_paths(path_file)
    login = _officer("police")
    client = sign_in(Client(), login)
    client.get("/en/paths/")
    with CaptureQueriesContext(connection) as few:
        client.get("/en/paths/")
    row = LearningPath.objects.get()
    for number in range(5):
        row.pk, row.uuid, row.slug = None, UUID(int=number), {"en": f"p{number}", "fr": f"p{number}"}
        row.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        client.get("/en/paths/")
    assert len(many) == len(few)
