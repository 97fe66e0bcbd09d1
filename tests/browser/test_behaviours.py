"""Certainty, several tries, the end, all on one page, sections: on the site's own pages and on a device."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpRequest
from django.utils import translation
from playwright.sync_api import Browser, Page, ViewportSize, expect

from assessments import access, papers, versions
from records.models import Statement
from scripts.places import ROOT
from sync.views.shell import shell
from tests.browser.conftest import AXE_TAGS
from tests.browser.device_facts import ATTEMPT, GRADED, PRACTICE, device, paper
from tests.browser.device_fakes import open_player, said
from tests.browser.first_question import at_first_question
from tests.browser.modules import open_modules, run_module
from tests.browser.steps import width_of
from tests.browser.test_kinds_pairs_offline import item_of
from tests.factories.assessments import Course, make_course

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VECTORS = json.loads((ROOT / "tests" / "data" / "behaviours.json").read_text(encoding="utf-8"))
NARROW: ViewportSize = {"width": 320, "height": 640}
SCORE = """
  const { followAttempt } = await import("/static/relais/js/player/overlay.js");
  return given.cases.map((rules) => {
    const items = given.questions.map((each) => ({ ...each, weight: rules.weights[each.question] ?? 1000 }));
    const paper = { ...rules, answers: {}, attempt: "a", items };
    const said = rules.answers.map((facts, n) => (
      { id: `${n}`, verb: "answered", unit: { kind: "attempt", id: "a" }, facts, at: `2026-11-01T00:00:${10 + n}Z` }));
    const log = followAttempt(paper, said);
    const { marks, points, outOf } = module.scorePaper(paper, log);
    const judged = module.calibrate(paper, log, marks).map(({ certainty, right, times }) => [certainty, right, times]);
    return [marks, points, outOf, judged];
  });
