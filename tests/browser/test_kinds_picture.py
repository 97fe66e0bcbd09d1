"""Places on a picture and written answers: by keyboard, by finger, without a script; marked on a phone in French."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, expect

from assessments import access, papers, showing, versions
from assessments.models import Attempt, Question, Quiz
from assessments.pictures import make_picture, store_picture
from assessments.publishing import publish
from tests.assessments.writing import ANSWER, coordinator_of, make_written_course, write_answers
from tests.browser.first_question import at_first_question
from tests.factories.accounts import sign_in
from tests.factories.assessments import Course, make_course, make_question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TABS = 60
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


@dataclass
class Asked:
    """A course whose quiz asks for two places on a picture, and the structure of that question."""

    course: Course
    body: dict[str, Any]

    @property
    def right(self) -> list[str]:
        """The right places."""
        return [area["id"] for area in self.body["areas"] if area["is_right"]]

    @property
    def wrong(self) -> list[str]:
        """The others."""
        return [area["id"] for area in self.body["areas"] if not area["is_right"]]


def lorry() -> bytes:
    """Return a picture of a lorry, more or less."""
    drawn = Image.new("RGB", (800, 600), "#9fc3d8")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 500, 800, 600), fill="#6b6f5e")
    pen.rectangle((260, 120, 770, 440), fill="#b33a2c")
    pen.polygon([(60, 440), (60, 280), (120, 180), (240, 180), (240, 440)], fill="#2d4a63")
    for x in (90, 330, 560, 680):
        pen.ellipse((x, 410, x + 100, 510), fill="#1b1b1b")
    out = BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def asked(transactional_db: None) -> Iterator[Asked]:
    picture = make_picture(lorry())
    store_picture(picture)
    course = make_course(questions=0, draw=1, pass_mark_percent=100)
    question = make_question("hotspot", course_uuid=course.uuid, lesson_uuid=course.lessons[0], published=False)
    question.body = {**question.body, "image": picture.named}
    question.save()
    publish(Question.objects.get(pk=question.pk))
    yield Asked(course, question.body)
    forget()


def forget() -> None:
    """Keep nothing of a database that goes."""
    for each in (access, papers, versions, showing):
        each.kept.clear()


@pytest.fixture
def page(asked: Asked, live_server: Any, browser: Browser) -> Iterator[Page]:
    with at_first_question(browser, asked.course, live_server.url, has_outbox=False) as page:
        yield page


def place(page: Page, area: str) -> Locator:
    return page.locator(f"[data-spot='{area}'] .place")


def box(page: Page, area: str) -> Locator:
    return page.locator(f"input[value='{area}']")


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(wanted)


def is_within_width(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_places_are_chosen_by_keyboard_alone_saved_and_scored_right(page, asked):
    for area in asked.right:
        tab_to(page, box(page, area))
        page.keyboard.press("Space")
        expect(box(page, area)).to_be_checked()
    page.locator("[data-place] .saved").wait_for()
    tab_to(page, page.get_by_role("button", name="Continue"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your answers").wait_for()
    tab_to(page, page.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/result/$"))
    assert page.get_by_text("1 out of 1").first.is_visible()


def test_a_finger_chooses_on_the_picture_and_no_more_than_was_asked_for(asked, live_server, browser):
    with at_first_question(browser, asked.course, live_server.url, has_outbox=False, **PHONE) as page:
        first, second = asked.right
        colour = "element => getComputedStyle(element).stroke"
        before = place(page, first).evaluate(colour)
        place(page, first).tap()
        expect(box(page, first)).to_be_checked()
        # The place says that it is chosen: by its colour, and in the list.
        assert place(page, first).evaluate(colour) != before
        place(page, second).tap()
        page.locator("[data-place] .saved").wait_for()
        place(page, asked.wrong[0]).tap()
        expect(box(page, asked.wrong[0])).not_to_be_checked()
        expect(page.locator("[data-place] [data-told]")).to_contain_text("You have chosen 2 places.")
        place(page, first).tap()
        expect(box(page, first)).not_to_be_checked()
        expect(page.locator("[data-place] [data-told]")).to_be_empty()
        assert is_within_width(page)
        page.locator("[data-place] .saved").wait_for()
        page.reload()
        expect(box(page, second)).to_be_checked()
        expect(box(page, first)).not_to_be_checked()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_picture_and_its_list_fit_the_narrowest_phone_in_either_direction(asked, live_server, browser, language):
    options: dict[str, Any] = {"has_outbox": False, "language": language, **PHONE}
    with at_first_question(browser, asked.course, live_server.url, **options) as page:
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert is_within_width(page)
        shown = page.locator("[data-place] svg.spots").bounding_box()
        assert shown
        assert shown["width"] > 240
        # Nobody guesses by the look of it: but for where it lies, each place is drawn alike.
        looks = page.locator("[data-place] .place").evaluate_all(
            "shapes => new Set(shapes.map((each) => getComputedStyle(each).stroke + getComputedStyle(each).fill)).size"
        )
        assert looks == 1


def test_places_are_chosen_without_javascript(asked, live_server, browser):
    options: dict[str, Any] = {"has_outbox": False, "java_script_enabled": False}
    with at_first_question(browser, asked.course, live_server.url, **options) as page:
        for area in (*asked.right, asked.wrong[0]):
            box(page, area).check()
        page.get_by_role("button", name="Continue").click()
        # Three where two were asked for: said, and nothing is lost by it.
        expect(page.get_by_role("alert")).to_contain_text("Your earlier answers are safe")
        for area in asked.right:
            box(page, area).check()
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Hand in").click()
        assert page.get_by_text("1 out of 1").first.is_visible()


@pytest.fixture
def written(transactional_db: None) -> Iterator[Course]:
    course = make_written_course(others=0, pass_mark_percent=50)
    yield course
    forget()


def test_a_written_answer_is_counted_saved_and_waits_to_be_marked(written, live_server, browser):
    with at_first_question(browser, written, live_server.url, has_outbox=False) as page:
        text = page.locator("[data-place] textarea")
        expect(page.locator("[data-place] [data-count]")).to_have_text("Words: 0")
        text.fill("J’écoute d’abord.\n\nآخذها جانباً")
        expect(page.locator("[data-place] [data-count]")).to_have_text("Words: 4")
        text.blur()
        page.locator("[data-place] .saved").wait_for()
        page.reload()
        expect(text).to_have_value("J’écoute d’abord.\n\nآخذها جانباً")
        assert page.get_by_text("safety first").count() == 0
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Hand in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Handed in, waiting to be marked")


@pytest.mark.parametrize("has_javascript", [True, False], ids=["js", "no-js"])
def test_an_answer_is_marked_on_a_phone_in_french_and_the_learner_reads_it(
    written, live_server, browser, has_javascript
):
    attempt = write_answers(written)
    marker = Client()
    sign_in(marker, coordinator_of(written))
    page = phone_of(browser, marker, live_server.url, java_script_enabled=has_javascript)
    page.goto(f"{live_server.url}/fr/desk/marking/")
    assert is_within_width(page)
    page.locator("main a.btn").first.click()
    expect(page.locator("blockquote").first).to_have_text(ANSWER)
    assert is_within_width(page)
    assert written.login.person.full_name not in page.content()
    # Sent without a single point, the form says what is missing and keeps the comment.
    page.locator("[name=comment]").fill("Très clair.")
    page.locator("main form button").click()
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("[name=comment]")).to_have_value("Très clair.")
    for criterion, points in ((0, "3"), (1, "1")):
        page.locator(".criterion").nth(criterion).locator(f"label:has(input[value='{points}'])").click()
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile(r"/fr/desk/marking/$"))
    assert Attempt.objects.get(pk=attempt).points_milli == 800
    page.context.close()

    learner = Client()
    sign_in(learner, written.login)
    page = phone_of(browser, learner, live_server.url)
    page.goto(f"{live_server.url}/fr/attempts/{attempt}/result/")
    expect(page.get_by_text("Très clair.")).to_be_visible()
    assert is_within_width(page)
    page.context.close()


def test_a_right_to_left_desk_fits_a_phone_and_a_first_place_takes_the_focus(written, live_server, browser):
    write_answers(written)
    Quiz.objects.update(title={"ar": "الاختبار", "en": "Final test"})
    marker = Client()
    sign_in(marker, coordinator_of(written))
    page = phone_of(browser, marker, live_server.url)
    page.goto(f"{live_server.url}/ar/desk/marking/")
    assert is_within_width(page)
    page.locator("main a.btn").first.click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert is_within_width(page)
    # By keyboard alone: an arrow moves among the points of a criterion.
    tab_to(page, page.locator(".criterion input").first)
    page.keyboard.press("Space")
    expect(page.locator(".criterion input").first).to_be_checked()
    page.context.close()


def phone_of(browser: Browser, client: Client, address: str, **options: Any) -> Page:
    """Return a page of somebody's phone."""
    context = browser.new_context(**PHONE, service_workers="block", locale="fr-FR", **options)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    return context.new_page()
