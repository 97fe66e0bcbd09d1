"""Sheets beside the lessons: who reads them, where they stand, and that packs carry only what learners may read."""

import json
import shutil
from pathlib import Path

import pytest
from django.test import Client

from courses.catalogue import CourseOutline, read_catalogue
from courses.kinds import SheetKind
from courses.models import SheetPage
from courses.packs.errors import PackErrors
from courses.packs.reading import read_pack
from courses.packs.writing import load_pack
from sync.packs.building import contents_of
from tests.factories.accounts import make_login, sign_in
from tests.factories.courses import TWO_LESSONS, make_course, make_enrolment, make_sheet

SHEETS = """collection: module
position: 3
lesson_length: short
sheets:
  - uuid: 7a0c6e1e-5b0b-4a0a-8e57-0d6f6f0f1c11
    kind: job_aid
    file: job-aid
    slug: {en: at-hand, fr: a-portee}
  - uuid: 7a0c6e1e-5b0b-4a0a-8e57-0d6f6f0f1c12
    kind: session_plan
    file: plan
    slug: {en: the-session, fr: la-seance}
modules:
"""
SHEET = """---
title: {title}
summary: A page.
---
Keep it at hand.

::: checklist
title: Before you speak
items:
  - text: A quiet place
    source: G1 ch. 11
:::
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The pack two-lessons with two sheets, as module 3."""
    root = Path(shutil.copytree(TWO_LESSONS, tmp_path / "two-lessons"))
    course = root / "course.yaml"
    course.write_text(course.read_text().replace("modules:\n", SHEETS, 1))
    (root / "sheets").mkdir()
    for name in ("job-aid", "plan"):
        for language in ("en", "fr"):
            (root / "sheets" / f"{name}.{language}.md").write_text(SHEET.format(title=f"{name} {language}"))
    return root


def problems(root: Path) -> list[str]:
    with pytest.raises(PackErrors) as caught:
        read_pack(root)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def course(db: None) -> CourseOutline:
    made = make_course("checks", languages=("en", "fr"))
    for language in ("en", "fr"):
        make_sheet(made, SheetKind.JOB_AID, "at-hand", language=language)
        make_sheet(made, SheetKind.TRAINER_NOTES, "notes", language=language)
    return read_catalogue().courses[made.uuid]["en"]


@pytest.fixture
def learner(client: Client, course: CourseOutline) -> Client:
    login = make_login()
    make_enrolment(login, course)
    return sign_in(client, login)


@pytest.fixture
def trainer(course: CourseOutline) -> Client:
    return sign_in(Client(), make_login("trainer"))


def test_pack_with_sheets_is_read_and_says_where_the_course_stands(root: Path) -> None:
    course = read_pack(root).course
    assert (course.collection, course.position, course.lesson_length, course.reserved_for) == (
        "module",
        3,
        "short",
        "",
    )
    assert [(sheet.kind, sheet.texts["fr"].title) for sheet in course.sheets] == [
        ("job_aid", "job-aid fr"),
        ("session_plan", "plan fr"),
    ]


def test_pack_without_the_new_fields_stays_what_it_was() -> None:
    course = read_pack(TWO_LESSONS).course
    assert (course.collection, course.position, course.lesson_length, course.sheets) == ("kit", 100, "full", ())


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("collection: module", "collection: modules", "collection: one of elective, kit"),
        ("position: 3", "position: 0", "position: a whole number from 1 to 999"),
        ("kind: job_aid", "kind: poster", "kind: one of job_aid"),
        ("en: at-hand", "en: all", "'all' is taken in this course"),
        ("file: plan", "file: job-aid", "sheets/job-aid.en.md is used twice"),
        ("lesson_length: short", "reserved_for: friends", "reserved_for: one of police"),
    ],
)
def test_a_wrong_field_is_told(root: Path, old: str, new: str, reason: str) -> None:
    path = root / "course.yaml"
    path.write_text(path.read_text().replace(old, new, 1))
    assert any(reason in told for told in problems(root)), problems(root)


