"""Who writes for all countries builds a quiz of two sections in French, sees a paper, and says when it opens."""

import re

import pytest
from playwright.sync_api import Page, expect

from elearning.demo.cohorts import MALI
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import width_of

LIST = "/cms/quizzes/"


def button(page: Page, what: str):
    """Return the first button of the form that does something."""
    return page.locator(f"[data-quiz-builder] [name=do][value='{what}']").last


def press(page: Page, what: str) -> None:
    with page.expect_navigation():
        button(page, what).click()


def new_quiz(page: Page, title: str) -> None:
    page.goto("/cms/quizzes/new/")
    page.locator("[name=course_uuid]").select_option(index=0)
    page.locator("[name=title_fr]").fill(title)
    page.locator("[name=title_en]").fill(f"{title} (English)")
    page.locator("[name=quiz_class][value=graded]").check()
    page.locator("[name=time_limit_minutes]").fill("20")
    page.locator("[name=review][value=objectives]").check()


def build_two_sections(page: Page) -> None:
    """Add both sections by the buttons of the form alone."""
    press(page, "add-section")
    page.locator("[name=s0-title_fr]").fill("Premiers gestes")
    page.locator("[name=s0-q0-count]").fill("3")
    page.locator("[name=s0-q0-difficulty]").select_option("2")
    press(page, "add-section")
    page.locator("[name=s1-title_fr]").fill("Au poste frontière")
    page.locator("[name=s1-q0-count]").fill("2")
    press(page, "draw:1")
    page.locator("[name=s1-q1-kind]").select_option("single_choice")
    # The section and the order in it are as they were typed.
    assert page.locator("[name=s0-q0-count]").input_value() == "3"
    press(page, "slot-up:1:1")
    assert page.locator("[name=s1-q0-kind]").input_value() == "single_choice"
    assert page.locator("[name=s1-q1-count]").input_value() == "2"


def add_fixed(page: Page) -> str:
    """Find a question by a word, and ask it always; return how it begins."""
    page.locator("[name=s1-find]").fill("que")
    with page.expect_navigation():
        page.locator("#section-2 .qz-find [name=do]").click()
    result = page.locator("#section-2 .qz-results li").first
    title = result.locator("span").first.inner_text()
    with page.expect_navigation():
        result.locator("button").click()
    expect(page.locator("#section-2 .qz-question")).to_have_text(title)
    return title


def see_paper(page: Page) -> Page:
    """Open a paper drawn by what is typed, in a window of its own."""
    with page.context.expect_page() as opened:
        button(page, "paper").click()
    paper = opened.value
    paper.wait_for_load_state()
    return paper


@pytest.mark.parametrize(
    ("name", "options"),
    [("desktop", DESKTOP), ("phone", PHONE), ("no-js", PHONE | {"java_script_enabled": False})],
    ids=["desktop", "phone", "no-js"],
)
def test_a_quiz_of_two_sections_is_built_looked_at_and_saved(open_context, sign_in, screenshot, name, options):
    page = open_context(locale="fr-FR", **options).new_page()
    sign_in(page, "editor")
    title = f"Épreuve {name}"
    new_quiz(page, title)
    build_two_sections(page)
    fixed = add_fixed(page)
    paper = see_paper(page)
    expect(paper.locator(".qz-begins")).to_have_text(["Premiers gestes", "Au poste frontière"])
    expect(paper.locator(".q-page")).to_have_count(7)
    assert " ".join(fixed.split())[:30] in " ".join(paper.locator("main").inner_text().split())
    assert width_of(paper) <= paper.viewport_size["width"]  # type: ignore[index]  # it has one
    screenshot(paper, "paper")
    paper.close()

    press(page, "save")
    expect(page).to_have_url(re.compile(r"/cms/quizzes/\d+/$"))
    assert page.locator("[name=s0-title_fr]").input_value() == "Premiers gestes"
    assert page.locator("[name=time_limit_minutes]").input_value() == "20"
    assert page.locator("[name=review][value=objectives]").is_checked()
    assert width_of(page) <= page.viewport_size["width"]
    screenshot(page, "saved")
    page.goto(LIST)
    expect(page.locator(".qz-list a", has_text=title)).to_be_visible()
    screenshot(page, "list")


def test_the_number_of_questions_follows_the_filter(open_context, sign_in):
    page = open_context(locale="fr-FR", **DESKTOP).new_page()
    sign_in(page, "editor")
    new_quiz(page, "Compter")
    press(page, "add-section")
    found = page.locator("[data-found=s0-q0]")
    every = int(re.search(r"\d+", found.inner_text()).group())  # type: ignore[union-attr]  # it says a number
    page.locator("[name=s0-q0-kind]").select_option("true_false")
    expect(found).not_to_contain_text(str(every))
    some = int(re.search(r"\d+", found.inner_text()).group())  # type: ignore[union-attr]
    assert 0 < some < every
    page.locator("[name=s0-q0-count]").fill("90")
    expect(found).to_have_class(re.compile("qz-few"))


def test_a_trainer_reads_a_quiz_and_opens_it_to_a_class(open_context, sign_in, screenshot, demo):
    page = open_context(locale="fr-FR", **PHONE).new_page()
    sign_in(page, "trainer")
    page.goto(LIST)
    page.locator(".qz-list a", has_text="Test final").click()
    assert page.locator("[name=do][value=save]").count() == 0
    expect(page.locator("[name=title_fr]")).to_be_disabled()
    page.goto(page.url + "times/")
    window = page.locator("fieldset", has_text=MALI.name)
    expect(window.locator("legend")).to_contain_text("Africa/Bamako")
    opens = window.locator("[name$=-opens_at]")
    opens.fill("2020-01-06T08:00")
    screenshot(page, "times")
    try:
        with page.expect_navigation():
            page.locator(".qz-actions button").click()
        assert opens.input_value() == "2020-01-06T08:00"
        found = demo.run(
            "from assessments.models import QuizWindow; print(QuizWindow.objects.get().opens_at.isoformat())"
        )
        assert found == "2020-01-06T08:00:00+00:00"
    finally:
        # The other journeys know no opening times.
        opens.fill("")
        with page.expect_navigation():
            page.locator(".qz-actions button").click()


def test_the_pages_of_quizzes_have_no_axe_faults(open_context, sign_in, find_axe_faults):
    page = open_context(locale="fr-FR", **DESKTOP).new_page()
    sign_in(page, "editor")
    page.goto(LIST)
    address = page.locator(".qz-list a").first.get_attribute("href")
    assert address
    # Wagtail's own frame has faults of its own; ours are in the form and the list.
    for each in (LIST, address, f"{address}paper/", f"{address}times/"):
        ours = [fault for fault in find_axe_faults(each, like=page) if "qz-" in fault or "q-" in fault]
        assert not ours, ours


@pytest.fixture(autouse=True, scope="module")
def no_quizzes_stay(demo):
    """Take back what was built: the other journeys know the quizzes of the course only."""
    yield
    demo.run(
        "from assessments.models import Quiz; Quiz.objects.filter(title__fr__startswith='Épreuve').delete();"
        "Quiz.objects.filter(title__fr='Compter').delete()"
    )
