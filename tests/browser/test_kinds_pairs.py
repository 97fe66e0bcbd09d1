"""Matching, ordering and words into gaps: by keyboard alone, without JavaScript, by mouse and by finger."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assessments import access, papers, versions
from tests.browser.first_question import at_first_question
from tests.factories.assessments import Course, make_course, make_question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KINDS = ("matching", "ordering", "word_gaps")
MOST_TABS = 80


@dataclass
class Asked:
    """A course whose quiz asks one question of each of these kinds, and their structures."""

    course: Course
    bodies: dict[str, dict[str, Any]]


@pytest.fixture
def asked(transactional_db: None) -> Iterator[Asked]:
    course = make_course(questions=0, draw=len(KINDS), pass_mark_percent=100)
    bodies = {}
    for number, kind in enumerate(KINDS):
        question = make_question(
            kind, course_uuid=course.uuid, lesson_uuid=course.lessons[number], number=number, languages=("en", "fr")
        )
        bodies[kind] = dict(question.body)
    yield Asked(course, bodies)
    for each in (access, papers, versions):
        each.kept.clear()


@pytest.fixture
def page(asked: Asked, live_server: Any, browser: Browser) -> Iterator[Page]:
    with at_first_question(browser, asked.course, live_server.url, has_outbox=False) as page:
        yield page


@pytest.fixture
def plain(asked: Asked, live_server: Any, browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    options: dict[str, Any] = {"has_outbox": False, "java_script_enabled": False}
    with at_first_question(browser, asked.course, live_server.url, **options) as page:
        yield page


def shown_kind(page: Page) -> str:
    return page.locator("[data-question]").first.get_attribute("data-kind") or ""


def select_of(page: Page, part: str) -> Locator:
    return page.locator(f"select[name='response:{part}']")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(wanted)


def places(page: Page) -> list[str]:
    return [line.get_attribute("data-item") or "" for line in page.locator("[data-place] [data-item]").all()]


def matched_by_keyboard(page: Page, body: dict[str, Any]) -> None:
    for pair in body["pairs"]:
        select = select_of(page, pair["left"])
        tab_to(page, select)
        for _ in range(len(body["pairs"])):
            if select.input_value() == pair["right"]:
                break
            page.keyboard.press("ArrowDown")
        expect(select).to_have_value(pair["right"])


def ordered_by_keyboard(page: Page, body: dict[str, Any]) -> None:
    if places(page) == body["items"]:
        tab_to(page, page.get_by_role("button", name="The order is right as it stands"))
        page.keyboard.press("Enter")
    for place, item in enumerate(body["items"]):
        steps = places(page).index(item) - place
        if steps:
            up = page.locator(f"[data-item='{item}'] .is-up")
            tab_to(page, up)
            for _ in range(steps):
                page.keyboard.press("Enter")
                # The arrow keeps the focus: the line has moved under it.
                expect(up).to_be_focused()
    assert places(page) == body["items"]


def filled_by_keyboard(page: Page, body: dict[str, Any]) -> None:
    for number, gap in enumerate(body["gaps"]):
        tab_to(page, page.locator("[data-place] .gap-slot").nth(number))
        page.keyboard.press("Enter")
        words = select_of(page, gap["id"]).locator(f"option[value='{gap['right']}']").text_content() or ""
        tab_to(page, page.locator(".gap-bank").get_by_role("button", name=words, exact=True))
        page.keyboard.press("Space")
        expect(select_of(page, gap["id"])).to_have_value(gap["right"])


BY_KEYBOARD = {"matching": matched_by_keyboard, "ordering": ordered_by_keyboard, "word_gaps": filled_by_keyboard}


def test_each_kind_is_answered_by_keyboard_alone_saved_and_scored_right(page, asked):
    seen = set()
    for number in range(1, len(KINDS) + 1):
        page.locator(f"[data-place] [data-question='{number}']").wait_for()
        kind = shown_kind(page)
        seen.add(kind)
        BY_KEYBOARD[kind](page, asked.bodies[kind])
        page.locator("[data-place] .saved").wait_for()
        tab_to(page, page.get_by_role("button", name="Continue"))
        page.keyboard.press("Enter")
    assert seen == set(KINDS)
    page.get_by_role("heading", name="Your answers").wait_for()
    assert page.get_by_text("Answered", exact=True).count() == len(KINDS)
    tab_to(page, page.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/result/$"))
    assert page.get_by_text("3 out of 3").first.is_visible()


def test_each_kind_is_answered_without_javascript_saved_and_scored_right(plain, asked):
    for _ in KINDS:
        kind = shown_kind(plain)
        body = asked.bodies[kind]
        if kind == "matching":
            right = {pair["left"]: pair["right"] for pair in body["pairs"]}
        elif kind == "ordering":
            right = {item: str(place) for place, item in enumerate(body["items"], 1)}
        else:
            right = {gap["id"]: gap["right"] for gap in body["gaps"]}
        for part, value in right.items():
            select_of(plain, part).select_option(value)
        go_on(plain)
    plain.get_by_role("button", name="Hand in").click()
    assert plain.get_by_text("3 out of 3").first.is_visible()


def find(page: Page, kind: str) -> None:
    """Go to the question of a kind."""
    for _ in KINDS:
        if shown_kind(page) == kind:
            return
        go_on(page)
    raise AssertionError(kind)


def test_without_javascript_an_order_with_a_place_twice_is_said_and_nothing_typed_is_lost(plain, asked):
    find(plain, "ordering")
    first, second, *_rest = asked.bodies["ordering"]["items"]
    select_of(plain, first).select_option("2")
    select_of(plain, second).select_option("2")
    go_on(plain)
    expect(plain.get_by_role("alert")).to_contain_text("Give each line a different place")
    assert [select_of(plain, each).input_value() for each in (first, second)] == ["2", "2"]
    assert shown_kind(plain) == "ordering"


def test_an_order_is_no_answer_until_it_is_moved_or_kept(page):
    find(page, "ordering")
    assert page.get_by_text("Not answered yet").is_visible()
    before = places(page)
    page.get_by_role("button", name="The order is right as it stands").click()
    page.locator("[data-place] .saved").wait_for()
    assert not page.get_by_text("Not answered yet").is_visible()
    page.reload()
    assert places(page) == before
    assert not page.get_by_text("Not answered yet").is_visible()


def drag(page: Page, handle: Locator, to: Locator, *, below: bool = False) -> None:
    start, end = handle.bounding_box(), to.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    x, y = end["x"] + end["width"] / 2, end["y"] + end["height"] * (0.9 if below else 0.5)
    page.mouse.move(x, y - 30, steps=5)
    page.mouse.move(x, y, steps=5)


def test_a_line_is_dragged_to_its_place_and_escape_puts_it_back(page):
    find(page, "ordering")
    before = places(page)
    lines = page.locator("[data-place] [data-item]")
    drag(page, lines.first.locator(".order-grip"), lines.last, below=True)
    assert places(page) != before
    page.keyboard.press("Escape")
    page.mouse.up()
    assert places(page) == before
    assert page.get_by_text("Not answered yet").is_visible()
    drag(page, lines.first.locator(".order-grip"), lines.last, below=True)
    page.mouse.up()
    page.locator("[data-place] .saved").wait_for()
    assert places(page) == [*before[1:], before[0]]
    assert select_of(page, before[0]).input_value() == str(len(before))


def test_a_word_is_dragged_into_a_gap_and_out_again_and_another_takes_its_place_by_taps(page):
    find(page, "word_gaps")
    words, slots = page.locator(".gap-bank .gap-word"), page.locator("[data-place] .gap-slot")
    said = words.nth(0).text_content() or ""
    drag(page, words.nth(0), slots.nth(1))
    page.mouse.up()
    expect(slots.nth(1)).to_have_text(said)
    drag(page, slots.nth(1), slots.nth(0))
    page.mouse.up()
    expect(slots.nth(0)).to_have_text(said)
    expect(slots.nth(1)).to_have_text("…")
    words.nth(1).click()
    slots.nth(0).click()
    expect(slots.nth(0)).to_have_text(words.nth(1).text_content() or "")
    slots.nth(0).click()
    expect(slots.nth(0)).to_have_text("…")
    page.locator("[data-place] .saved").wait_for()
    page.reload()
    expect(page.locator("[data-place] .gap-slot.is-filled")).to_have_count(0)


def test_a_line_is_dragged_by_a_finger_and_the_page_stays_where_it_is(asked, live_server, browser):
    with at_first_question(browser, asked.course, live_server.url, has_outbox=False, has_touch=True) as page:
        find(page, "ordering")
        before = places(page)
        start, end = (page.locator(f"[data-item='{each}'] .order-grip").bounding_box() for each in before[:2])
        assert start
        assert end
        x, y, far = start["x"] + 10, start["y"] + 10, end["y"] + end["height"] - 5
        finger = page.context.new_cdp_session(page)
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 11):
            at = {"x": x, "y": y + (far - y) * step / 10}
            finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.locator("[data-place] .saved").wait_for()
        assert places(page) == [before[1], before[0], *before[2:]]
        assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("width", [320, 390])
def test_no_kind_is_wider_than_a_phone_in_arabic(asked, live_server, browser, width):
    options: dict[str, Any] = {"viewport": {"width": width, "height": 640}, "language": "ar"}
    with at_first_question(browser, asked.course, live_server.url, has_outbox=False, **options) as page:
        for number in range(1, len(KINDS) + 1):
            page.locator(f"[data-place] [data-question='{number}']").wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") == width, shown_kind(page)
            page.locator("[data-place] form button.btn.grow").click()
