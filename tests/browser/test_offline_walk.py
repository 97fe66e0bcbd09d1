"""The First Aid Kit without a connection: downloaded, read, tested, the browser closed in between, and certified."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from tests.browser.answers import answer
from tests.browser.conftest import PHONE
from tests.browser.demo import Demo
from tests.browser.line import line_to
from tests.browser.steps import COURSE, QUESTIONS, join

WAIT_MS = 20_000


class Outage:
    """A site that can be lost and found again, at one address."""

    def __init__(self, address: str, lose: Callable[[], None], find: Callable[[], None]) -> None:
        self.address, self.lose, self.find = address, lose, find


@pytest.fixture(params=["the network is cut", "the server is stopped"])
def outage(request: pytest.FixtureRequest, demo: Demo) -> Iterator[Outage]:
    """Yield the demo behind a line that is cut, or with a server that is stopped."""
    if request.param == "the network is cut":
        with line_to(demo.port) as line:
            yield Outage(line.address, line.cut, line.mend)
        return
    try:
        yield Outage(demo.address, demo.stop, demo.start)
    finally:
        demo.start()


@pytest.fixture
def open_browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], outage: Outage, tmp_path: Path
) -> Callable[[], Any]:
    """Return a function that opens the officer's browser: the same profile every time, as on a tablet."""

    @contextmanager
    def opened() -> Iterator[BrowserContext]:
        like: dict[str, Any] = {**browser_type_launch_args, **PHONE, "locale": "fr-FR", "base_url": outage.address}
        context = browser_type.launch_persistent_context(tmp_path / "profile", **like)
        yield context
        context.close()

    return opened


def test_course_is_downloaded_taken_and_passed_without_a_connection_and_certified_with_one(
    open_browser: Callable[[], Any], outage: Outage, screenshot: Callable[..., Path]
) -> None:
    with open_browser() as context:
        page = context.new_page()
        join(page, "Awa Traoré")
        take_course_along(page)
        outage.lose()
        page.goto(COURSE)
        read_all_lessons(page)
        screenshot(page, "read")
        start_test_here(page)
        answer_some(page, range(1, 5))
        attempt = page.url
    with open_browser() as context:
        page = context.new_page()
        page.goto(COURSE)
        expect(page.locator("[data-sync]")).to_contain_text(re.compile(r"\d"), timeout=WAIT_MS)
        page.goto(re.sub(r"\d+/$", "", attempt))
        expect(heading(page, 5)).to_be_visible(timeout=WAIT_MS)
        answer_some(page, range(5, QUESTIONS + 1))
        screenshot(page, "review")
        page.locator("main [data-do=hand-in]").click()
        expect(page.locator("h1")).to_contain_text(re.compile("attente|waiting"), timeout=WAIT_MS)
        screenshot(page, "handed-in")
        outage.find()
        page.locator("[data-sync-now]").click()
        expect(page.locator("[data-sync]")).to_have_attribute("data-state", "sent", timeout=WAIT_MS)
        expect(page.locator("h1")).to_contain_text(re.compile("Vous avez réussi|You have passed"), timeout=WAIT_MS)
        page.goto("/fr/record/")
        expect(page.locator("main")).to_contain_text("RLS-ML-", timeout=WAIT_MS)
        page.goto(re.sub(r"\d+/$", "result/", attempt))
        expect(page.locator(".score")).to_contain_text("10")


def take_course_along(page: Page) -> None:
    """Make the course available offline, and wait until the page says that it is, papers and all."""
    page.locator("#offline [data-act=start]:visible").click()
    expect(page.locator("#offline [data-state=ready]")).to_be_visible(timeout=WAIT_MS)
    page.wait_for_function(_HAS_PAPER, timeout=WAIT_MS)


# The papers are encrypted: that one is there can be seen, not what it asks.
_HAS_PAPER = """async () => {
  const names = (await indexedDB.databases()).map((each) => each.name).filter((name) => name.startsWith("relais-p-"));
  const counts = await Promise.all(names.map((name) => new Promise((done) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      const asked = opening.result.transaction("papers").objectStore("papers").count();
      asked.onsuccess = () => { opening.result.close(); done(asked.result); };
    };
  })));
  return counts.some((count) => count > 0);
}"""


def read_all_lessons(page: Page) -> None:
    """Begin on the course page and read to the last lesson, each page without the network."""
    page.locator("main a.btn").first.click()
    for number in range(1, 8):
        expect(page.locator("main .eyebrow").first).to_contain_text(f"{number} ", timeout=WAIT_MS)
        title = page.locator("h1").inner_text()
        page.locator("main .turn [data-do=complete]").click()
        expect(page.locator("h1")).not_to_have_text(title, timeout=WAIT_MS)


def start_test_here(page: Page) -> None:
    """Open the final test from the course page."""
    expect(page.locator("main .route")).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("main").get_by_role("link", name=re.compile("Test final")).click()
    page.locator("main [data-do=begin]").click()
    expect(heading(page, 1)).to_be_visible(timeout=WAIT_MS)


def answer_some(page: Page, numbers: range) -> None:
    """Answer these questions rightly, each saved on the device before going on."""
    for number in numbers:
        expect(heading(page, number)).to_be_visible(timeout=WAIT_MS)
        answer(page, place="main [data-question]")
        expect(page.locator("main [data-status] .saved")).to_be_visible(timeout=WAIT_MS)
        page.locator("main [data-do=continue]").click()


def heading(page: Page, number: int) -> Any:
    """Return what says which question is shown."""
    return page.locator("main .bar b", has_text=re.compile(rf"\b{number}\b.*{QUESTIONS}"))
