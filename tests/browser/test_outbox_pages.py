"""The quiz and the hand-in through the outbox of a device: saved here, saved at the centre, never twice."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from assessments import access, papers, versions
from assessments.models import Attempt
from records.models import Statement
from tests.browser.first_question import at_first_question
from tests.factories.assessments import Course, make_course

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATEMENTS = "**/sync/statements/"


@pytest.fixture
def course(transactional_db: None) -> Iterator[Course]:
    yield make_course()
    for each in (access, papers, versions):
        each.kept.clear()


@pytest.fixture
def page(browser: Any, course: Course, live_server: Any) -> Iterator[Any]:
    """A page with its outbox open."""
    with at_first_question(browser, course, live_server.url, has_outbox=True) as page:
        expect(page.locator("[data-sync]")).to_have_attribute("data-state", "sent")
        yield page


def answer(page: Any, choice: int = 0) -> None:
    page.locator("[data-place] .choice").nth(choice).click()


def cut(page: Any) -> None:
    page.context.route(STATEMENTS, lambda route: route.abort())


def mend(page: Any) -> None:
    page.context.unroute(STATEMENTS)
    page.evaluate("dispatchEvent(new Event('online'))")


def said(verb: str) -> list[dict[str, Any]]:
    bodies = [json.loads(text) for text in Statement.objects.order_by("pk").values_list("text", flat=True)]
    return [body["context"]["extensions"] for body in bodies if body["verb"]["id"].endswith(verb)]


def test_an_answer_is_saved_here_then_at_the_centre_and_is_not_posted_too(page):
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    cut(page)
    answer(page)
    expect(page.locator("[data-place] .saved")).to_contain_text("Saved on this device")
    expect(page.locator("[data-sync]")).to_have_attribute("data-state", "offline")
    expect(page.locator("[data-place] .saved")).to_contain_text("Saved on this device")
    assert said("answered") == []
    mend(page)
    expect(page.locator("[data-place] .saved")).to_contain_text("Saved at the centre")
    expect(page.locator("[data-sync-words]")).to_have_text("Everything is saved at the centre")
    (extensions,) = said("answered")
    assert extensions["device"]["seq"] == 1
    assert extensions["facts"]["ordinal"] == 1
    assert not [url for url in posts if "/attempts/" in url]


def test_an_answer_given_before_the_page_has_its_scripts_is_saved_once_it_has(page):
    held: list[Any] = []
    # Playwright marks its handlers, which a bare method of a list does not allow.
    page.route("**/js/quiz.js", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(page.url.replace("/1/", "/2/"), wait_until="commit")
    answer(page)
    expect(page.locator("[data-place] input[name=response]:checked")).to_have_count(1)
    assert not page.locator("[data-place] .saved").count()
    held.pop().continue_()
    expect(page.locator("[data-place] .saved")).to_contain_text("Saved at the centre")
    assert len(said("answered")) == 1


def test_a_page_that_is_loaded_anew_shows_what_only_this_device_knows(page):
    cut(page)
    answer(page, 1)
    expect(page.locator("[data-place] .saved")).to_contain_text("Saved on this device")
    page.reload()
    expect(page.locator("[data-place] .saved")).to_contain_text("Saved on this device")
    assert page.locator("[data-place] input[name=response]").nth(1).is_checked()
    mend(page)
    expect(page.locator("[data-place] .saved")).to_contain_text("Saved at the centre")


def test_a_hand_in_without_a_connection_is_kept_and_has_its_result_later(page, course):
    for number in range(10):
        answer(page)
        expect(page.locator("[data-place] .saved")).to_have_count(1)
        page.get_by_role("button", name="Continue").click()
        if number < 9:
            expect(page.locator("[data-place] b").first).to_contain_text(f"Question {number + 2} ")
    page.get_by_role("heading", name="Your answers").wait_for()
    assert page.get_by_text("Answered", exact=True).count() == 10
    expect(page.locator("[data-sync]")).to_have_attribute("data-state", "sent")
    cut(page)
    page.context.route("**/hand-in/", lambda route: route.abort())
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Handed in, waiting for its result")).to_be_focused()
    expect(page.locator("[data-result]")).to_be_hidden()
    assert said("submit") == []
    mend(page)
    page.get_by_role("link", name="See your result").click()
    page.wait_for_url(re.compile(r"/result/$"))
    assert len(said("submit")) == 1
    attempt = Attempt.objects.get()
    assert attempt.handed_in_at
    assert attempt.flags == ""


def test_a_hand_in_with_a_connection_sends_what_waits_and_is_said_once(page):
    page.goto(page.url.replace("/1/", "/10/"))
    cut(page)
    answer(page)
    expect(page.locator("[data-place] .saved")).to_contain_text("Saved on this device")
    page.context.unroute(STATEMENTS)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Your answers").wait_for()
    expect(page.locator("[data-sync]")).to_have_attribute("data-state", "sent")
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url(re.compile(r"/result/$"))
    assert (len(said("answered")), len(said("submit"))) == (1, 1)


def test_a_browser_that_removed_its_storage_says_so(page):
    cut(page)
    answer(page)
    expect(page.locator("[data-place] .saved")).to_contain_text("Saved on this device")
    expect(page.locator("[data-sync]")).to_have_attribute("data-state", "offline")
    session = page.context.new_cdp_session(page)
    origin = page.evaluate("location.origin")
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb,local_storage"})
    page.reload()
    expect(page.locator("[data-sync]")).to_have_attribute("data-state", "lost")
    expect(page.locator("[data-sync-words]")).to_contain_text("Not sent before: 1")
