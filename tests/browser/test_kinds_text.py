"""Numbers, short answers and texts with gaps: by keyboard alone, without JavaScript, and saved while one types."""

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assessments import access, papers, versions
from assessments.answering import follow_attempt
from assessments.models import Paper
from assessments.questions.numeric.reading import readings_of
from assessments.questions.registry import KINDS as ALL_KINDS
from assessments.questions.short_answer.folding import fold
from records.storage import statements_of
from tests.assessments.sitting import form_of
from tests.browser.first_question import at_first_question
from tests.browser.modules import open_modules, run_module
from tests.factories.assessments import Course, make_course, make_question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KINDS = ("numeric", "short_answer", "cloze")
MOST_TABS = 80
UNREADABLE = "This cannot be read as a number"


@dataclass
class Asked:
    """A course whose quiz asks one question of each of these kinds, and their structures."""

    course: Course
    bodies: dict[str, dict[str, Any]]

    def key(self, kind: str) -> dict[str, list[str]]:
        """Return what a form says that is right."""
        return dict(form_of(kind, ALL_KINDS[kind].key_of(self.bodies[kind])))


@pytest.fixture
def asked(transactional_db: None) -> Iterator[Asked]:
    course = make_course(questions=0, draw=len(KINDS), pass_mark_percent=100)
    bodies = {}
    for number, kind in enumerate(KINDS):
        question = make_question(
            kind, course_uuid=course.uuid, lesson_uuid=course.lessons[number], number=number, languages=("en", "fr")
        )
        bodies[kind] = dict(question.body)
    yield Asked(course, bodies)
    for each in (access, papers, versions):
        each.kept.clear()


@pytest.fixture
def page(asked: Asked, live_server: Any, browser: Browser) -> Iterator[Page]:
    with at_first_question(browser, asked.course, live_server.url, has_outbox=False) as page:
        yield page


