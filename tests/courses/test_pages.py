"""The pages of a learner: home, catalogue, course, lesson. GETs change nothing."""

import dataclasses
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from courses import parts
from courses.blocks import LessonBlocks
from courses.catalogue import CourseOutline
from courses.models import ActivityState, LessonPage
from courses.parts import QuizEntry
from courses.progress import lesson_unit
from records.models import Statement
from tests.factories.accounts import make_login, sign_in
from tests.factories.courses import lesson_page, load_two_lessons, make_course, make_enrolment

pytestmark = pytest.mark.django_db
COURSE = "/en/courses/two-lessons/"
LESSON = f"{COURSE}every-block/"


@pytest.fixture
def login() -> Any:
    return make_login()


@pytest.fixture
def reader(client: Client, login: Any) -> Client:
    sign_in(client, login)
    return client


@pytest.fixture
def enrolled(course: CourseOutline, login: Any, reader: Client) -> Client:
    make_enrolment(login, course)
    return reader


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# Who sees what


def test_anybody_sees_the_catalogue_and_the_course(course: CourseOutline, client: Client) -> None:
    assert "Two lessons" in text_of(client.get("/en/courses/"))
    page = text_of(client.get(COURSE))
    assert "Sign in to begin" in page
    assert f'href="{LESSON}"' not in page
    assert "Two lessons" in text_of(client.get("/en/"))


def test_lesson_asks_a_visitor_to_sign_in(course: CourseOutline, client: Client) -> None:
    assert client.get(LESSON)["Location"] == f"{reverse('account_login')}?next={LESSON}"


def test_lesson_leads_who_is_not_enrolled_to_the_course(course: CourseOutline, reader: Client) -> None:
    response = reader.get(LESSON)
    assert (response.status_code, response["Location"]) == (302, COURSE)
    assert "Enrol and begin" in text_of(reader.get(COURSE))


def test_staff_read_without_enrolling(course: CourseOutline, client: Client) -> None:
    sign_in(client, make_login("editor", everywhere=True))
    page = text_of(client.get(LESSON))
    assert "Look around" in page
    assert "lesson-form" not in page


@pytest.mark.parametrize("path", ["/en/courses/none/", f"{COURSE}none/", "/en/courses/none/none/"])
def test_what_is_not_there_is_404(enrolled: Client, path: str) -> None:
    assert enrolled.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/en/", "/en/courses/", COURSE, LESSON, "/en/join/"])
def test_pages_are_kept_by_no_cache(enrolled: Client, path: str) -> None:
    assert enrolled.get(path)["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("path", ["/en/", "/en/courses/", COURSE, LESSON, "/en/join/", "/fr/courses/two-lessons/"])
def test_get_says_nothing(enrolled: Client, path: str) -> None:
    before = Statement.objects.count()
    with CaptureQueriesContext(connection) as caught:
        assert enrolled.get(path).status_code == 200
    assert Statement.objects.count() == before
    assert not [query["sql"] for query in caught if not query["sql"].strip().startswith("SELECT")]


@pytest.mark.parametrize("path", [f"{COURSE}enrol/", f"{LESSON}complete/", f"{LESSON}place/"])
def test_acts_refuse_get(enrolled: Client, path: str) -> None:
    assert enrolled.get(path).status_code == 405


# Editors' drafts


def test_draft_of_a_lesson_does_not_show(enrolled: Client) -> None:
    page = LessonPage.objects.get(slug="every-block")
    page.title = "Secret draft"
    page.save_revision(log_action=True)
    assert "Secret draft" not in text_of(enrolled.get(LESSON))
    assert "Secret draft" not in text_of(enrolled.get(COURSE))


def test_published_change_shows_at_once(enrolled: Client) -> None:
    assert "Every block" in text_of(enrolled.get(LESSON))
    page = LessonPage.objects.get(slug="every-block")
    page.title = "New title"
    page.save_revision(log_action=True).publish()
    assert "New title" in text_of(enrolled.get(LESSON))


def test_unpublished_lesson_is_gone(enrolled: Client) -> None:
    LessonPage.objects.get(slug="every-block").unpublish(log_action=True)
    assert enrolled.get(LESSON).status_code == 404


def test_unpublished_course_takes_its_lessons_along(enrolled: Client) -> None:
    for page in Page.objects.filter(slug="two-lessons"):
        page.specific.unpublish(log_action=True)
    assert enrolled.get(LESSON).status_code == 404
    assert enrolled.get(COURSE).status_code == 404
    assert "You have no course yet" in text_of(enrolled.get("/en/"))


# Reading


def test_lesson_says_where_it_stands_and_lists_its_parts(enrolled: Client) -> None:
    page = text_of(enrolled.get(LESSON))
    assert "Lesson 1 of 2. 6 min" in page
    parts_found = re.findall(r'<a class="stop" href="#([0-9a-f-]{36})"><b>([^<]+)</b>', page)
    assert [heading for _id, heading in parts_found] == ["Look around", "Think it through"]
    assert all(f'id="{block}"' in page for block, _heading in parts_found)
    assert "Continue: Hard to read" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            LESSON,
            ["Remember", "Sources:", "Do not", "Right.", "Case, invented", "Convention, article 10"],
        ),
        ("/fr/courses/two-lessons/tous-les-blocs/", ["Guide de terrain, chap. 5", "Un lieu calme", "Refuge"]),
    ],
)
def test_every_block_is_shown(enrolled: Client, path: str, words: list[str]) -> None:
    page = text_of(enrolled.get(path))
    lesson = LessonPage.objects.get(slug=path.rstrip("/").rsplit("/", 1)[-1])
    assert {block.block_type for block in lesson.body} == set(LessonBlocks().child_blocks)
    for block in lesson.body:
        assert page.count(f'id="{block.id}"') == 1, block.block_type
    for word in words:
        assert word in page
    assert "<style" not in page
    assert " style=" not in page


