"""A module as an officer takes it, in both languages; a decision path on a phone; a job aid on paper."""

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import PHONE
from tests.browser.steps import join, press

MODULE = {"fr": "/fr/courses/definitions/", "en": "/en/courses/definitions/"}
ENROL = {"fr": "S’inscrire", "en": "Enrol"}
GO_ON = {"fr": "Continuer", "en": "Continue"}
FINISH = {"fr": "Terminer la dernière leçon", "en": "Finish the last lesson"}
PRACTICE = {"fr": "Questions d’entraînement", "en": "Practice questions"}
LESSONS = 5


@pytest.fixture(scope="module")
def learner(opened_session: Callable[..., BrowserContext]) -> dict[str, object]:
    """Somebody who has just joined: the cookies of a browser that is signed in."""
    page = opened_session(locale="fr-FR", java_script_enabled=False).new_page()
    join(page, "Kadidia Sangaré")
    return page.context.storage_state()  # type: ignore[return-value]


@pytest.fixture
def phone(learner: dict[str, object], open_context: Callable[..., BrowserContext]) -> Page:
    """The learner's phone."""
    return open_context(locale="fr-FR", storage_state=learner, **PHONE).new_page()


def test_module_from_the_first_lesson_to_the_practice_quiz_in_both_languages(phone: Page) -> None:
    phone.goto(MODULE["fr"])
    press(phone, re.compile(f"^{ENROL['fr']}"))
    # Two lessons in French, the others in English: the place is the same.
    titles = [_read(phone, "fr"), _read(phone, "fr")]
    phone.goto(MODULE["en"])
    phone.get_by_role("main").get_by_role("link", name=re.compile(r"^(Begin|Continue)")).first.click()
    titles += [_read(phone, "en", is_last=number == LESSONS) for number in range(3, LESSONS + 1)]
    assert len(set(titles)) == LESSONS
    expect(phone.get_by_text(f"{LESSONS} of {LESSONS} completed")).to_be_visible()
    for language in ("en", "fr"):
        phone.goto(MODULE[language])
        row = phone.locator("li", has_text=PRACTICE[language])
        with phone.expect_navigation():
            row.get_by_role("button").click()
        expect(phone.locator("fieldset, form").first).to_be_visible()
        expect(phone.locator("html")).to_have_attribute("lang", language)
        assert _has_no_sideways_scroll(phone)


def _read(page: Page, language: str, *, is_last: bool = False) -> str:
    """Read a lesson, open an answer of its self-check, and go on; return its title."""
    title = page.locator("h1").inner_text()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert _has_no_sideways_scroll(page)
    page.locator(".self details summary").first.click()
    expect(page.locator(".self details[open] p").first).to_be_visible()
    label = FINISH[language] if is_last else re.compile(f"^{GO_ON[language]}")
    with page.expect_navigation():
        page.locator("#lesson-form").get_by_role("button", name=label).click()
    return title


def test_decision_path_is_walked_on_a_phone_to_an_ending(phone: Page) -> None:
    phone.goto("/fr/courses/indicators/")
    enrol = phone.get_by_role("main").get_by_role("button", name=re.compile("^S’inscrire"))
    if enrol.count():
        press(phone, re.compile("^S’inscrire"))
    phone.goto("/fr/courses/indicators/")
    phone.locator(".route a.stop").nth(4).click()
    path = phone.locator(".decision")
    expect(path).to_be_visible()
    steps = 0
    while not path.locator(".scene:visible .ending").count():
        expect(path.locator(".scene:visible")).to_have_count(1)
        path.locator(".scene:visible .options a").first.click()
        path.locator(".scene:visible a.btn").first.click()
        steps += 1
        assert steps < 15
    expect(path.locator(".scene:visible .ending")).to_have_text(re.compile(r"\w"))
    assert steps >= 2
    assert _has_no_sideways_scroll(phone)
    # Going back is going back: the browser's own history.
    phone.go_back()
    expect(path.locator(".scene:visible .ending")).to_have_count(0)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_job_aid_prints_on_one_page(phone: Page, language: str) -> None:
    phone.goto(MODULE[language])
    if phone.get_by_role("main").get_by_role("button", name=re.compile(f"^{ENROL[language]}")).count():
        press(phone, re.compile(f"^{ENROL[language]}"))
        phone.goto(MODULE[language])
    phone.locator("a[href*='/sheets/']").first.click()
    expect(phone.locator("h1")).to_be_visible()
    paper = phone.pdf(format="A4")
    assert len(PdfReader(io.BytesIO(paper)).pages) == 1
    words = PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    assert len(words.split()) > 80


def _has_no_sideways_scroll(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
