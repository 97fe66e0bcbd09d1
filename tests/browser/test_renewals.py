"""A course and a site that change under somebody: what is open stays as it was, until its reader says otherwise."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from assessments.models import Attempt, QuestionText
from assessments.publishing import publish
from sync.views import worker
from tests.browser.post import COURSE, WAIT_MS, Post, open_post, said, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post(transactional_db: None, live_server: Any, browser: Any, tmp_path: Any, settings: Any) -> Iterator[Post]:
    with open_post(live_server, browser, tmp_path, settings, completed_lessons=2) as post:
        yield post


def test_an_update_of_the_course_leaves_an_open_attempt_as_it_was(post):
    page = post.page
    fetched: list[str] = []
    page.on("response", lambda reply: fetched.append(reply.url) if "/files/" in reply.url and reply.ok else None)
    post.download()
    post.line.cut()
    begin_here(post)
    stems = [answer_here(page, 1), answer_here(page, 2)]
    attempt = page.url.rpartition("/attempts/")[2].partition("/")[0]
    post.expect_sync("offline")
    change_the_course(post)
    fetched.clear()
    post.line.mend()
    page.goto(COURSE)
    page.locator("#offline [data-state=update]:visible [data-act=start]").click()
    expect(page.locator("#offline [data-state=ready]")).to_be_visible(timeout=WAIT_MS)
    [address] = fetched
    assert address.split("/")[-2] in lesson_files(page, str(post.course.lessons[0].uuid))
    post.expect_sync("sent")
    post.line.cut()
    for number, stem in enumerate(stems, 1):
        page.goto(f"/en/attempts/{attempt}/{number}/")
        expect(page.locator("[data-question] legend")).to_have_text(stem, timeout=WAIT_MS)
        expect(page.locator("[data-question] input[name=response]:checked")).to_have_count(1)
    page.goto(f"/en/attempts/{attempt}/3/")
    assert "Changed" not in answer_here(page, 3)
    page.locator("main [data-do=hand-in]").click()
    expect(page.locator("h1")).to_contain_text("waiting for its result", timeout=WAIT_MS)
    post.mend()
    post.expect_sync("sent")
    found = Attempt.objects.get()
    assert str(found.pk) == attempt
    assert found.handed_in_at
    assert found.flags == ""
    assert len(said("answered")) == 3


def begin_here(post: Post) -> None:
    """Begin the test on the device; leaves the page on its first question."""
    page = post.page
    page.goto(COURSE)
    page.get_by_role("main").get_by_role("link", name="Final test").click()
    page.locator("main [data-do=begin]").click()


def answer_here(page: Page, number: int) -> str:
    """Answer a question with its first choice and go on; return its words."""
    expect(page.locator("main .bar b")).to_contain_text(f"Question {number} ", timeout=WAIT_MS)
    page.locator("main [data-question] .choice").first.click()
    expect(page.locator("main [data-status] .saved")).to_be_visible()
    stem = page.locator("[data-question] legend").inner_text()
    page.locator("main [data-do=continue]").click()
    return stem


def change_the_course(post: Post) -> None:
    """Publish another lesson and other questions."""
    post.edit_first_lesson()
    for text in QuestionText.objects.filter(language="en"):
        text.stem = f"Changed. {text.stem}"
        text.save()
        publish(text.question)


def lesson_files(page: Page, lesson: str) -> set[str]:
    """Return the hashes of a lesson's files in the manifest in force."""
    ask = "async (course) => (await (await fetch(`/packs/${course}/manifest/`)).json()).text"
    files = json.loads(page.evaluate(ask, page.locator("#offline").get_attribute("data-course")))["files"]
    return {each["sha256"] for each in files if lesson in each["path"]}


def test_word_of_a_new_version_waits_until_the_quiz_is_over_on_the_site(post, monkeypatch):
    page = post.page
    post.start_quiz()
    renew_site(post, monkeypatch)
    notice = page.locator("[data-update]")
    expect(notice).to_be_hidden()
    page.locator("[data-review]").first.click()
    expect(page.get_by_role("heading", name="Your answers")).to_be_visible()
    expect(notice).to_be_hidden()
    page.goto(COURSE)
    take_it(page, notice)


def test_word_of_a_new_version_goes_away_while_a_quiz_is_open_on_the_device(post, monkeypatch):
    page = post.page
    post.download()
    post.line.cut()
    page.goto(COURSE)
    link = page.get_by_role("main").get_by_role("link", name="Final test")
    expect(link).to_be_visible(timeout=WAIT_MS)
    post.line.mend()
    renew_site(post, monkeypatch)
    notice = page.locator("[data-update]")
    expect(notice).to_be_visible()
    link.click()
    page.locator("main [data-do=begin]").click()
    answer_here(page, 1)
    expect(page.locator("main .bar b")).to_contain_text("Question 2 ")
    expect(notice).to_be_hidden()
    page.goto(COURSE)
    take_it(page, notice)
    assert len(said("answered")) == 1


def renew_site(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the site another version, and wait until the browser has it ready."""
    post.page.evaluate("async () => void (await navigator.serviceWorker.ready)")
    source = worker._configured_worker()
    version = json.loads(source.partition("= ")[2].partition(";\n")[0])["version"]
    monkeypatch.setattr(worker, "_configured_worker", lambda: source.replace(version, "f" * 16))
    post.page.evaluate("async () => void (await (await navigator.serviceWorker.ready).update())")
    until(lambda: post.page.evaluate("async () => Boolean((await navigator.serviceWorker.ready).waiting)"))


def take_it(page: Page, notice: Locator) -> None:
    """Take the new version by the notice."""
    expect(notice).to_be_visible(timeout=WAIT_MS)
    with page.expect_navigation():
        notice.locator("button").click()
    until(lambda: f"relais-shell-{'f' * 16}" in page.evaluate("caches.keys()"))
    expect(notice).to_be_hidden()