def test_picture_has_size_and_description(enrolled: Client) -> None:
    page = text_of(enrolled.get(LESSON))
    found = re.search(r"<img [^>]+>", page)
    assert found
    for part in ('width="320"', 'height="180"', 'alt="A border post in the evening"', 'loading="lazy"'):
        assert part in found.group()
    source = re.search(r'src="([^"]+)"', found.group())
    assert source
    picture = enrolled.get(source.group(1))
    assert picture["Content-Type"] == "image/webp"
    picture.close()


def test_sensitive_lesson_has_its_notice_before_the_text_and_a_way_out(enrolled: Client) -> None:
    page = text_of(enrolled.get(f"{COURSE}hard-to-read/"))
    assert page.index("Leave this page") < page.index("Sensitive content") < page.index("This lesson is short.")
    plain = LessonPage.objects.get(slug="every-block")
    plain.body = LessonBlocks().to_python([each for each in plain.body.get_prep_value() if each["type"] == "text"])
    plain.save_revision(log_action=True).publish()
    assert 'class="exit"' not in text_of(enrolled.get(LESSON))


def test_notice_of_the_lesson_itself_stands_for_the_general_one(enrolled: Client) -> None:
    page = LessonPage.objects.get(slug="hard-to-read")
    notice = {"type": "safety_notice", "value": {"title": "Before you read", "body": "<p>It is hard.</p>"}}
    page.body = LessonBlocks().to_python([notice, *page.body.get_prep_value()])
    page.save_revision(log_action=True).publish()
    text = text_of(enrolled.get(f"{COURSE}hard-to-read/"))
    assert text.index("Before you read") < text.index("This lesson is short.")
    assert "This lesson describes violence" not in text


def test_place_is_noted_and_offered_on_return(enrolled: Client, login: Any, course: CourseOutline) -> None:
    second = [block for block in LessonPage.objects.get(slug="every-block").body if block.block_type == "text"][1]
    assert enrolled.post(f"{LESSON}place/", {"place": second.id}).status_code == 204
    page = text_of(enrolled.get(LESSON))
    assert f'href="#{second.id}">Continue where you stopped: Think it through' in page
    assert f'href="{LESSON}#{second.id}"' in text_of(enrolled.get("/en/"))
    assert f'href="{LESSON}#{second.id}"' in text_of(enrolled.get(COURSE))


def test_place_is_kept_when_the_language_changes(enrolled: Client) -> None:
    second = [block for block in LessonPage.objects.get(slug="every-block").body if block.block_type == "text"][1]
    enrolled.post(f"{LESSON}place/", {"place": second.id})
    assert f'href="#{second.id}"' in text_of(enrolled.get("/fr/courses/two-lessons/tous-les-blocs/"))


@pytest.mark.parametrize("place", ["", "nowhere", "7a0c6e1e-5b0b-4a0a-8e57-0d6f6f0f1c99"])
def test_place_that_is_no_block_of_the_lesson_is_refused(enrolled: Client, place: str) -> None:
    assert enrolled.post(f"{LESSON}place/", {"place": place}).status_code == 400
    assert not ActivityState.objects.exists()


@pytest.mark.parametrize("act", ["complete", "place"])
def test_who_is_not_enrolled_says_nothing(course: CourseOutline, reader: Client, act: str) -> None:
    block = LessonPage.objects.get(slug="every-block").body[0].id
    assert reader.post(f"{LESSON}{act}/", {"place": block}).status_code == 403
    assert not Statement.objects.exists()


