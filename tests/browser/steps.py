"""The steps that journeys share: to join, to read, to sit the test. Each is what a person does on the screen."""

import itertools
import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from elearning.demo.cohorts import MALI
from elearning.demo.signins import PASSWORD
from tests.browser.answers import Key, answer

COURSE = "/fr/courses/first-aid-kit/"
QUESTIONS = 10
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Newcomer:
    """Somebody who joined the class in Bamako with its code."""

    name: str
    service_number: str


def join(page: Page, name: str = "Fanta Keïta") -> Newcomer:
    """Join with the code of the class; leaves the page on the course."""
    newcomer = Newcomer(name, f"NAV{next(_numbers):04}")
    page.goto("/fr/join/")
    page.locator("main [name=code]").fill(MALI.code)
    press(page, "Continuer")
    page.locator("[name=full_name]").fill(newcomer.name)
    page.locator("[name=service_number]").fill(newcomer.service_number)
    page.locator("[name=password]").fill(PASSWORD)
    press(page, re.compile("^Créer le compte"))
    expect(page).to_have_url(re.compile(rf"{COURSE}$"))
    return newcomer


def sign_in_by_number(page: Page, who: Newcomer) -> None:
    """Sign in with agency, service number and password."""
    page.goto("/fr/account/sign-in/")
    page.locator("[name=agency]").select_option(label=MALI.agency)
    page.locator("[name=identifier]").fill(who.service_number)
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "Se connecter")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button of the page and wait for what comes."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).first.click()


def read_lessons(page: Page) -> list[str]:
    """Begin on the course page, read on until the course page comes again; return the titles."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=re.compile("^(Commencer|Continuer)")).first.click()
    titles = []
    while page.locator("#lesson-form").count():
        titles.append(page.locator("h1").inner_text())
        with page.expect_navigation():
            page.locator("#lesson-form button").click()
    return titles


def start_test(page: Page) -> None:
    """Open the test from the course page, or go on with the open one."""
    with page.expect_navigation():
        page.locator("#quiz form button").click()
    expect(page).to_have_url(re.compile(r"/attempts/[0-9a-f-]+/\d+/$"))


def answer_all(page: Page, *, right: int, also: dict[str, Key] | None = None) -> list[str]:
    """Answer every question, the first `right` of them rightly; leaves the page on the list of answers."""
    stems = []
    for number in itertools.count(1):
        expect(page.locator("[data-place] b").first).to_contain_text(f" {number} ")
        stems.append(answer(page, right=number <= right, also=also))
        page.locator("[data-place] form .btn").click()
        if number == QUESTIONS:
            break
    expect(page).to_have_url(re.compile(r"/review/$"))
    return stems


def hand_in(page: Page) -> None:
    """Hand in from the list of answers."""
    with page.expect_navigation(url=re.compile(r"/result/$")):
        page.locator("main form button").click()


def earn_certificate(page: Page) -> None:
    """Sit the test and pass it, from the course page."""
    start_test(page)
    answer_all(page, right=QUESTIONS)
    hand_in(page)
    expect(page.locator("h1")).to_have_text("Vous avez réussi")


def width_of(page: Page) -> int:
    """Return how wide the page is, in CSS pixels; more than the window is a scroll bar."""
    return int(page.evaluate("() => document.documentElement.scrollWidth"))
