"""A learner's browser at a post: a course of two lessons and a test, signed in, behind a line of ours."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.models import Login
from assessments import access, papers, versions
from assessments.models import Quiz
from courses.catalogue import CourseOutline, forget_catalogue
from courses.models import Enrolment, LessonPage
from courses.packs.tree import publish
from records.models import Statement
from tests.browser.line import Line, line_to
from tests.factories.accounts import make_login, sign_in
from tests.factories.assessments import QuizFactory, make_question
from tests.factories.courses import load_two_lessons, make_enrolment

COURSE = "/en/courses/two-lessons/"
DEVICE = "/en/device/"
WAIT_MS = 20_000
# Modules as the pages of a test load them: by their own names.
_MODULES = "/static/relais/js/device"
_STATEMENTS = "**/sync/statements/"
_SAY = f"""async ([enrolment, lesson, count]) => {{
  const {{ device }} = await import("{_MODULES}/sync.js");
  const {{ lessonUnit }} = await import("{_MODULES}/ids.js");
  const unit = {{ kind: "lesson", id: await lessonUnit(enrolment, lesson) }};
  const draft = () => ({{
    verb: "progressed", activity: ["lesson", lesson], unit, registration: enrolment,
    facts: {{ enrolment, lesson, place: crypto.randomUUID(), ordinal: 1 }},
  }});
  const said = await (await device()).outbox.add(Array.from({{ length: count }}, draft));
  return said.map(({{ id }}) => id);
}}"""
_STATES = f"""async () => {{
  const {{ device }} = await import("{_MODULES}/sync.js");
  const lines = await (await device()).outbox.list();
  return Object.fromEntries(lines.map(({{ id, state }}) => [id, state]));
}}"""
_SEND = f"""async () => (await (await import("{_MODULES}/sync.js")).device()).send({{ wait: true }})"""


@dataclass
class Post:
    """One learner's browser, and what the site has of them."""

    page: Page
    line: Line
    course: CourseOutline
    quiz: Quiz
    login: Login
    enrolment: Enrolment

    def lesson(self, number: int) -> str:
        """Return the address of a lesson."""
        return f"{COURSE}{self.course.lessons[number - 1].slug}/"

    def expect_sync(self, state: str) -> None:
        """Wait until the sync line says how things are."""
        expect(self.page.locator("[data-sync]")).to_have_attribute("data-state", state, timeout=WAIT_MS)

    def sign_in(self, login: Login) -> None:
        """Let the browser have the session of somebody."""
        cookie = sign_in(Client(), login).cookies[site.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": cookie, "url": self.line.address}])

    def download(self) -> None:
        """Make the course available offline, papers and all."""
        self.page.goto(COURSE)
        self.page.locator("#offline [data-act=start]:visible").click()
        expect(self.page.locator("#offline [data-state=ready]")).to_be_visible(timeout=WAIT_MS)

    def mend(self) -> None:
        """Bring the line up; the browser hears of it."""
        self.line.mend()
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def cut_sending(self) -> None:
        """Let nothing that is sent arrive; pages do."""
        self.page.context.route(_STATEMENTS, lambda route: route.abort())

    def mend_sending(self) -> None:
        """Let it arrive; nobody tells the page."""
        self.page.context.unroute(_STATEMENTS)

    def say(self, count: int, lesson: int = 1) -> list[str]:
        """Say where one reads, some times; return the ids."""
        ids: list[str] = self.page.evaluate(
            _SAY, [str(self.enrolment.pk), str(self.course.lessons[lesson - 1].uuid), count]
        )
        return ids

    def states(self) -> dict[str, str]:
        """Return where each line of the outbox stands, by id."""
        found: dict[str, str] = self.page.evaluate(_STATES)
        return found

    def send(self) -> dict[str, Any]:
        """Send what waits; return the receipt."""
        receipt: dict[str, Any] = self.page.evaluate(_SEND)
        return receipt

    def start_quiz(self) -> None:
        """Begin the test on the site; leaves the page on its first question, with an outbox."""
        self.page.goto(COURSE)
        self.page.locator("#quiz form button").click()
        expect(self.page.locator("[data-place] .choice").first).to_be_visible()
        self.expect_sync("sent")

    def edit_first_lesson(self) -> None:
        """Publish the first lesson with other words."""
        page = LessonPage.objects.get(activity_uuid=self.course.lessons[0].uuid, locale__language_code="en")
        page.lede = "Another beginning."
        publish(page)
        forget_catalogue()


@contextmanager
def open_post(
    live_server: Any, browser: Browser, folder: Path, settings: Any, *, completed_lessons: int = 0
) -> Iterator[Post]:
    """Yield a learner who has read some lessons; the page is still blank."""
    # The browser's own loop runs in this thread from the first test of the session on.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    settings.MEDIA_ROOT, settings.RELAIS_PACKS_DIR = folder / "media", folder / "packs"
    forget_catalogue()
    course = load_two_lessons()
    lessons = [lesson.uuid for lesson in course.lessons]
    for number in range(6):
        make_question(course_uuid=course.uuid, lesson_uuid=lessons[number % 2], number=number)
    quiz = QuizFactory.create(course_uuid=course.uuid, draw=3)
    login = make_login(full_name="Ngolo Traoré")
    enrolment = make_enrolment(login, course, completed_lessons=completed_lessons)
    with line_to(live_server.thread.port) as line:
        context = browser.new_context(base_url=line.address)
        post = Post(context.new_page(), line, course, quiz, login, enrolment)
        post.sign_in(login)
        yield post
        context.close()
    # The database goes away next: a request that is still being answered would find none.
    until(lambda: not [each for each in threading.enumerate() if "process_request" in each.name])
    forget_catalogue()
    for each in (access, papers, versions):
        each.kept.clear()


def said(verb: str = "") -> list[dict[str, Any]]:
    """Return the statements of a device that the site has, in its order, of one verb or of all."""
    bodies = [json.loads(text) for text in Statement.objects.values_list("text", flat=True)]
    found = [each for each in bodies if "device" in each["context"]["extensions"] and each["verb"]["id"].endswith(verb)]
    return sorted(found, key=lambda each: each["context"]["extensions"]["device"]["seq"])


def until(is_so: Callable[[], object], within_s: float = 20) -> None:
    """Wait until something is so; Playwright's own way needs eval, which our policy forbids."""
    give_up_at = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < give_up_at, "it did not come to this"
        time.sleep(0.05)