"""


def test_a_device_scores_as_the_site_does(browser):
    page = open_modules(browser.new_context())
    found = run_module(page, "player/marking.js", SCORE, VECTORS)
    wanted = [[each["marks"], each["points"], each["out_of"], each.get("calibration", [])] for each in VECTORS["cases"]]
    assert dict(zip([each["name"] for each in VECTORS["cases"]], found, strict=True)) == dict(
        zip([each["name"] for each in VECTORS["cases"]], wanted, strict=True)
    )
    page.context.close()


# The site's own pages


@pytest.fixture
def course(transactional_db: None) -> Iterator[Course]:
    yield make_course(questions=3, draw=3)
    for each in (access, papers, versions):
        each.kept.clear()


def set_rules(course: Course, **rules: Any) -> None:
    type(course.quiz).objects.filter(pk=course.quiz.pk).update(**rules)


def facts() -> list[dict[str, Any]]:
    rows = Statement.objects.filter(verb="answered").order_by("sequence")
    return [json.loads(row.text)["context"]["extensions"]["facts"] for row in rows]


def test_certainty_is_said_by_keyboard_and_saved_with_the_answer(course, live_server, browser):
    set_rules(course, behaviour="certainty")
    with at_first_question(browser, course, live_server.url, has_outbox=False) as page:
        page.locator("[data-place] .choices input").first.focus()
        page.keyboard.press("Space")
        page.locator("[data-place] .saved").wait_for()
        page.locator("[data-place] [name=certainty]").first.focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("[data-place] .saved")).to_be_visible()
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("link", name="See all answers").click()
        expect(page.get_by_text("You were fairly certain.")).to_have_count(1)
        page.get_by_role("link", name=re.compile("Question 1")).click()
        expect(page.locator("[data-place] [name=certainty]:checked")).to_have_value("2")
    assert facts()[-1]["certainty"] == 2


def test_certainty_goes_through_the_outbox_of_a_device(course, live_server, browser):
    set_rules(course, behaviour="certainty")
    with at_first_question(browser, course, live_server.url, has_outbox=True) as page:
        expect(page.locator("[data-sync]")).to_have_attribute("data-state", "sent")
        page.context.route("**/sync/statements/", lambda route: route.abort())
        page.locator("[data-place] .choice").first.click()
        page.locator("[data-place] [name=certainty][value='3']").check()
        expect(page.locator("[data-place] .saved")).to_contain_text("Saved on this device")
        # Nothing of it is at the site: what the page shows after this comes from the device.
        page.reload()
        expect(page.locator("[data-place] [name=certainty]:checked")).to_have_value("3")
        page.context.unroute("**/sync/statements/")
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("[data-sync]")).to_have_attribute("data-state", "sent")
    assert facts()[-1]["certainty"] == 3


def test_on_one_page_each_answer_is_saved_as_it_is_given(course, live_server, browser):
    set_rules(course, layout="all", behaviour="certainty")
    with at_first_question(browser, course, live_server.url, has_outbox=False) as page:
        expect(page.locator("[data-question]")).to_have_count(3)
        expect(page.get_by_role("button", name="Save this answer")).to_have_count(0)
        for number in (3, 1):
            page.locator(f"#q{number} .choice").first.click()
            expect(page.locator(f"#q{number} .saved")).to_be_visible()
        assert page.locator("progress").get_attribute("value") == "2"
        assert page.url.endswith("/1/")
        page.set_viewport_size(NARROW)
        assert width_of(page) <= NARROW["width"]
        page.get_by_role("link", name="See all answers").click()
        expect(page.get_by_text("No answer yet", exact=True)).to_have_count(1)
        page.get_by_role("link", name=re.compile("Question 2")).click()
        expect(page.locator("#q2")).to_be_in_viewport()


def test_on_one_page_without_javascript_each_question_is_saved_by_its_button(course, live_server, browser):
    set_rules(course, layout="all")
    options: dict[str, Any] = {"has_outbox": False, "java_script_enabled": False}
    with at_first_question(browser, course, live_server.url, **options) as page:
        for number in (2, 1):
            page.locator(f"#q{number} .choice").first.click()
            page.locator(f"#q{number}").get_by_role("button", name="Save this answer").click()
            assert page.url.endswith(f"/{number}/#q{number}")
        expect(page.locator("[name=response]:checked")).to_have_count(2)
        page.get_by_role("link", name="See all answers").click()
        expect(page.get_by_text("Answered", exact=True)).to_have_count(2)


# On a device


@pytest.fixture(scope="module")
def shells() -> dict[str, str]:
    """Return the page for devices in two languages, as the site gives it."""
    return {language: _shell(language) for language in ("en", "ar")}


def _shell(language: str) -> str:
    request = HttpRequest()
    request.method, request.path = "GET", f"/{language}/device/shell/"
    request.META |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    with translation.override(language):
        return shell(request).content.decode()


@pytest.fixture
def play(browser: Browser, shells: dict[str, str]) -> Iterator[Any]:
    """Return a function that opens an address on a device; an error of the page fails at the end."""
    contexts, faults = [], []

    def opened(at: str, given: dict[str, Any]) -> Page:
        context = browser.new_context(viewport=NARROW, bypass_csp=True)
        context.set_default_timeout(10_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", lambda line: faults.append(line.text) if line.type == "warning" else None)
        contexts.append(context)
        return open_player(context, shells, given, at)

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


def with_practice(**rules: Any) -> dict[str, Any]:
    """Return a device whose practice has these rules."""
    given = device()
    practice = json.loads(given["files"]["practice.json"]) | rules
    course = json.loads(given["files"]["course.en.json"])
    course["quizzes"][0]["behaviour"] = rules.get("behaviour", "")
    given["files"] |= {"practice.json": json.dumps(practice), "course.en.json": json.dumps(course)}
    return given


def begin(page: Page) -> None:
    page.locator("[data-do=begin]").click()
    page.locator("form[data-answer]").first.wait_for()


def choose(page: Page, value: str) -> None:
    page.locator(f"input[value={value}]").check()
    page.locator(".saved").first.wait_for()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).click()


def end_practice(page: Page) -> None:
    page.get_by_role("link", name="See all answers").first.click()
    press(page, "End the practice")
    page.get_by_role("heading", name="Practice done").wait_for()


def checks(page: Page) -> list[Any]:
    return [each.get("check") for each in said(page) if each["verb"] == "answered"]


START = f"/en/quizzes/{PRACTICE}/start/"
TEST = f"/en/quizzes/{GRADED}/start/"


def test_several_tries_on_a_device_tell_the_key_at_the_end_only(play):
    page = play(START, with_practice(behaviour="tries", penalty_percent=33))
    begin(page)
    choose(page, "a")
    press(page, "Check the answer")
    feedback = page.locator("[data-feedback]")
    expect(feedback).to_contain_text("Not right yet")
    expect(feedback).to_contain_text("You have 2 more tries. Each wrong try costs 33% of the question.")
    assert "Because." not in feedback.inner_text()
    assert "Choice b" not in feedback.inner_text()
    # The same answer again is no other try.
    press(page, "Check the answer")
    expect(feedback).to_contain_text("You have 2 more tries.")
    choose(page, "b")
    press(page, "Check the answer")
    expect(feedback).to_contain_text("0.67 of 1 point, after 2 tries.")
    expect(feedback).to_contain_text("Because.")
    expect(page.get_by_role("button", name="Check the answer")).to_have_count(0)
    expect(page.locator("input[name=response]").first).to_be_disabled()
    assert [each for each in checks(page) if each] == [1, 2]
    # It stands so after a new load too.
    page.reload()
    expect(page.locator("[data-feedback]")).to_contain_text("after 2 tries")
    end_practice(page)
    expect(page.locator(".score")).to_contain_text("0.67")


def test_after_the_last_try_the_key_is_told_and_nothing_is_earned(play):
    page = play(START, with_practice(behaviour="tries", penalty_percent=10))
    begin(page)
    for value in "aca":
        assert "Right answer" not in page.locator("[data-feedback]").inner_text()
        choose(page, value)
        press(page, "Check the answer")
        page.locator("[data-feedback] section").wait_for()
    expect(page.locator("[data-feedback]")).to_contain_text("Choice b")
    end_practice(page)
    expect(page.locator(".score")).to_contain_text(re.compile(r"^0\b"))


def test_certainty_on_a_device_is_kept_and_judged(play):
    page = play(START, with_practice(behaviour="certainty"))
    expect(page.get_by_text("You see what is right and why at the end.")).to_be_visible()
    begin(page)
    choose(page, "b")
    page.locator("[name=certainty][value='3']").check()
    assert not page.locator("[data-feedback] > *").count()
    press(page, "Continue")
    choose(page, "a")
    page.locator("[name=certainty][value='2']").check()
    press(page, "Continue")
    expect(page.get_by_text("You were very certain.")).to_be_visible()
    press(page, "End the practice")
    expect(page.locator(".score")).to_contain_text(re.compile(r"^1 out of 6"))
    expect(page.get_by_text("When you were very certain, you were right 1 of 1 time.")).to_be_visible()
    expect(page.get_by_text("When you were fairly certain, you were right 0 of 1 time.")).to_be_visible()
    assert [each.get("certainty") for each in said(page) if each["verb"] == "answered"] == [None, 3, None, 2]


def test_certainty_of_a_test_is_put_back_from_what_the_centre_knew(play):
    answers = {"q1": {"response": "a", "flagged": False, "ordinal": 1, "certainty": 2}}
    begun = {"answers": answers, "last_ordinal": 1, "started_at": "2026-11-20T08:00:00Z"}
    page = play(f"/en/attempts/{ATTEMPT}/1/", device(papers=[paper(behaviour="certainty", **begun)]))
    expect(page.locator("[name=certainty]:checked")).to_have_value("2")
    page.locator("[name=certainty][value='1']").check()
    page.locator(".saved").wait_for()
    assert [each["certainty"] for each in said(page)] == [1]


def test_practice_at_the_end_says_nothing_before(play):
    page = play(START, with_practice(behaviour="at_end"))
    begin(page)
    choose(page, "a")
    expect(page.get_by_role("button", name="Check the answer")).to_have_count(0)
    press(page, "Continue")
    assert "Because." not in page.locator("main").inner_text()
    end_practice(page)
    expect(page.get_by_text("Because.")).to_have_count(2)


SECTIONS = [{"first": 1, "title": {"en": "At the border"}}, {"first": 2, "title": {"en": "The interview"}}]


def test_on_one_page_on_a_device_with_sections(play):
    page = play(TEST, device(papers=[paper(layout="all", sections=SECTIONS)]))
    begin(page)
    expect(page.locator("h1")).to_have_text("All questions")
    assert page.locator("main h2").all_inner_texts() == [
        "At the border", "Question 1 of 2", "The interview", "Question 2 of 2"
    ]  # fmt: skip
    for section in page.locator("[data-question]").all():
        section.locator("input[value=a]").check()
        expect(section.locator(".saved")).to_be_visible()
    assert page.locator("progress").get_attribute("value") == "2"
    assert width_of(page) <= NARROW["width"]
    page.get_by_role("link", name="See all answers").click()
    assert page.locator("main h2").all_inner_texts() == ["At the border", "The interview"]
    expect(page.get_by_text("Answered", exact=True)).to_have_count(2)


def test_practice_on_one_page_tells_under_each_question(play):
    page = play(START, with_practice(layout="all"))
    begin(page)
    second = page.locator("[data-question]").nth(1)
    second.locator("input[value=b]").check()
    second.get_by_role("button", name="Check the answer").click()
    expect(second.locator("[data-feedback]")).to_contain_text("Because.")
    expect(page.locator("[data-feedback] > *")).to_have_count(1)


def test_one_question_a_page_has_the_title_of_its_section(play):
    page = play(
        f"/en/attempts/{ATTEMPT}/2/", device(papers=[paper(sections=SECTIONS, started_at="2026-11-20T08:00:00Z")])
    )
    assert page.locator("main h2").all_inner_texts() == ["The interview"]


# The scenario on a device


def scenario_practice(**rules: Any) -> dict[str, Any]:
    with translation.override("en"):
        return with_practice(items=[item_of(1, "scenario")], **rules)


def decide(page: Page, words: str) -> None:
    page.locator(".choice:visible", has_text=words).click()
    press(page, "Decide")
    page.locator(".saved").wait_for()


def test_a_scenario_on_a_device_goes_step_by_step_and_is_told_at_its_end(play):
    page = play(START, scenario_practice())
    begin(page)
    decide(page, "Ask the driver for all papers")
    press(page, "Check the answer")
    expect(page.get_by_role("alert").filter(has_text="Finish the case first")).to_be_visible()
    assert not page.locator("[data-feedback] > *").count()
    # It goes on where it stood, after a new load too.
    page.reload()
    expect(page.locator("[data-decided]:visible")).to_contain_text("Ask the driver for all papers")
    decide(page, "Bring her to a quiet room")
    press(page, "Check the answer")
    expect(page.locator("[data-feedback]")).to_contain_text("Because.")
    end_practice(page)
    expect(page.locator(".score")).to_contain_text("0.33")
    expect(page.locator("article")).to_contain_text("Ask the driver for all papers")
    assert [len(each["response"]) for each in said(page) if each["verb"] == "answered"] == [1, 2]


def test_another_try_at_a_scenario_begins_at_its_start(play):
    page = play(START, scenario_practice(behaviour="tries", penalty_percent=33))
    begin(page)
    decide(page, "Let the van pass")
    press(page, "Check the answer")
    expect(page.locator("[data-feedback]")).to_contain_text("You have 2 more tries.")
    expect(page.locator("[data-decided]:visible")).to_have_count(0)
    decide(page, "Speak to the passengers")
    decide(page, "Bring her to a quiet room")
    press(page, "Check the answer")
    expect(page.locator("[data-feedback]")).to_contain_text("0.67 of 1 point, after 2 tries.")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_of_the_behaviours_have_no_fault_that_axe_knows(play, language):
    given = with_practice(behaviour="certainty", layout="all", sections=SECTIONS)
    course = json.loads(given["files"]["course.en.json"])
    page = play(f"/{language}/quizzes/{PRACTICE}/start/", given)
    begin(page)
    found = Axe().run(page, options={"runOnly": AXE_TAGS}).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found] == []
    assert width_of(page) <= NARROW["width"]
    assert course["quizzes"][0]["behaviour"] == "certainty"
