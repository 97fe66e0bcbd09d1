"""Editing in Wagtail's admin: previews of drafts, and what an editor may not leave out."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError

from courses.blocks import LessonBlocks
from courses.catalogue import CourseOutline
from courses.models import CataloguePage, CoursePage, LessonPage, ModulePage
from tests.factories.accounts import make_login, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, course: CourseOutline) -> Client:
    sign_in(client, make_login("editor", everywhere=True))
    return client


@pytest.mark.parametrize(
    ("kind", "field", "slug"),
    [
        (CataloguePage, "introduction", "catalogue-fr"),
        (CoursePage, "summary", "two-lessons"),
        (LessonPage, "lede", "tous-les-blocs"),
        (LessonPage, "title", "every-block"),
    ],
)
def test_editor_previews_a_draft_that_learners_do_not_see(editor: Client, kind: Any, field: str, slug: str) -> None:
    page = kind.objects.filter(slug=slug).first()
    setattr(page, field, "Words of a draft")
    page.save_revision(log_action=True)
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    assert "Words of a draft" in response.content.decode()
    assert f'<html lang="{page.locale.language_code}"' in response.content.decode()


def test_editor_previews_a_module_as_its_course(editor: Client) -> None:
    page = ModulePage.objects.get(slug="tout")
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "Deux leçons" in response.content.decode()


def test_preview_may_be_framed_by_the_admin_only(editor: Client) -> None:
    page = LessonPage.objects.get(slug="every-block")
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    public = editor.get("/en/courses/two-lessons/every-block/")
    assert "frame-ancestors 'none'" in public["Content-Security-Policy"]


def test_learner_does_not_reach_previews(client: Client, course: CourseOutline) -> None:
    sign_in(client, make_login())
    page = LessonPage.objects.get(slug="every-block")
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code in {302, 403}


def test_edit_page_opens_and_links_to_the_learners_address(editor: Client) -> None:
    page = LessonPage.objects.get(slug="tous-les-blocs")
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert page.get_url() == "/fr/courses/two-lessons/tous-les-blocs/"


@pytest.mark.parametrize("kind", ["coursepage", "modulepage", "lessonpage"])
def test_form_for_a_new_page_opens(editor: Client, kind: str) -> None:
    parent = {
        "coursepage": CataloguePage.objects.get(slug="catalogue-en"),
        "modulepage": CoursePage.objects.get(locale__language_code="en"),
        "lessonpage": ModulePage.objects.get(slug="all"),
    }[kind]
    response = editor.get(reverse("wagtailadmin_pages:add", args=["courses", kind, parent.pk]))
    assert response.status_code == 200


def test_lesson_that_was_never_saved_has_a_preview(editor: Client) -> None:
    module = ModulePage.objects.get(slug="all")
    page = LessonPage(title="New", slug="new", locale=module.locale, activity_uuid=uuid4(), minutes=5)
    page.body = LessonBlocks().to_python(
        [{"type": "text", "value": {"heading": "H", "body": "<p>B</p>", "sources": []}, "id": str(uuid4())}]
    )
    page.depth, page.path = module.depth + 1, f"{module.path}9999"
    page.set_url_path(module)
    response = page.make_preview_request()
    assert response.status_code == 200
    assert "Lesson 3 of 3" in response.content.decode()


def test_lesson_needs_a_text() -> None:
    page = LessonPage(title="T", slug="t", minutes=5)
    page.body = LessonBlocks().to_python([{"type": "key_points", "value": {"items": ["a"]}}])
    with pytest.raises(ValidationError, match="at least one text block"):
        page.clean()


@pytest.mark.parametrize("slug", ["enrol", "hard-to-read"])
def test_lesson_needs_an_address_of_its_own(course: CourseOutline, slug: str) -> None:
    page = LessonPage.objects.get(slug="every-block")
    page.slug = slug
    with pytest.raises(ValidationError, match=r"has this address|already in use"):
        page.clean()


def test_picture_needs_a_description() -> None:
    blocks = LessonBlocks()
    value = blocks.to_python([{"type": "image", "value": {"image": None, "alt": "", "caption": ""}}])
    with pytest.raises(StreamBlockValidationError) as caught:
        blocks.clean(value)
    assert "alt" in str(caught.value.as_json_data())


def test_authored_script_is_not_shown(editor: Client) -> None:
    page = LessonPage.objects.get(slug="hard-to-read")
    raw = page.body.get_prep_value()
    raw[0]["value"]["body"] = '<p onclick="x()">Fine<script>alert(1)</script><a href="javascript:x()">go</a></p>'
    raw[0]["value"]["heading"] = "<img src=x onerror=alert(1)>"
    page.body = LessonBlocks().to_python(raw)
    page.save_revision(log_action=True).publish()
    text = editor.get("/en/courses/two-lessons/hard-to-read/").content.decode()
    assert "Fine" in text
    for bad in ("<script>alert", "onclick", "javascript:", "<img src=x"):
        assert bad not in text
