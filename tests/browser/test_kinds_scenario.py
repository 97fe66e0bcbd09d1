"""The scenario in a browser: step by step by keyboard alone, without JavaScript, on a phone, from right to left."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments import access, papers, versions
from assessments.models import Attempt
from records.models import Statement
from tests.browser.first_question import at_first_question
from tests.browser.steps import width_of
from tests.factories.assessments import Course, make_course, make_question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BEST, LAST = "Speak to the passengers one by one", "Bring her to a quiet room"
SECOND_STEP = "A passenger asks for water"
NARROW = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def course(transactional_db: None) -> Iterator[Course]:
    made = make_course(questions=0, draw=1, pass_mark_percent=100)
    make_question("scenario", course_uuid=made.uuid, lesson_uuid=made.lessons[0], languages=("en", "ar"))
    yield made
    for each in (access, papers, versions):
        each.kept.clear()


@pytest.fixture
def page(course: Course, live_server: Any, browser: Browser) -> Iterator[Page]:
    with at_first_question(browser, course, live_server.url, has_outbox=False) as page:
        yield page


@pytest.fixture
def plain(course: Course, live_server: Any, browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    options: dict[str, Any] = {"has_outbox": False, "java_script_enabled": False}
    with at_first_question(browser, course, live_server.url, **options) as page:
        yield page


def radios(page: Page) -> Any:
    return page.locator("[data-scenario] input[type=radio]:visible")


def answers() -> list[Any]:
    """Return the responses that were said, in order."""
    rows = Statement.objects.filter(verb="answered").order_by("sequence")
    return [json.loads(row.text)["context"]["extensions"]["facts"]["response"] for row in rows]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def test_by_keyboard_alone_each_step_follows_what_was_decided(page):
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.method) if "/attempts/" in request.url else None)
    page.locator("h1").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "radio"
    # With the arrow keys one passes over choices: that decides nothing.
    for _key in range(4):
        page.keyboard.press("ArrowDown")
    assert requests == []
    page.locator("[data-scenario] label", has_text=BEST).locator("input").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert focused(page) == "Decide"
    page.keyboard.press("Enter")
    assert SECOND_STEP in focused(page)
    expect(page.locator("[data-place] .saved")).to_be_visible()
    assert requests == ["POST"]
    expect(page.locator("[data-decided]:visible")).to_contain_text(BEST)
    expect(radios(page)).to_have_count(2)
    # Enter in a choice decides too, as it sends a form.
    page.locator("[data-scenario] label:visible", has_text=LAST).locator("input").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert focused(page) == "The case ends here."
    expect(radios(page)).to_have_count(0)
    page.get_by_role("button", name="Continue").press("Enter")
    page.get_by_role("heading", name="Your answers").wait_for()
    expect(page.get_by_text("Answered", exact=True)).to_have_count(1)
    assert [len(each) for each in answers()] == [1, 2]


def test_nothing_is_decided_without_a_choice_and_going_on_with_one_decides(page):
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("alert").filter(has_text="Choose what you do first.")).to_be_visible()
    page.locator("[data-scenario] label", has_text=BEST).click()
    expect(page.locator("[data-choose-first]")).to_be_hidden()
    page.get_by_role("button", name="Continue").click()
    assert SECOND_STEP in focused(page)
    assert page.url.endswith("/1/")
    # Nothing chosen: one may go on and come back.
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Your answers").wait_for()
    expect(page.get_by_text("Not finished yet")).to_be_visible()
    page.get_by_role("link", name=re.compile("Question 1")).click()
    expect(page.locator("[data-decided]:visible")).to_contain_text(BEST)
    expect(radios(page)).to_have_count(2)


def test_a_choice_may_end_the_case_and_its_end_is_told(page):
    page.locator("[data-scenario] label", has_text="Let the van pass").click()
    page.get_by_role("button", name="Decide").click()
    assert "The van drives on." in focused(page)
    expect(page.locator("[data-over]")).to_be_visible()
    expect(page.get_by_role("button", name="Decide")).to_have_count(0)


def test_steps_to_come_are_not_read_out(page):
    tree = page.locator("[data-scenario]").aria_snapshot()
    assert "A van stops at the barrier" in tree
    assert SECOND_STEP not in tree
    assert LAST not in tree


def test_without_javascript_a_form_leads_from_step_to_step(plain):
    expect(radios(plain)).to_have_count(3)
    plain.locator("[data-scenario] label", has_text=BEST).click()
    plain.get_by_role("button", name="Decide").click()
    assert re.search(r"/1/#step-[0-9a-f-]{36}$", plain.url)
    expect(plain.locator("[data-decided]:visible")).to_contain_text(BEST)
    expect(radios(plain)).to_have_count(2)
    plain.locator("[data-scenario] label:visible", has_text=LAST).click()
    plain.get_by_role("button", name="Continue").click()
    assert plain.url.endswith("/review/")
    plain.get_by_role("button", name="Hand in").click()
    expect(plain.get_by_role("heading", name="You have passed")).to_be_visible()
    assert Attempt.objects.get().points_milli == 1000


def test_a_stale_tab_does_not_change_what_was_decided(page):
    other = page.context.new_page()
    other.goto(page.url)
    for each, words in ((page, BEST), (other, "Let the van pass")):
        each.locator("[data-scenario] label", has_text=words).click()
        each.get_by_role("button", name="Decide").click()
        each.locator("[data-place] [data-status] p").wait_for()
    expect(other.locator("[data-place] [data-status]")).to_contain_text("What you decided before stands")
    assert len(answers()) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_narrow_phone_nothing_runs_out_of_the_page(course, live_server, browser, language, screenshot):
    with at_first_question(browser, course, live_server.url, has_outbox=False, language=language, **NARROW) as page:
        page.locator("[data-scenario] .choice").first.tap()
        page.locator("[data-decide] button").tap()
        expect(page.locator("[data-decided]:visible")).to_have_count(1)
        assert width_of(page) <= 320
        side = "right" if language == "ar" else "left"
        widths = page.locator("[data-step]:visible").first.evaluate(
            "each => [getComputedStyle(each).borderLeftWidth, getComputedStyle(each).borderRightWidth]"
        )
        assert widths == (["0px", "4px"] if side == "right" else ["4px", "0px"])
        for target in page.locator("[data-scenario] .choice:visible, [data-decide] button:visible").all():
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= 44
        screenshot(page)
