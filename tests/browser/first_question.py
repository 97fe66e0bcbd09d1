"""A learner at the first question of a test, on Django's own live server: one page with an outbox, one without."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from tests.assessments.sitting import Sitting
from tests.factories.accounts import sign_in
from tests.factories.assessments import Course

# The browser's own loop runs in this thread from the first test of the session on.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@contextmanager
def at_first_question(
    browser: Browser, course: Course, address: str, *, has_outbox: bool, language: str = "en", **options: Any
) -> Iterator[Page]:
    """Yield the page, signed in; `options` are those of the browser's context."""
    sitting = Sitting(sign_in(Client(), course.login), course.quiz.uuid)
    attempt = sitting.start()
    cookie = sitting.client.cookies[settings.SESSION_COOKIE_NAME].value
    # What a worker fetches is not reached by a route: these tests are about the page.
    usual = {"viewport": {"width": 390, "height": 844}, "service_workers": "block"}
    context: BrowserContext = browser.new_context(**(usual | options))
    if not has_outbox:
        context.route("**/sync/**", lambda route: route.abort())
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/{language}/attempts/{attempt}/1/")
    yield page
    context.close()