@pytest.mark.parametrize("act", ["complete", "place"])
def test_visitor_is_asked_to_sign_in(course: CourseOutline, client: Client, act: str) -> None:
    assert reverse("account_login") in client.post(f"{LESSON}{act}/")["Location"]


def test_completing_leads_on_and_the_last_to_the_course(enrolled: Client) -> None:
    assert enrolled.post(f"{LESSON}complete/")["Location"] == f"{COURSE}hard-to-read/"
    assert enrolled.post(f"{LESSON}complete/")["Location"] == f"{COURSE}hard-to-read/"
    response = enrolled.post(f"{COURSE}hard-to-read/complete/", follow=True)
    assert response.redirect_chain == [(COURSE, 302)]
    assert "You have completed this course" in text_of(response)
    assert Statement.objects.filter(verb="completed").count() == 2


def test_forms_carry_the_csrf_token(course: CourseOutline, login: Any) -> None:
    make_enrolment(login, course)
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, login)
    page = strict.get(LESSON).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)  # type: ignore[union-attr]
    block = LessonPage.objects.get(slug="every-block").body[1].id
    assert strict.post(f"{LESSON}place/", {"place": block}).status_code == 403
    assert strict.post(f"{LESSON}place/", {"place": block}, headers={"X-CSRFToken": token}).status_code == 204


# Enrolling


def test_enrolling_leads_to_the_first_lesson(course: CourseOutline, reader: Client) -> None:
    assert reader.post(f"{COURSE}enrol/")["Location"] == LESSON
    assert reader.post(f"{COURSE}enrol/")["Location"] == LESSON
    assert Statement.objects.count() == 1


def test_closed_course_says_that_it_needs_a_code(reader: Client) -> None:
    make_course("closed", self_enrolment=False)
    assert "You join this course with a code" in text_of(reader.get("/en/courses/closed/"))
    response = reader.post("/en/courses/closed/enrol/", follow=True)
    assert "Ask your trainer for a code" in text_of(response)
    assert not Statement.objects.exists()


# Course page and home


def test_course_lists_lessons_with_states_and_minutes_left(enrolled: Client) -> None:
    enrolled.post(f"{LESSON}complete/")
    page = text_of(enrolled.get(COURSE))
    assert "10 min in all, 4 left" in page
    assert "1 of 2 completed" in page
    assert "Continue: Hard to read" in page
    assert re.search(r'<li class="done"><a class="stop" href="[^"]+every-block/"', page)


@pytest.fixture
def quiz(course: CourseOutline, monkeypatch: pytest.MonkeyPatch) -> QuizEntry:
    """A quiz of another app's."""
    entry = QuizEntry(lesson_unit(course.uuid, course.uuid), "Final test", "10 questions", lambda _each: "/start/", 70)
    monkeypatch.setattr(parts, "_providers", [lambda uuid, _language: [entry] if uuid == course.uuid else []])
    return entry


def test_quiz_opens_after_the_last_lesson(quiz: QuizEntry, course: CourseOutline, reader: Client, login: Any) -> None:
    enrolment = make_enrolment(login, course, completed_lessons=1)
    assert enrolment.outline["quizzes"] == [str(quiz.uuid)]
    page = text_of(reader.get(COURSE))
    assert "Opens when all lessons are completed." in page
    assert 'action="/start/"' not in page
    make_enrolment(login, course, completed_lessons=2)
    assert 'action="/start/"' in text_of(reader.get(COURSE))
    home = text_of(reader.get("/en/"))
    assert "Test: Two lessons" in home
    assert f'href="{COURSE}#quiz"' in home


