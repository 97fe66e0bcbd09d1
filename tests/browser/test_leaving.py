"""Leaving a hard page at once: by the button, by three keys; and walking a decision path by links alone."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page, expect

from courses.decision_block import DecisionPathBlock
from tests.browser.modules import ADDRESS, open_modules

CSS = Path("static/relais/css/blocks.css")
REFUGE = f"{ADDRESS}/en/measures/"


@pytest.fixture
def context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(5000)
    return context


@pytest.fixture
def lesson(context: BrowserContext) -> Page:
    """A hard lesson that somebody came to from another page."""
    with translation.override("en"):
        button = render_to_string("courses/_leave.html")
        refuge = render_to_string("courses/measures.html")
    script = '<script type="module" src="/static/relais/js/leaving/page.js"></script>'
    hard = f"<!doctype html><title>Hard</title>{button}<p>Hard words</p><input>{script}"
    page = open_modules(context, {"/lesson/": hard, "/en/measures/": refuge})
    page.goto(f"{ADDRESS}/lesson/")
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("key", ["Shift", "Escape"])
def test_three_times_a_key_leaves_and_the_way_back_is_not_the_lesson(lesson: Page, key: str) -> None:
    lesson.keyboard.press(key)
    lesson.keyboard.press(key)
    expect(lesson.get_by_text("Hard words")).to_be_visible()
    lesson.keyboard.press(key)
    lesson.wait_for_url(REFUGE)
    lesson.go_back()
    assert lesson.url == f"{ADDRESS}/"


def test_button_leaves_and_takes_its_place_in_the_history(lesson: Page) -> None:
    lesson.get_by_role("link", name="Leave this page").click()
    lesson.wait_for_url(REFUGE)
    lesson.go_back()
    assert lesson.url == f"{ADDRESS}/"


def test_who_types_capital_letters_does_not_leave(lesson: Page) -> None:
    lesson.locator("input").focus()
    for letter in "ABCDEF":
        lesson.keyboard.press(f"Shift+{letter}")
    expect(lesson.locator("input")).to_have_value("ABCDEF")
    assert lesson.url == f"{ADDRESS}/lesson/"


def test_path_is_walked_without_javascript_to_an_ending_and_back(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 600})
    page = open_modules(context, {"/lesson/": _path_page()}, "/lesson/")
    expect(page.get_by_text("A van stops.")).to_be_visible()
    expect(page.get_by_text("They are safe.")).to_be_hidden()
    page.get_by_role("link", name="Wave it on").click()
    expect(page.get_by_text("It may have been the last chance.")).to_be_visible()
    expect(page.get_by_text("A van stops.")).to_be_hidden()
    page.get_by_role("link", name="Choose again").click()
    expect(page.get_by_text("A van stops.")).to_be_visible()
    page.get_by_role("link", name="Speak with each alone").click()
    page.get_by_role("link", name="See what happens").click()
    expect(page.get_by_text("They are safe.")).to_be_visible()
    expect(page.get_by_text("A good ending")).to_be_visible()
    expect(page.locator(".scene:visible")).to_have_count(1)
    page.go_back()
    expect(page.get_by_text("Alone they may speak.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def _path_page() -> str:
    block = DecisionPathBlock()
    steps = [
        _step("barrier", "A van stops.", [("Speak with each alone", "well", "Alone they may speak."),
                                          ("Wave it on", "lost", "It may have been the last chance.")]),
        _step("well", "They are safe.", ending="good"),
        _step("lost", "Nobody asks again.", ending="poor"),
    ]  # fmt: skip
    value = block.to_python({"title": "The van", "invented": True, "source": "", "start": "barrier", "steps": steps})
    with translation.override("en"):
        html = block.render(value, context={"block_id": "0d6f6f0f-1c01-4a0a-8e57-7a0c6e1e5b0b"})
    style = re.sub(r"var\([^)]*\)", "0", CSS.read_text())
    return f'<!doctype html><html lang="en"><style>{style}</style><main class="prose">{html}</main></html>'


def _step(
    name: str, text: str, choices: list[tuple[str, str, str]] | None = None, ending: str = ""
) -> dict[str, object]:
    found = [{"text": said, "to": to, "feedback": feedback} for said, to, feedback in choices or []]
    return {"id": name, "text": f"<p>{text}</p>", "choices": found, "ending": ending}
