"""The player on a device of our own making: every view, what is said and when it counts as saved."""

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpRequest
from django.utils import translation
from playwright.sync_api import Page, expect

from elearning.lib.canonical import canonical_json, sha256_hex
from sync.views.shell import shell
from tests.browser.conftest import AXE_TAGS
from tests.browser.device_facts import ATTEMPT, COURSE, ENROLMENT, GRADED, LESSONS, PARTS, PRACTICE, device, paper
from tests.browser.device_fakes import open_player, said
from tests.browser.modules import ADDRESS

LANGUAGES = ("en", "ar")


@pytest.fixture(scope="module")
def shells() -> dict[str, str]:
    """Return the page for devices in two languages, as the site gives it."""
    return {language: _shell(language) for language in LANGUAGES}


def _shell(language: str) -> str:
    request = HttpRequest()
    request.method, request.path = "GET", f"/{language}/device/shell/"
    request.META |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    with translation.override(language):
        return shell(request).content.decode()


@pytest.fixture
def play(browser, shells):
    """Return a function that opens an address on a device; an error of the page fails at the end."""
    contexts, faults = [], []

    def opened(at: str, given: dict[str, Any] | None = None, **options: Any) -> Page:
        context = browser.new_context(**({"viewport": {"width": 390, "height": 844}} | options))
        context.set_default_timeout(10_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", lambda line: faults.append(line.text) if line.type == "warning" else None)
        contexts.append(context)
        return open_player(context, shells, given or device(), at)

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


def path_of(page: Page) -> str:
    return page.url.removeprefix(ADDRESS)


def begin(page: Page) -> None:
    page.locator("[data-do=begin]").click()
    page.locator("form[data-answer]").wait_for()


def choose(page: Page, value: str) -> None:
    page.locator(f"input[value={value}]").check()
    page.locator(".saved").wait_for()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).click()


def verbs(page: Page) -> list[str]:
    return [each["verb"] for each in said(page)]


VIEWS = {
    "/en/": "Hello, AS",
    "/en/device/shell/": "Hello, AS",
    "/en/courses/": "Courses",
    "/en/courses/course/": "A course",
    "/en/courses/cours/": "A course",
    "/en/courses/course/lesson-1/": "Lesson 1",
    f"/en/quizzes/{GRADED}/start/": "Final",
    f"/en/quizzes/{PRACTICE}/start/": "Practice",
    "/en/record/": "This page is not on this device",
    "/en/courses/another/": "This page is not on this device",
    f"/en/attempts/{COURSE}/": "This page is not on this device",
}


@pytest.mark.parametrize(("address", "heading"), VIEWS.items())
def test_each_address_shows_its_view_names_it_and_brings_the_reader_to_it(play, address, heading):
    page = play(address)
    expect(page.locator("h1")).to_have_text(heading)
    assert page.locator("h1").evaluate("each => each === document.activeElement")
    assert page.title().endswith(" - Relais")
    assert not page.locator("main [data-when], main [data-text], main [data-put]").count()


def test_a_course_of_somebody_else_is_not_open_to_this_person(play):
    given = device()
    given["state"]["courses"] = []
    page = play("/en/courses/course/", given)
    expect(page.locator("h1")).to_have_text("This page is not on this device")
    assert "A course" not in page.locator("main").inner_text()


def test_with_nobody_here_the_page_says_what_to_do(play):
    page = play("/en/courses/course/", device(person=None))
    expect(page.locator("h1")).to_have_text("Nobody is signed in on this device")
    expect(page.get_by_role("link", name="Say who you are")).to_have_attribute("href", "/en/device/")