@pytest.fixture
def plain(asked: Asked, live_server: Any, browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    options: dict[str, Any] = {"has_outbox": False, "java_script_enabled": False}
    with at_first_question(browser, asked.course, live_server.url, **options) as page:
        yield page


def shown_kind(page: Page) -> str:
    return page.locator("[data-question]").first.get_attribute("data-kind") or ""


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def find(page: Page, kind: str) -> None:
    """Go to the question of a kind."""
    for _ in KINDS:
        if shown_kind(page) == kind:
            return
        go_on(page)
    raise AssertionError(kind)


def control(page: Page, name: str) -> Locator:
    """Return the control of a field; of radio buttons the first."""
    return page.locator(f"[data-question] [name='{name}']").first


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(wanted)


def say_by_keyboard(page: Page, fields: dict[str, list[str]]) -> None:
    for name, (value,) in fields.items():
        wanted = control(page, name)
        tab_to(page, wanted)
        if wanted.evaluate("element => element instanceof HTMLSelectElement"):
            for _ in range(MOST_TABS):
                if wanted.input_value() == value:
                    break
                page.keyboard.press("ArrowDown")
            expect(wanted).to_have_value(value)
        elif wanted.get_attribute("type") == "radio":
            page.keyboard.press("Space")
            for _ in range(MOST_TABS):
                if page.locator(f"[name='{name}'][value='{value}']").is_checked():
                    break
                page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type(value)


def say_plainly(page: Page, fields: dict[str, list[str]]) -> None:
    for name, (value,) in fields.items():
        wanted = control(page, name)
        if wanted.evaluate("element => element instanceof HTMLSelectElement"):
            wanted.select_option(value)
        elif wanted.get_attribute("type") == "radio":
            page.locator(f"[name='{name}'][value='{value}']").check()
        else:
            wanted.fill(value)


def answers_at_the_centre() -> list[Any]:
    """Return the responses that the site holds of the one attempt there is, and how often it was told one."""
    statements = statements_of([Paper.objects.get().pk])
    said = [each for each in statements if each.verb == "answered"]
    return [[answer.response for answer in follow_attempt(statements).answers.values()], len(said)]


def test_each_kind_is_answered_by_keyboard_alone_saved_and_scored_right(page, asked):
    seen = set()
    for number in range(1, len(KINDS) + 1):
        page.locator(f"[data-place] [data-question='{number}']").wait_for()
        kind = shown_kind(page)
        seen.add(kind)
        say_by_keyboard(page, asked.key(kind))
        tab_to(page, page.get_by_role("button", name="Continue"))
        page.locator("[data-place] .saved").wait_for()
        page.keyboard.press("Enter")
    assert seen == set(KINDS)
    page.get_by_role("heading", name="Your answers").wait_for()
    assert page.get_by_text("Answered", exact=True).count() == len(KINDS)
    tab_to(page, page.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/result/$"))
    assert page.get_by_text("3 out of 3").first.is_visible()


def test_each_kind_is_answered_without_javascript_saved_and_scored_right(plain, asked):
    for _ in KINDS:
        say_plainly(plain, asked.key(shown_kind(plain)))
        go_on(plain)
    plain.get_by_role("button", name="Hand in").click()
    assert plain.get_by_text("3 out of 3").first.is_visible()


def test_what_is_typed_is_saved_while_one_types_and_not_at_every_key(page, asked):
    find(page, "short_answer")
    line = control(page, "response")
    line.focus()
    # Five seconds of typing without a pause that is long enough to save in.
    line.press_sequentially("smuggling of migrants", delay=230)
    expect(page.locator("[data-place] .saved")).to_be_visible()
    assert line.evaluate("element => element === document.activeElement")
    given, count = answers_at_the_centre()
    assert given == ["smuggling of migrants"]
    assert count == 1
    # To leave the line says nothing new.
    page.keyboard.press("Tab")
    page.wait_for_timeout(600)
    assert answers_at_the_centre() == [["smuggling of migrants"], 1]


def test_saves_while_somebody_types_are_two_seconds_apart(page, asked):
    find(page, "short_answer")
    moments: list[float] = []
    page.on("request", lambda request: moments.append(monotonic()) if request.method == "POST" else None)
    line = control(page, "response")
    for word in ("one", " two", " three", " four"):
        line.press_sequentially(word)
        page.wait_for_timeout(1100)
    page.wait_for_timeout(2200)
    assert answers_at_the_centre()[0] == ["one two three four"]
    assert 2 <= len(moments) <= 3
    assert all(later - sooner > 1.8 for sooner, later in pairwise(moments))


@pytest.mark.parametrize("way", ["goto", "back", "hidden", "Enter"])
def test_no_key_is_lost_when_the_page_is_left_at_once(page, asked, live_server, way):
    find(page, "short_answer")
    page.on("dialog", lambda dialog: dialog.accept())
    control(page, "response").press_sequentially("human trafficking")
    if way == "goto":
        page.goto(f"{live_server.url}/en/")
    elif way == "back":
        page.evaluate("history.pushState(null, '', location.href)")
        page.go_back()
    elif way == "hidden":
        # As when somebody turns to another app: the page is asked no more.
        page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    else:
        page.keyboard.press("Enter")
    for _ in range(50):
        if answers_at_the_centre()[0] == ["human trafficking"]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(answers_at_the_centre())


def test_on_a_device_with_an_outbox_what_was_typed_is_there_again_without_a_network(asked, live_server, browser):
    with at_first_question(browser, asked.course, live_server.url, has_outbox=True) as page:
        for kind in KINDS:
            page.goto(page.url.rsplit("/", 2)[0] + "/1/")
            find(page, kind)
            say_plainly(page, asked.key(kind))
            page.locator("[data-place] .saved").wait_for()
        page.context.route("**/sync/statements/", lambda route: route.abort())
        find(page, "cloze")
        gap = control(page, next(iter(asked.key("cloze"))))
        gap.fill("")
        gap.press_sequentially("many")
        # The mark of the answer before goes with the next save, and comes again with it.
        page.wait_for_timeout(2500)
        page.locator("[data-place] .saved", has_text="Saved on this device").wait_for()
        page.reload()
        expect(gap).to_have_value("many")
        expect(page.locator("[data-unclear]").first).to_be_visible()


def test_a_text_that_is_no_number_is_kept_and_told_before_one_goes_on(page, asked):
    find(page, "numeric")
    number = page.locator("[data-question]").get_attribute("data-question")
    line = control(page, "response")
    line.press_sequentially("two days")
    go_on(page)
    expect(page.get_by_text(UNREADABLE)).to_be_visible()
    expect(line).to_be_focused()
    expect(line).to_have_attribute("aria-invalid", "true")
    assert page.locator(f"[data-question='{number}']").is_visible()
    line.fill("2")
    expect(page.get_by_text(UNREADABLE)).to_be_hidden()
    line.fill("two")
    go_on(page)
    # Told once, it stays as it is where somebody wants it so.
    expect(page.get_by_text(UNREADABLE)).to_be_visible()
    go_on(page)
    expect(page.locator(f"[data-question='{number}']")).to_have_count(0)
    assert {"number": "two", "unit": None} in answers_at_the_centre()[0]


def test_without_javascript_a_text_that_is_no_number_is_kept_and_told_once(plain, asked):
    find(plain, "numeric")
    address = plain.url
    control(plain, "response").fill("two days")
    go_on(plain)
    assert plain.url == address
    assert plain.get_by_text(UNREADABLE).is_visible()
    assert control(plain, "response").input_value() == "two days"
    go_on(plain)
    assert plain.url != address


def test_a_gap_that_is_no_number_is_told_in_the_text(page, asked):
    find(page, "cloze")
    gap = page.locator("[data-gap-kind=numeric]").first
    gap.locator("input").fill("many")
    page.keyboard.press("Tab")
    expect(gap.locator("[data-unclear]")).to_be_visible()
    page.locator("[data-place] .saved").wait_for()
    page.reload()
    expect(gap.locator("input")).to_have_value("many")
    expect(gap.locator("[data-unclear]")).to_be_visible()
    gap.locator("input").fill("١٨")
    expect(gap.locator("[data-unclear]")).to_be_hidden()


def test_every_gap_has_a_name_for_who_does_not_see_the_text(page, asked):
    find(page, "cloze")
    assert page.locator("[data-place] [data-gap]").count() == 4
    for number in range(1, 5):
        assert page.get_by_label(f"Gap {number}", exact=True).count() == 1
    assert page.get_by_label("Gap 4: unit").count() == 1


@pytest.mark.parametrize("width", [320, 390])
def test_no_kind_is_wider_than_a_phone_in_arabic(asked, live_server, browser, width):
    options: dict[str, Any] = {"viewport": {"width": width, "height": 640}, "language": "ar"}
    with at_first_question(browser, asked.course, live_server.url, has_outbox=False, **options) as page:
        for number in range(1, len(KINDS) + 1):
            page.locator(f"[data-place] [data-question='{number}']").wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") == width, shown_kind(page)
            page.locator("[data-place] form button.btn.grow").click()


@pytest.fixture(scope="module")
def modules(browser) -> Page:
    return open_modules(browser.new_context())


FOLD = """
  const rules = [{ case: false, accents: false }, { case: true, accents: true }];
  return given.map((text) => rules.map((each) => module.fold(text, each)));
"""
READ = "return given.map((text) => module.readingsOf(text).map(({ units, places }) => [String(units), places]));"


def both_ways(text: str) -> list[str]:
    return [fold(text), fold(text, case=True, accents=True)]


@pytest.mark.parametrize("block", range(0, 0x20000, 0x4000))
def test_a_device_folds_every_character_as_a_server_does(modules, block):
    """Every character that this Python knows, between two letters, so that marks and cases have a neighbour."""
    known = [
        chr(point) for point in range(block, block + 0x4000) if unicodedata.category(chr(point)) not in {"Cn", "Cs"}
    ]
    texts = [f"a{each}Ω" for each in known]
    found = run_module(modules, "kinds/short-answer-folding.js", FOLD, texts)
    wrong = [hex(ord(text[1])) for text, each in zip(texts, found, strict=True) if each != both_ways(text)]
    assert wrong == []


def test_a_device_folds_texts_as_a_server_does(modules):
    dice = random.Random(11)
    letters = "aAéE\u0301\u0323ßſœŒøıİΣσςأإآاىﻻـَّ٣۳'’\u02bc-–—\u00a0\u202f .,!?…«»“”\u200bﷺ한글कि"
    texts = ["".join(dice.choices(letters, k=dice.randint(0, 12))) for _ in range(4000)]
    found = run_module(modules, "kinds/short-answer-folding.js", FOLD, texts)
    assert found == [both_ways(each) for each in texts]


def test_a_device_reads_numbers_as_a_server_does(modules):
    dice = random.Random(12)
    letters = "0123456789" * 3 + ",. '’٫٬،-−+\u202f\u00a0\u200f٣۴xe"
    texts = ["".join(dice.choices(letters, k=dice.randint(0, 11))) for _ in range(8000)]
    found = run_module(modules, "kinds/numeric-reading.js", READ, texts)
    for text, each in zip(texts, found, strict=True):
        assert [int(units) for units, _places in each] == [
            int(number * 10**places) for number, (_units, places) in zip(readings_of(text), each, strict=True)
        ], text
