"""How an author looks at a draft: at sizes, offline as a device shows it, right to left; and publishing on a day."""

import datetime as dt
import json
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from courses.catalogue import CourseOutline
from courses.models import CoursePage, LessonPage
from courses.models.pages import ActivityPage
from elearning.lib.due import run_due_works
from tests.factories.accounts import make_login, sign_in
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(db: None) -> CourseOutline:
    return make_course("kit")


@pytest.fixture
def editor(client: Client, source: CourseOutline) -> Client:
    return sign_in(client, make_login("editor", everywhere=True))


def draft(editor: Client, page: Page, mode: str) -> Any:
    return editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]) + f"?mode={mode}")


@pytest.mark.parametrize("kind", ActivityPage.__subclasses__())
def test_every_page_of_a_course_has_modes_and_sizes(kind: Any) -> None:
    page = kind()
    assert [mode for mode, _label in page.preview_modes] == ["", "offline", "right-to-left"]
    assert [size["device_width"] for size in page.preview_sizes] == [390, 768, 1280]


@pytest.mark.parametrize("kind", [CoursePage, LessonPage])
def test_draft_is_shown_right_to_left(editor: Client, kind: Any) -> None:
    page = kind.objects.first()
    assert '<html lang="en" dir="ltr">' in draft(editor, page, "").content.decode()
    assert '<html lang="en" dir="rtl">' in draft(editor, page, "right-to-left").content.decode()


def test_draft_is_shown_as_a_pack_would_hold_it(editor: Client) -> None:
    page = LessonPage.objects.get(slug="lesson-2")
    page.title = "Words of a draft"
    page.save_revision()
    response = draft(editor, page, "offline")
    shown = response.content.decode()
    found = re.search(r'id="preview-data" type="application/json">(.*?)</script>', shown, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert data["lesson"]["title"] == "Words of a draft"
    assert [each["heading"] for each in data["lesson"]["parts"]] == ["Part 1", "Part 2"]
    assert data["course"]["slug"] == "kit"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    # Nothing of who looks stands in it, as on a device.
    assert "device/sync.js" not in shown


def test_course_is_shown_offline_too(editor: Client) -> None:
    shown = draft(editor, CoursePage.objects.get(), "offline").content.decode()
    assert 'id="preview-data"' in shown
    assert 'data-view="course"' in shown


def test_page_is_published_on_its_day(source: CourseOutline) -> None:
    page = LessonPage.objects.get(slug="lesson-1")
    page.title = "From Monday on"
    page.go_live_at = timezone.now() + dt.timedelta(days=1)
    page.save_revision().publish()
    assert run_due_works(timezone.now(), ["publishing"])[0].done == 0
    assert LessonPage.objects.get(pk=page.pk).title == "Lesson 1 en"
    with time_machine.travel(page.go_live_at + dt.timedelta(minutes=1), tick=False):
        assert run_due_works(timezone.now(), ["publishing"])[0].done == 1
    assert LessonPage.objects.get(pk=page.pk).title == "From Monday on"