def test_reading_a_lesson_is_said_in_order_and_leads_on(play):
    page = play("/en/courses/course/", device(read=0))
    page.get_by_role("link", name="Begin: Lesson 1").click()
    expect(page.locator("h1")).to_have_text("Lesson 1")
    page.locator(f"[id='{PARTS[1]}']").scroll_into_view_if_needed()
    page.mouse.wheel(0, 900)
    page.wait_for_function("() => (sessionStorage.getItem('said') ?? '').includes('progressed')")
    page.get_by_role("link", name="Continue: Lesson 2").click()
    expect(page.locator("h1")).to_have_text("Lesson 2")
    assert path_of(page) == "/en/courses/course/lesson-2/"
    page.get_by_role("link", name="Finish the last lesson").click()
    expect(page.get_by_role("status").filter(has_text="This was the last lesson.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("2 of 2 completed")
    found = said(page)
    assert [each["verb"] for each in found] == ["initialized", "progressed", "completed", "initialized", "completed"]
    assert [each["lesson"] for each in found] == [LESSONS[0]] * 3 + [LESSONS[1]] * 2
    assert (found[1]["place"] in PARTS, found[1]["ordinal"], found[1]["enrolment"]) == (True, 1, ENROLMENT)


def test_a_lesson_that_could_not_be_saved_is_not_finished(play):
    page = play("/en/courses/course/lesson-2/", device(read=1))
    page.evaluate("sessionStorage.setItem('full', '1')")
    page.get_by_role("link", name="Finish the last lesson").click()
    expect(page.get_by_role("alert")).to_contain_text("is not saved")
    assert path_of(page) == "/en/courses/course/lesson-2/"
    assert "completed" not in verbs(page)


def test_the_place_in_a_lesson_is_offered_again(play):
    given = device(read=0)
    given["state"]["courses"][0]["lessons"] = {
        LESSONS[0]: {"started_at": "2026-11-20T08:00:00Z", "completed_at": None, "place": PARTS[1], "ordinal": 4}
    }
    page = play("/en/", given)
    page.get_by_role("link", name="Continue the lesson").click()
    expect(page.get_by_role("link", name="Continue where you stopped: Part 2")).to_be_visible()
    assert page.url.endswith(f"#{PARTS[1]}")
    assert page.evaluate("scrollY") > 0


def test_back_and_forward_show_what_was_there_where_it_was(play):
    page = play("/en/")
    page.get_by_role("link", name="A course", exact=True).click()
    expect(page.locator("h1")).to_have_text("A course")
    page.evaluate("scrollTo(0, 300)")
    page.wait_for_function("() => history.state?.y >= 299")
    page.get_by_role("link", name="1. Lesson 1").click()
    expect(page.locator("h1")).to_have_text("Lesson 1")
    page.go_back()
    expect(page.locator("h1")).to_have_text("A course")
    page.wait_for_function("() => scrollY >= 299")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Hello, AS")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("A course")


def test_a_test_is_sat_looked_over_and_handed_in(play):
    page = play("/en/courses/course/")
    page.get_by_role("link", name="Go to: Final").click()
    begin(page)
    assert path_of(page) == f"/en/attempts/{ATTEMPT}/1/"
    choose(page, "a")
    page.locator("input[name=flagged]").check()
    page.wait_for_function("() => sessionStorage.getItem('said').includes('\"flagged\":true')")
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("Question 2 of 2")
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("Your answers")
    expect(page.locator("main")).to_contain_text("1 question has no answer yet.")
    page.reload()
    expect(page.locator(".review li").first).to_contain_text("To look at again")
    page.locator(".review a").first.click()
    expect(page.locator("input[value=a]")).to_be_checked()
    choose(page, "b")
    page.get_by_role("link", name="See all answers").click()
    press(page, "Hand in")
    expect(page.locator("h1")).to_have_text("Handed in, waiting for its result")
    found = said(page)
    assert [each["verb"] for each in found] == ["initialized", "answered", "answered", "answered", "submit"]
    assert found[0] == found[0] | {"enrolment": ENROLMENT, "quiz": GRADED, "number": 1, "paper": "paper-sha"}
    assert [each["ordinal"] for each in found[1:]] == [1, 2, 3, 4]
    assert [each["response"] for each in found[1:4]] == ["a", "a", "b"]
    assert found[-1]["standing"] == sha256_hex(canonical_json([["q1", "b"]]))
    page.goto(f"{ADDRESS}/en/attempts/{ATTEMPT}/1/")
    expect(page.locator("h1")).to_have_text("Handed in, waiting for its result")


def test_a_result_comes_by_itself_once_the_centre_has_said_it(play):
    page = play(f"/en/quizzes/{GRADED}/start/")
    begin(page)
    page.get_by_role("link", name="See all answers").click()
    press(page, "Hand in")
    expect(page.locator("h1")).to_have_text("Handed in, waiting for its result")
    row = {"uuid": ATTEMPT, "number": 1, "started_at": "2026-11-22T08:00:00Z", "handed_in_at": "2026-11-22T08:10:00Z"}
    row |= {"is_passed": False, "points": "0", "out_of": "2", "flags": [], "counts": False}
    page.evaluate(
        """row => {
          const given = JSON.parse(sessionStorage.getItem("given"));
          const quiz = given.state.courses[0].quizzes[row.quiz];
          Object.assign(quiz, { attempts: [row], attempts_left: 2 });
          sessionStorage.setItem("given", JSON.stringify(given));
          learnt();
        }""",
        row | {"quiz": GRADED},
    )
    expect(page.locator("h1")).to_have_text("Not passed yet")
    expect(page.locator("main")).to_contain_text("You needed 1.4 points (70%).")
    expect(page.locator("main")).to_contain_text("You have 2 attempts left.")


def test_no_answer_is_shown_as_saved_before_it_is(play):
    page = play(f"/en/quizzes/{GRADED}/start/")
    begin(page)
    page.evaluate("sessionStorage.setItem('slow', '600')")
    page.locator("input[value=a]").check()
    page.wait_for_timeout(300)
    assert not page.locator(".saved").count()
    expect(page.locator(".saved")).to_contain_text("Saved on this device")
    assert verbs(page) == ["initialized", "answered"]
    page.evaluate("sessionStorage.setItem('sent', '1'); learnt()")
    expect(page.locator(".saved")).to_contain_text("Saved at the centre")


def test_an_answer_without_room_is_kept_on_the_page_and_nobody_moves_on_from_it(play):
    page = play(f"/en/quizzes/{GRADED}/start/")
    begin(page)
    page.evaluate("sessionStorage.setItem('full', '1')")
    page.locator("input[value=c]").check()
    expect(page.get_by_role("alert")).to_contain_text("Not saved: this device has no room left.")
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("Question 1 of 2")
    page.evaluate("sessionStorage.removeItem('full')")
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("Question 2 of 2")
    assert [each.get("response") for each in said(page)] == [None, "c"]


def test_practice_tells_at_once_and_counts_up(play):
    page = play(f"/en/quizzes/{PRACTICE}/start/")
    begin(page)
    press(page, "Check the answer")
    expect(page.get_by_role("alert")).to_have_text("Choose an answer first.")
    choose(page, "a")
    press(page, "Check the answer")
    told = page.locator("[data-feedback]")
    expect(told).to_contain_text("Not right yet")
    expect(told).to_contain_text("Choice b")
    expect(told).to_contain_text("Because.")
    assert told.locator("section").evaluate("each => each === document.activeElement")
    choose(page, "b")
    expect(told).to_be_empty()
    press(page, "Check the answer")
    expect(told).to_contain_text("Right")
    page.get_by_role("link", name="Next question").click()
    choose(page, "c")
    press(page, "Check the answer")
    page.get_by_role("link", name="See all answers").first.click()
    press(page, "End the practice")
    expect(page.locator("h1")).to_have_text("Practice done")
    expect(page.locator(".score")).to_have_text(re.compile(r"1\s+out of 2"))
    found = said(page)
    assert (found[0]["quiz"], found[0]["number"], found[0]["paper"]) == (PRACTICE, 1, "practice-sha")
    assert found[0]["unit"]["id"] != ATTEMPT
    page.get_by_role("link", name="Practise again").click()
    begin(page)
    assert [each["number"] for each in said(page) if each["verb"] == "initialized"] == [1, 2]


def test_at_the_end_of_the_time_the_answers_are_handed_in(play):
    given = device(papers=[paper(time_limit_s=3)])
    page = play(f"/en/quizzes/{GRADED}/start/", given)
    begin(page)
    choose(page, "a")
    expect(page.get_by_role("timer")).to_contain_text("0:0")
    expect(page.locator("h1")).to_have_text("Handed in, waiting for its result")
    assert verbs(page) == ["initialized", "answered", "submit"]


def test_an_attempt_whose_time_ran_out_meanwhile_takes_no_more_answers(play):
    given = device(papers=[paper(time_limit_s=60, started_at="2026-01-01T08:00:00.000Z")])
    page = play(f"/en/attempts/{ATTEMPT}/1/", given)
    expect(page.locator("h1")).to_have_text("Handed in, waiting for its result")
    assert verbs(page) == ["submit"]


def test_a_test_without_its_paper_says_what_is_missing(play):
    page = play("/en/courses/course/", device(papers=[]))
    expect(page.locator("#quiz")).to_contain_text("This test is not on this device yet.")
    page.goto(f"{ADDRESS}/en/quizzes/{GRADED}/start/")
    expect(page.locator("h1")).to_have_text("A course")


def test_an_open_attempt_without_its_paper_is_not_here(play):
    given = device(papers=[])
    row = {"uuid": ATTEMPT, "number": 1, "started_at": "2026-11-22T08:00:00Z", "handed_in_at": None, "is_passed": None}
    given["state"]["courses"][0]["quizzes"][GRADED]["attempts"] = [row]
    page = play(f"/en/attempts/{ATTEMPT}/1/", given)
    expect(page.locator("h1")).to_have_text("This page is not on this device")


def test_axe_finds_no_fault_in_any_view(play):
    page = play("/en/", reduced_motion="reduce")
    faults = {}

    def look(name: str) -> None:
        for scheme, rules in (("light", AXE_TAGS), ("dark", ["color-contrast"])):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"runOnly": rules}).response["violations"]
            faults.update({f"{name} {scheme} {each['id']}": each["nodes"][0]["html"][:200] for each in found})

    for address in {heading: address for address, heading in VIEWS.items()}.values():
        page.goto(ADDRESS + address)
        page.locator("h1[tabindex]").wait_for()
        look(address)
    page.goto(f"{ADDRESS}/en/quizzes/{PRACTICE}/start/")
    begin(page)
    choose(page, "a")
    press(page, "Check the answer")
    look("practice")
    page.get_by_role("link", name="See all answers").click()
    expect(page.locator("h1")).to_have_text("Your answers")
    look("review")
    press(page, "End the practice")
    expect(page.locator("h1")).to_have_text("Practice done")
    look("practice done")
    assert not faults


