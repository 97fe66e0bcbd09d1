"""A question is marked anew by keyboard: choose, look whose result changes, do it; the learner reads that it was."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import AXE_TAGS, DESKTOP, PHONE
from tests.browser.steps import QUESTIONS, answer_all, hand_in, join, read_lessons, start_test, width_of

# The first question that an attempt got wrong, and whose version its paper holds.
_WRONG = """
from assessments.models import Attempt, Paper, Question
from assessments.answering import follow_attempt
from assessments.deriving import papers_of, score_log
from records.storage import statements_of
attempt = Attempt.objects.get(pk="{attempt}")
log = follow_attempt(statements_of([attempt.pk]))
sheet = papers_of({{attempt.pk: log}})[attempt.pk].sheet
score = score_log(log, sheet)
print(next(item.question for item, mark in zip(sheet.items, score.marks_milli) if mark == 0))
"""


@pytest.fixture(scope="module")
def failed(opened_session, demo):
    """The page of somebody who missed the pass by a point, and the question that cost it."""
    page = opened_session(locale="fr-FR", **PHONE).new_page()
    join(page, "Oumou Sidibé")
    read_lessons(page)
    start_test(page)
    answer_all(page, right=QUESTIONS - 4)
    hand_in(page)
    attempt = re.search(r"attempts/([0-9a-f-]{36})/", page.url)
    assert attempt
    return page, demo.run(_WRONG.format(attempt=attempt[1]))


def tab_to(page, selector):
    """Press Tab until something has the focus, as somebody without a mouse does."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement?.matches(selector) ?? false", selector):
            return
    raise AssertionError(selector)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_form_and_the_preview_fit_and_axe_finds_nothing(open_context, sign_in, failed, screenshot, size):
    _page, question = failed
    page = open_context(locale="fr-FR", bypass_csp=True, **size).new_page()
    sign_in(page, "administrator")
    for language in ("fr", "ar"):
        page.goto(f"/{language}/desk/questions/{question}/regrade/")
        _look(page, size, screenshot, f"form-{language}")
        page.locator("[name=rule][value=full]").check()
        page.locator("[name=reason]").fill("La clé était fausse.")
        with page.expect_navigation():
            page.locator("button[name=preview]").click()
        _look(page, size, screenshot, f"preview-{language}")
        page.goto(f"/{language}/desk/regrades/")
        _look(page, size, screenshot, f"list-{language}")


def test_a_question_is_marked_anew_by_keyboard(open_context, sign_in, failed):
    officer, question = failed
    before = officer.locator(".score").inner_text()
    page = open_context(locale="fr-FR", **DESKTOP).new_page()
    sign_in(page, "administrator")
    page.goto(f"/fr/desk/questions/{question}/regrade/")
    tab_to(page, "[name=rule]")
    page.keyboard.press("ArrowDown")
    # Radios without a choice take the first on the first arrow: go on to the one that is meant.
    while not page.locator("[name=rule][value=full]").is_checked():
        page.keyboard.press("ArrowDown")
    tab_to(page, "[name=reason]")
    page.keyboard.type("La clé était fausse.")
    tab_to(page, "button[name=preview]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main tbody tr", has_text="Oumou Sidibé")).to_have_count(1)
    tab_to(page, "button[name=apply]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/desk/regrades/[0-9a-f-]{36}/$"))
    expect(page.get_by_role("main")).to_contain_text("La clé était fausse.")
    officer.reload()
    # One point more is the pass: the keys are open, and so is the reason.
    assert officer.locator(".score").inner_text() != before
    expect(officer.get_by_role("main")).to_contain_text("La clé était fausse.")


def test_it_is_walked_without_scripts(open_context, sign_in, failed):
    _officer, question = failed
    page = open_context(locale="fr-FR", java_script_enabled=False, **PHONE).new_page()
    sign_in(page, "administrator")
    page.goto(f"/fr/desk/questions/{question}/regrade/")
    page.locator("[name=rule][value=none]").check()
    page.locator("[name=reason]").fill("C’était juste.")
    with page.expect_navigation():
        page.locator("button[name=preview]").click()
    assert page.locator("button[name=apply]").count() == 1


def _look(page, size, screenshot, name):
    assert width_of(page) <= size["viewport"]["width"], name
    screenshot(page, name)
    found = Axe().run(page, options={"runOnly": AXE_TAGS}).response["violations"]
    assert not found, [f"{name} {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