def test_a_sheet_is_missing_in_a_language_or_named_by_nobody(root: Path) -> None:
    (root / "sheets" / "plan.fr.md").rename(root / "sheets" / "left-over.fr.md")
    told = problems(root)
    assert "sheets/plan.fr.md:1: the file is missing" in told
    assert any("sheets/left-over.fr.md:1: this file is no part of a pack" in each for each in told)


@pytest.mark.django_db
def test_loading_writes_sheets_once_and_unpublishes_what_left(root: Path) -> None:
    assert len([name for name in load_pack(root).created if "sheetpage" in name]) == 4
    again = load_pack(root)
    assert (again.created, again.changed, again.unpublished) == ([], [], [])
    path = root / "course.yaml"
    text = path.read_text()
    path.write_text(
        text[: text.index("  - uuid: 7a0c6e1e-5b0b-4a0a-8e57-0d6f6f0f1c12")] + text[text.index("modules:") :]
    )
    for language in ("en", "fr"):
        (root / "sheets" / f"plan.{language}.md").unlink()
    assert sorted(load_pack(root).unpublished) == ["en sheetpage the-session", "fr sheetpage la-seance"]
    assert SheetPage.objects.live().count() == 2


def test_enrolled_learner_reads_a_job_aid_and_finds_it_on_the_course(learner: Client) -> None:
    course_page = learner.get("/en/courses/checks/").content.decode()
    assert "/en/courses/checks/sheets/at-hand/" in course_page
    assert "For trainers" not in course_page
    page = learner.get("/en/courses/checks/sheets/at-hand/")
    assert "A quiet place en" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"


def test_trainers_sheet_is_not_there_for_a_learner(learner: Client) -> None:
    assert learner.get("/en/courses/checks/sheets/notes/").status_code == 404


def test_staff_read_all_sheets_and_find_them_in_their_box(trainer: Client) -> None:
    assert trainer.get("/en/courses/checks/sheets/notes/").status_code == 200
    page = trainer.get("/en/courses/checks/").content.decode()
    assert page.index("For trainers") < page.index("/en/courses/checks/sheets/notes/")


def test_who_is_not_enrolled_is_led_to_the_course(client: Client, course: CourseOutline) -> None:
    answer = sign_in(client, make_login()).get("/en/courses/checks/sheets/at-hand/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/courses/checks/")


def test_visitor_signs_in_first(client: Client, course: CourseOutline) -> None:
    assert "/account/sign-in/" in client.get("/en/courses/checks/sheets/at-hand/")["Location"]


def test_sheet_is_found_by_its_slug_in_another_language(client: Client, root: Path, db: None) -> None:
    load_pack(root)
    login = make_login()
    outline = read_catalogue().course_by_slug("en", "two-lessons")
    assert outline
    make_enrolment(login, outline)
    answer = sign_in(client, login).get("/fr/courses/two-lessons/sheets/at-hand/")
    assert (answer.status_code, answer["Location"]) == (302, "/fr/courses/two-lessons/sheets/a-portee/")


def test_device_carries_job_aids_and_never_what_is_for_trainers(course: CourseOutline) -> None:
    files = {content.path: content for content in contents_of(course.uuid)}
    sheets = [path for path in files if path.startswith("sheets/")]
    assert len(sheets) == 2
    told = json.loads(files["course.en.json"].data)
    assert [each["slug"] for each in told["job_aids"]] == ["at-hand"]
    assert "A quiet place en" in json.loads(files[told["job_aids"][0]["file"]].data)["body"]
    assert not any("notes" in content.data.decode() for content in files.values() if content.role != "practice")


def test_catalogue_is_grouped_in_the_order_of_positions(client: Client, db: None) -> None:
    make_course("elective", collection="elective")
    make_course("second", collection="module", position=2, title="A second module")
    make_course("first", collection="module", position=1, title="Z first module")
    make_course("kit")
    page = client.get("/en/courses/").content.decode()
    wanted = ["Start here", "Course kit", "The modules", "Z first module", "A second module", "Electives"]
    places = [page.index(each) for each in wanted]
    assert places == sorted(places)
    assert page.count("Module 1") == 1
