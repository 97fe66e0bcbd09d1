"""Debian's Chromium on a fresh demo: contexts by device, sign-in by role, screenshots and axe."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from elearning.demo.signins import PASSWORD
from scripts.places import ROOT
from tests.browser.demo import Demo, running_demo

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
# Without these Chromium calls home and waits for answers that never come.
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENSHOTS = ROOT / "screenshots"
_TELL_OF_THE_POLICY = """
addEventListener("securitypolicyviolation", (event) =>
  console.error("Content Security Policy:", event.violatedDirective, event.blockedURI, event.sourceFile));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Return how Debian's Chromium is started."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("Debian's chromium is not installed (apt-get install chromium)")
    return {"executable_path": found, "args": FLAGS}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Start what `make demo` starts, once for all tests."""
    with running_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@contextmanager
def _contexts(browser: Browser, demo: Demo) -> Iterator[Callable[..., BrowserContext]]:
    """Yield a function that opens a context; an error of a page or a report of the policy fails at the end."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=demo.address, **options)
        context.add_init_script(_TELL_OF_THE_POLICY)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


def _is_fault(said: ConsoleMessage) -> bool:
    """Tell whether a line of the console is a fault of ours; a status that a test asked for is none."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


@pytest.fixture
def open_context(browser: Browser, demo: Demo) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a context on the demo, for one test."""
    with _contexts(browser, demo) as opened:
        yield opened


@pytest.fixture(scope="module")
def opened_session(browser: Browser, demo: Demo) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a context on the demo, for all tests of a file."""
    with _contexts(browser, demo) as opened:
        yield opened


@pytest.fixture
def page_fr_phone(open_context: Callable[..., BrowserContext]) -> Page:
    """Return a page on a phone set to French."""
    return open_context(locale="fr-FR", **PHONE).new_page()


@pytest.fixture
def page_desktop(open_context: Callable[..., BrowserContext]) -> Page:
    """Return a page on a desktop set to English."""
    return open_context(locale="en-GB", **DESKTOP).new_page()


@pytest.fixture
def page_no_js(open_context: Callable[..., BrowserContext]) -> Page:
    """Return a page on a phone set to French, with JavaScript off."""
    return open_context(locale="fr-FR", java_script_enabled=False, **PHONE).new_page()


@pytest.fixture(scope="session")
def sign_in(demo: Demo) -> Callable[[Page, str], None]:
    """Return a function that signs in as somebody of the sheet, second step and all.

    A code of the second step holds once in its half minute: who is staff types one once, and later
    pages go on with that session.
    """
    sessions: dict[str, Any] = {}

    def signed_in(page: Page, who: str) -> None:
        person = demo.person(who)
        if who in sessions:
            page.context.add_cookies(sessions[who])
            page.goto(f"/{person.language}/")
            return
        page.goto(f"/{person.language}/account/sign-in/")
        if "@" not in person.types and page.locator("[name=agency]").count():
            page.locator("[name=agency]").select_option(label=_option(page, person.agency))
        page.locator("[name=identifier]").fill(person.types)
        page.locator("[name=password]").fill(PASSWORD)
        _submit(page)
        if person.is_staff:
            _type_code(page, demo, who)
            sessions[who] = page.context.cookies()
        assert "sign-in" not in page.url, page.inner_text("main")

    return signed_in


def _type_code(page: Page, demo: Demo, who: str) -> None:
    """Type the code of the second step; the half minute of one may end while it is typed."""
    asked_at = page.url
    for _ in range(3):
        page.locator("[name=code]").fill(demo.code(who))
        _submit(page)
        if page.url != asked_at:
            return
        page.wait_for_timeout(10_000)
    raise AssertionError(page.inner_text("main"))


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Return a function that keeps a picture of a page in screenshots/, which git ignores."""

    def taken(page: Page, name: str = "page", *, dark: bool = False) -> Path:
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{request.node.name}-{name}.png"
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.screenshot(path=path, full_page=True)
        return path

    return taken


@pytest.fixture
def find_axe_faults(open_context: Callable[..., BrowserContext]) -> Callable[..., list[str]]:
    """Return a function that runs axe-core on an address, with the cookies of a page that is signed in.

    axe has to be injected, which our policy forbids: it runs in a context of its own that passes the
    policy by, so that every other test meets it.
    """

    def found(address: str, *, like: Page | None = None, **options: Any) -> list[str]:
        context = open_context(bypass_csp=True, **(options or DESKTOP))
        if like is not None:
            context.add_cookies(like.context.cookies())  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address)
        results = Axe().run(page, options={"runOnly": AXE_TAGS}).response
        return [f"{each['id']}: {node['html'][:160]}" for each in results["violations"] for node in each["nodes"]]

    return found


def _option(page: Page, agency: str) -> str:
    texts = page.locator("[name=agency] option").all_inner_texts()
    return next(text for text in texts if agency in text)


def _submit(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