def test_views_fit_a_narrow_phone_from_right_to_left(play):
    page = play("/ar/", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.dir") == "rtl"
    widths = {}
    for address in VIEWS:
        page.goto(ADDRESS + address.replace("/en/", "/ar/"))
        page.locator("h1[tabindex]").wait_for()
        widths[address] = page.evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {320}, widths


def test_a_quiz_needs_no_pointer(play):
    page = play(f"/en/quizzes/{GRADED}/start/")
    for _each in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.do === 'begin'"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Question 1 of 2")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator(".saved").wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Question 2 of 2")


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ({"not_before": "2999-11-30T14:30:00.000Z"}, "You can begin from November 30"),
        ({"closes_at": "2020-11-30T14:30:00.000Z"}, "This test closed on November 30"),
        ({"not_before": "2020-11-30T14:30:00.000Z", "closes_at": "2999-11-30T14:30:00.000Z"}, ""),
    ],
    ids=["early", "closed", "open"],
)
def test_a_paper_is_begun_only_in_its_time(play, times, words):
    page = play("/en/courses/course/", device(papers=[paper(**times)]), timezone_id="UTC")
    if words:
        expect(page.locator("#quiz")).to_contain_text(words)
        expect(page.locator("#quiz")).to_contain_text("2:30")
        expect(page.locator("#quiz a")).to_have_count(0)
    else:
        expect(page.locator("#quiz a")).to_have_count(1)


def test_job_aid_opens_from_the_course_without_a_connection(play) -> None:
    given = device()
    course = json.loads(given["files"]["course.en.json"])
    course["job_aids"] = [{"uuid": "1", "slug": "at-hand", "title": "At hand", "summary": "", "file": "sheets/1.json"}]
    sheet = {
        "uuid": "1",
        "lang": "en",
        "slug": "at-hand",
        "title": "At hand",
        "lede": "Short",
        "body": "<p>Call first.</p>",
    }
    given["files"] |= {"course.en.json": json.dumps(course), "sheets/1.json": json.dumps(sheet)}
    page = play("/en/courses/course/", given)
    page.get_by_role("link", name="At hand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("At hand")
    expect(page.get_by_text("Call first.")).to_be_visible()
    assert path_of(page) == "/en/courses/course/sheets/at-hand/"
