"""A trainer looks at the class: on a phone and on a desktop, in French and Arabic, by keyboard, and without scripts."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from elearning.demo.cohorts import MALI
from elearning.demo.people import demo_uuid
from tests.browser.conftest import AXE_TAGS, DESKTOP, PHONE
from tests.browser.steps import QUESTIONS, answer_all, hand_in, join, read_lessons, start_test, width_of

CLASS = f"desk/cohorts/{demo_uuid('cohort', MALI.key)}/class/"
NARROW = {"viewport": {"width": 320, "height": 700}, "has_touch": True, "is_mobile": True}
PHONE_390: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def officer(opened_session):
    """Somebody of the class who sat the test, and got the second half wrong."""
    page = opened_session(locale="fr-FR", **PHONE).new_page()
    somebody = join(page, "Kadiatou Bagayoko")
    read_lessons(page)
    start_test(page)
    answer_all(page, right=QUESTIONS // 2)
    hand_in(page)
    return somebody


def row_of(page, somebody):
    return page.locator("tbody tr").filter(has_text=somebody.name).first


@pytest.mark.parametrize("with_scripts", [True, False], ids=["javascript", "no-javascript"])
def test_the_trainer_comes_from_the_cohort_to_the_class(open_context, sign_in, officer, with_scripts):
    page = open_context(locale="fr-FR", java_script_enabled=with_scripts, **DESKTOP).new_page()
    sign_in(page, "trainer")
    page.goto(f"/fr/{CLASS.removesuffix('class/')}")
    with page.expect_navigation():
        page.locator("a[href$='/class/']").click()
    row = row_of(page, officer)
    expect(row.locator("td").nth(1)).to_contain_text(str(QUESTIONS // 2))
    # The attempt did not pass: the learner stands where help is needed too, and a question was hard.
    expect(page.locator("section[aria-labelledby=help]")).to_contain_text(officer.name)
    expect(page.locator("ol.hard > li").first.locator(".wrong li").first).to_be_visible()


def test_the_table_twin_opens_by_keyboard(open_context, sign_in, officer):
    page = open_context(locale="fr-FR", **DESKTOP).new_page()
    sign_in(page, "trainer")
    page.goto(f"/fr/{CLASS}")
    assert officer
    page.locator("main details > summary").focus()
    page.keyboard.press("Enter")
    rows = page.locator("main details tbody tr")
    expect(rows.first).to_be_visible()
    # The cards are the hardest; the table has every question.
    assert rows.count() >= page.locator("ol.hard > li").count() > 0


@pytest.mark.parametrize("size", [NARROW, PHONE_390, DESKTOP], ids=["320", "390", "desktop"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_class_fits_and_axe_finds_nothing(open_context, sign_in, officer, screenshot, language, size):
    page = open_context(locale="fr-FR", bypass_csp=True, **size).new_page()
    sign_in(page, "trainer")
    page.goto(f"/{language}/{CLASS}")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert row_of(page, officer).count() == 1
    assert width_of(page) <= size["viewport"]["width"]
    screenshot(page, f"class-{language}-{size['viewport']['width']}")
    found = Axe().run(page, options={"runOnly": AXE_TAGS}).response["violations"]
    assert not found, [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def test_extra_time_is_granted_by_keyboard_and_the_learner_reads_it(open_context, sign_in, officer, demo):
    page = open_context(locale="fr-FR", **PHONE_390).new_page()
    sign_in(page, "trainer")
    page.goto(f"/fr/{CLASS}")
    with page.expect_navigation():
        row_of(page, officer).locator("a[href$='/accommodation/']").click()
    assert width_of(page) <= PHONE_390["viewport"]["width"]
    page.locator("[name=time_percent]").select_option("150")
    page.locator("[name=extra_attempts]").fill("1")
    page.locator("[name=extra_attempts]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("section[aria-labelledby=now] .facts li")).to_have_count(2)
    granted = demo.run(
        "from assessments.models import Accommodation as A; print(A.objects.get().time_percent, A.objects.count())"
    )
    assert granted == "150 1"
    with page.expect_navigation():
        page.locator("button[name=stop]").click()
    expect(page.locator("section[aria-labelledby=now] .facts")).to_have_count(0)
    assert re.search(r"/accommodation/$", page.url)
