"""A national edition: a trainer copies and adapts a course, a colleague approves, an upstream change is adopted."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP
from tests.browser.steps import width_of

COURSE = "/fr/courses/first-aid-kit/"
LESSON = "pourquoi-la-premiere-heure-compte"
OWN_TITLE, THEIR_WORDS = "Au Mali, la première heure", "La source vient de changer cette phrase."
# Another day: the edition opens, and the source's editors change a lesson. Prints the numbers of the edition's pages
# and what the source's lesson said.
ANOTHER_DAY = """
from courses.models import CoursePage, LessonPage
for page in CoursePage.objects.filter(edition='ml'): page.save_revision().publish()
lessons = LessonPage.objects.filter(slug='{slug}', locale__language_code='fr')
source = lessons.get(edition='international')
print(CoursePage.objects.get(edition='ml', locale__language_code='fr').pk, lessons.get(edition='ml').pk, source.lede)
source.lede = '''{words}'''
source.save_revision(log_action=True).publish()
"""
TAKE_BACK = """
from courses.models import CoursePage
for page in CoursePage.objects.filter(edition='ml'): page.delete()
from courses.models import LessonPage
source = LessonPage.objects.get(edition='international', slug='{slug}', locale__language_code='fr')
source.lede = '''{words}''' or source.lede
source.save_revision(log_action=True).publish()
"""


@pytest.fixture
def lede(demo: Any) -> Iterator[list[str]]:
    """Take back what the journey makes; the list holds what the source's lesson said before."""
    before: list[str] = []
    yield before
    demo.run(TAKE_BACK.format(slug=LESSON, words="".join(before)))


def make_edition(page: Page) -> None:
    page.goto(COURSE)
    page.locator("a[href$='/adapt/']").click()
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile(r"/cms/pages/\d+/$"))


def adapt(page: Page, number: str) -> None:
    """Give a lesson another title and send it to review."""
    page.goto(f"/cms/pages/{number}/edit/")
    page.locator("#id_title").fill(OWN_TITLE)
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with page.expect_navigation():
        page.locator("footer button[name=action-submit]").click()


def approve(page: Page, number: str) -> None:
    page.goto(f"/cms/pages/{number}/edit/")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with page.expect_navigation():
        page.locator("[data-workflow-action-name=approve]").first.click()


def test_national_adaptation_adopts_an_upstream_change(
    open_context: Any, sign_in: Any, demo: Any, lede: list[str], screenshot: Any
) -> None:
    trainer, editor = (open_context(locale="fr-FR", **DESKTOP).new_page() for _who in range(2))
    sign_in(trainer, "trainer")
    make_edition(trainer)
    course, lesson, said = demo.run(ANOTHER_DAY.format(slug=LESSON, words=THEIR_WORDS)).split(" ", 2)
    lede.append(said)
    adapt(trainer, lesson)

    sign_in(editor, "editor")
    approve(editor, lesson)
    editor.goto(f"/cms/editions/{course}/upstream/")
    # The own title stands beside the source's new words: both are kept.
    expect(editor.locator("ins", has_text="La source vient de changer")).to_be_visible()
    expect(editor.locator("input[value=merge]")).to_be_checked()
    screenshot(editor, "upstream")
    editor.set_viewport_size({"width": 320, "height": 700})
    assert width_of(editor) <= 320
    editor.locator(".e-adopt button").click()
    expect(editor.locator("input[type=radio]")).to_have_count(0)

    editor.goto(f"/fr/courses/first-aid-kit-ml/{LESSON}/")
    expect(editor.locator("h1")).to_have_text(OWN_TITLE)
    expect(editor.locator(".lede")).to_have_text(THEIR_WORDS)
    editor.goto(f"{COURSE}{LESSON}/")
    expect(editor.locator("h1")).not_to_have_text(OWN_TITLE)
    screenshot(editor, "international")
