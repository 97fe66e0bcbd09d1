"""The quiz in a browser: answers are sent as they are given, and the page says only what is true."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from assessments import access, papers, versions
from tests.browser.first_question import at_first_question
from tests.factories.assessments import Course, make_course

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def course(transactional_db: None) -> Iterator[Course]:
    yield make_course()
    for each in (access, papers, versions):
        each.kept.clear()


@pytest.fixture
def page(course: Course, live_server: Any, browser: Browser) -> Iterator[Page]:
    """A page without an outbox; the other way is in test_outbox_pages.py."""
    with at_first_question(browser, course, live_server.url, has_outbox=False) as page:
        yield page


def answer(page: Any) -> None:
    page.locator("[data-place] .choice").first.click()


def test_an_answer_is_saved_before_it_says_so_and_turning_needs_no_request(page):
    requests: list[str] = []
    page.on("request", lambda request: requests.extend([request.method] * ("/attempts/" in request.url)))
    answer(page)
    page.locator("[data-place] .saved").wait_for()
    assert requests == ["POST"]
    page.get_by_role("button", name="Continue").click()
    assert re.search(r"/2/$", page.url)
    assert page.evaluate("document.activeElement.textContent") == "Question 2 of 10"
    assert page.title() == "Question 2 of 10 - Relais"
    assert page.locator("[data-place] progress").get_attribute("value") == "1"
    assert requests == ["POST"]
    page.go_back()
    assert page.locator("[data-place] b").first.inner_text() == "Question 1 of 10"
    assert page.locator("[data-place] input:checked").count() == 1


def test_without_a_network_nothing_says_saved_and_nothing_is_lost(page):
    page.context.set_offline(True)
    answer(page)
    page.get_by_text("Not saved yet").wait_for()
    assert page.locator("[data-place] .saved").count() == 0
    page.get_by_role("button", name="Continue").click()
    page.context.set_offline(False)
    page.get_by_role("link", name="Question 1").click()
    page.locator("[data-place] .saved").wait_for()
    page.reload()
    assert page.locator("[data-place] input[name=response]:checked").count() == 1
    assert page.locator("[data-place] .saved").count() == 1


def test_all_ten_then_the_list_then_the_result(page):
    for _number in range(10):
        answer(page)
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Your answers").wait_for()
    assert page.get_by_text("No answer yet").count() == 0
    assert page.get_by_text("Answered", exact=True).count() == 10
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url(re.compile(r"/result/$"))
    assert page.get_by_text("out of 10").first.is_visible()