def test_practice_is_open_from_the_start_and_asked_of_nobody(
    course: CourseOutline, reader: Client, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = lesson_unit(course.uuid, course.uuid)
    shown = {"counts": False, "is_open_from_start": True}
    entry = QuizEntry(address, "Practice", "3 questions", lambda _each: "/practise/", **shown)
    monkeypatch.setattr(parts, "_providers", [lambda _uuid, _language: [entry]])
    assert "/practise/" not in text_of(reader.get(COURSE))
    enrolment = make_enrolment(login, course)
    assert enrolment.outline["quizzes"] == []
    page = text_of(reader.get(COURSE))
    assert 'action="/practise/"' in page
    assert "For practice" in page
    assert 'id="quiz"' not in page


def test_a_quiz_that_asks_first_is_a_link(
    quiz: QuizEntry, course: CourseOutline, reader: Client, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = dataclasses.replace(quiz, asks_first=True)
    monkeypatch.setattr(parts, "_providers", [lambda _uuid, _language: [asking]])
    make_enrolment(login, course, completed_lessons=2)
    page = text_of(reader.get(COURSE))
    assert '<a class="btn grow" href="/start/"' in page
    assert 'action="/start/"' not in page


def test_home_goes_on_with_the_lesson_begun_last(login: Any, reader: Client) -> None:
    first, second = make_course("one"), make_course("two")
    make_enrolment(login, first)
    make_enrolment(login, second, completed_lessons=1)
    page = text_of(reader.get("/en/"))
    assert "Course two, lesson 2 of 2. 5 min." in page
    assert "5 min left of 10" in page
    assert "Not begun, 10 min" in page


def test_home_without_a_course_asks_for_a_code(reader: Client) -> None:
    page = text_of(reader.get("/en/"))
    assert "You have no course yet" in page
    assert 'name="code"' in page


# Languages


def test_language_menu_leads_to_the_same_lesson(enrolled: Client) -> None:
    page = text_of(enrolled.get(LESSON))
    assert 'href="/fr/courses/two-lessons/tous-les-blocs/"' in page
    assert 'href="/ar/courses/two-lessons/every-block/"' in page


def test_slug_of_another_language_leads_to_the_own_address(enrolled: Client) -> None:
    response = enrolled.get("/fr/courses/two-lessons/every-block/")
    assert response["Location"] == "/fr/courses/two-lessons/tous-les-blocs/"


def test_language_without_a_page_shows_english_marked_as_such(enrolled: Client) -> None:
    response = enrolled.get("/ar/courses/two-lessons/every-block/")
    page = text_of(response)
    assert '<html lang="ar" dir="rtl">' in page
    assert '<h1 lang="en" dir="ltr">Every block</h1>' in page
    assert 'id="lesson-body" lang="en" dir="ltr"' in page
    assert '<h1 lang="en" dir="ltr">Two lessons</h1>' in text_of(enrolled.get("/ar/courses/two-lessons/"))
    assert enrolled.post("/ar/courses/two-lessons/every-block/complete/")["Location"].startswith("/ar/")


def test_other_pages_keep_their_address_in_the_language_menu(reader: Client) -> None:
    assert 'href="/fr/join/?code=AB"' in text_of(reader.get("/en/join/?code=AB"))


# Budgets of queries: pinned, and the same when there is twice as much


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_lesson_takes_three_queries_however_long_the_course(login: Any, reader: Client) -> None:
    for slug, lessons in (("short", 3), ("long", 6)):
        make_enrolment(login, make_course(slug, lessons=lessons), completed_lessons=1)
        assert queries_of(reader, f"/en/courses/{slug}/lesson-2/") == 3


def test_lesson_that_nobody_read_before_takes_two_more(login: Any, reader: Client) -> None:
    make_enrolment(login, make_course("new"))
    reader.get("/en/courses/new/lesson-1/")
    with CaptureQueriesContext(connection) as caught:
        reader.get("/en/courses/new/lesson-2/")
    assert len(caught) == 4


def test_course_takes_five_queries_however_long(login: Any, reader: Client) -> None:
    for slug, lessons in (("short", 3), ("long", 6)):
        make_enrolment(login, make_course(slug, lessons=lessons), completed_lessons=2)
        assert queries_of(reader, f"/en/courses/{slug}/") == 5


def test_home_takes_five_queries_however_many_courses(login: Any, reader: Client) -> None:
    make_enrolment(login, make_course("one"), completed_lessons=2)
    make_enrolment(login, make_course("two"))
    assert queries_of(reader, "/en/") == 5
    make_enrolment(login, make_course("three"), completed_lessons=2)
    make_enrolment(login, make_course("four"))
    assert queries_of(reader, "/en/") == 5


def test_catalogue_takes_two_queries_however_many_courses(reader: Client) -> None:
    make_course("one")
    assert queries_of(reader, "/en/courses/") == 2
    make_course("two")
    assert queries_of(reader, "/en/courses/") == 2


def test_lesson_added_later_is_read_without_being_counted(login: Any, reader: Client) -> None:
    course = make_course("grows")
    make_enrolment(login, course)
    module = Page.objects.get(slug="module")
    page = lesson_page(course.uuid, 3)
    page.locale = module.locale
    module.add_child(instance=page)
    page.save_revision(log_action=True).publish()
    text = text_of(reader.get("/en/courses/grows/lesson-3/"))
    assert "Lesson 3 of 3" in text
    assert "lesson-form" not in text


def test_load_twice_keeps_the_place(enrolled: Client) -> None:
    block = LessonPage.objects.get(slug="every-block").body[1].id
    enrolled.post(f"{LESSON}place/", {"place": block})
    load_two_lessons()
    assert ActivityState.objects.get().place in text_of(enrolled.get(LESSON))
