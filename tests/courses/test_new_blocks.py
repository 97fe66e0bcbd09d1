"""Tables, session plans, further reading, decision paths: read strictly, usable without JavaScript."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from courses.blocks import LessonBlocks
from courses.catalogue import CourseOutline
from courses.decisions import path_problems
from courses.models import LessonPage
from courses.packs.errors import PackErrors
from courses.packs.reading import read_pack
from courses.rendering import render_body
from tests.factories.accounts import make_login, sign_in
from tests.factories.courses import TWO_LESSONS, make_enrolment

LESSON = "lessons/01-every-block.en.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TWO_LESSONS, tmp_path / "two-lessons"))


def body_of(course: CourseOutline, language: str = "en") -> str:
    page = LessonPage.objects.get(activity_uuid=course.lessons[0].uuid, locale__language_code=language)
    return str(render_body(page, language).html)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('["Aim", "exploitation", "gain from the crossing"]', '["Aim", "exploitation"]', "a list of 3 texts"),
        ('"not needed", "needed"]', '"not needed", ""]', "rows: a text is expected"),
        ('["Point", "Trafficking", "Smuggling"]', '["Point"]', "columns: 2 to 5 entries"),
        (
            "minutes: 55, title: Practice",
            "minutes: 50, title: Practice",
            "they take 55 minutes together, the session 60",
        ),
        ("local_law: The article of the penal code.\n", "", "local_law: it is missing"),
        ("code: R01", "code: R01!", "a code is a letter, then letters and digits"),
        ("start: barrier", "start: gate", "the start 'gate' is no step"),
        ("to: gone, feedback", "to: away, feedback", "leads to 'away', which is no step"),
        ("to: late, feedback", "to: lost, feedback", "no choice leads to the step 'late'"),
        ("    ending: mixed\n", "", "the step 'late' has neither choices nor an ending"),
        ("ending: poor", "ending: bad", "ending: one of good, mixed, poor"),
        ("  - id: late", "  - id: well", "the step 'well' stands here twice"),
        ("invented: true\nstart", "invented: false\nstart", "a case has either a source or `invented: true`"),
    ],
)
def test_a_wrong_block_is_told_with_its_reason(root: Path, old: str, new: str, reason: str) -> None:
    path = root / LESSON
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(PackErrors) as caught:
        read_pack(root)
    assert any(reason in str(problem) for problem in caught.value.problems), caught.value.problems


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{minutes: 5, title: Ouverture", "{minutes: 15, title: Ouverture"),
        ("to: well, feedback", "to: gone, feedback"),
        ("code: R01", "code: R02"),
        ('  - ["Frontière", "pas nécessaire", "nécessaire"]\n', ""),
    ],
)
def test_languages_must_agree_in_places_numbers_and_codes(root: Path, old: str, new: str) -> None:
    path = root / LESSON.replace(".en.", ".fr.")
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(PackErrors) as caught:
        read_pack(root)
    assert any(".fr.md" in str(problem) for problem in caught.value.problems)


def step(name: str, *to: str, ending: str = "") -> dict[str, Any]:
    return {"id": name, "choices": [{"to": each} for each in to], "ending": ending}


def test_path_in_which_a_reader_could_walk_for_ever_is_refused() -> None:
    steps = [step("a", "b", "z"), step("b", "c", "c"), step("c", "b", "b"), step("z", ending="good")]
    assert list(path_problems("a", steps)) == [
        "no way leads from the step 'b' to an ending",
        "no way leads from the step 'c' to an ending",
    ]


def test_path_with_a_way_back_is_sound() -> None:
    assert not list(path_problems("a", [step("a", "b", "z"), step("b", "a", "z"), step("z", ending="good")]))


def test_table_names_its_columns_and_rows(course: CourseOutline) -> None:
    html = body_of(course)
    assert '<th scope="col">Trafficking</th>' in html
    assert '<th scope="row">Aim</th><td data-label="Trafficking"><span>exploitation</span></td>' in html


def test_session_plan_counts_its_minutes(course: CourseOutline) -> None:
    html = body_of(course)
    assert re.search(r"0 to 5 min.*Opening.*5 to 60 min.*Practice", html, re.DOTALL)
    assert "Say <strong>why</strong> we are here." in html


def test_further_reading_shows_what_and_by_whom(course: CourseOutline) -> None:
    assert "<cite>A field guide</cite> <small>UNODC, 2009; en, fr</small>" in body_of(course)


def test_decision_path_is_links_between_places_of_the_page(course: CourseOutline) -> None:
    html = body_of(course)
    path = html[html.index('<section class="decision"') : html.index('<section class="film"')]
    targets, places = set(re.findall(r'href="#([^"]+)"', path)), set(re.findall(r'id="([^"]+)"', path))
    # Five steps, and what each of four choices leads to.
    assert len(targets) == 9
    assert targets <= places
    # `.scene:target ~ .first` hides the first step while any other place is shown: it stands after all of them.
    order = re.findall(r'<section class="(scene[^"]*)" id="[^"]{36}-([\d-]+)"', path)
    assert len(order) == 9
    assert [row for row in order if row[0] == "scene first"] == [order[-1]] == [("scene first", "1")]


def test_ending_is_said_in_words(course: CourseOutline) -> None:
    html = body_of(course)
    for words in ("A good ending", "A mixed ending", "A poor ending"):
        assert words in html


def test_path_has_the_same_places_in_every_language(course: CourseOutline) -> None:
    places = [re.findall(r'class="scene[^"]*" id="([^"]+)"', body_of(course, language)) for language in ("en", "fr")]
    assert places[0] == places[1] != []


def test_lesson_with_a_path_has_the_way_out_and_its_keys(client: Client, course: CourseOutline) -> None:
    login = make_login()
    make_enrolment(login, course)
    page = sign_in(client, login).get("/en/courses/two-lessons/every-block/").content.decode()
    assert 'href="/en/measures/" data-leave' in page
    assert "Or press Shift or Escape three times." in page
    assert "leaving/page" in page


@pytest.mark.django_db
def test_page_to_leave_to_says_nothing_of_the_site(client: Client) -> None:
    answer = client.get("/fr/measures/")
    page = answer.content.decode().lower()
    assert answer.status_code == 200
    for word in ("traite", "traffick", "police", "cours", 'href="/fr/'):
        assert word not in page
    assert "private" not in answer["Cache-Control"]


def _value(kind: str, course: CourseOutline) -> Any:
    page = LessonPage.objects.get(activity_uuid=course.lessons[0].uuid, locale__language_code="en")
    return next(block.value for block in page.body if block.block_type == kind)


def test_editor_refuses_what_the_pack_refuses(course: CourseOutline) -> None:
    blocks = LessonBlocks().child_blocks
    for kind, change in (
        ("table", lambda value: value["rows"].pop(0) and value["columns"].append("Fourth")),
        ("session_plan", lambda value: value.update(minutes=61)),
        ("decision_path", lambda value: value.update(start="nowhere")),
        ("video", lambda value: value.update(captions="no captions")),
    ):
        value = _value(kind, course)
        blocks[kind].clean(value)
        change(value)
        with pytest.raises(ValidationError):
            blocks[kind].clean(value)
