"""Pages as a learner will see them, for editors: from the draft in hand, without an enrolment."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from courses.access import SheetVisit, Visit
from courses.catalogue import (
    Catalogue,
    CourseOutline,
    LessonEntry,
    SheetEntry,
    build_course,
    catalogue_of,
    draft_rows,
    read_catalogue,
)
from courses.editions.previewing import OFFLINE, RIGHT_TO_LEFT, preview_offline
from courses.models import CataloguePage, CoursePage, LessonPage, ModulePage, SheetPage
from courses.overview import overview_of
from courses.rendering import render_body
from courses.views.course import course_context
from courses.views.home import catalogue_context
from courses.views.lesson import lesson_context
from courses.views.personal import urls_of
from courses.views.sheet import sheet_context

# The fields of a course that its page shows.
_IN_HAND = (
    *("activity_uuid", "summary", "audience", "objectives", "sensitive_notice", "self_enrolment"),
    *("collection", "position", "lesson_length", "reserved_for"),
)


def preview_catalogue(request: HttpRequest, page: CataloguePage) -> HttpResponse:
    """Show the catalogue with the introduction in hand."""
    return _show(
        request, page, "courses/catalogue.html", lambda: catalogue_context(read_catalogue(), page.introduction)
    )


def preview_course(request: HttpRequest, page: CoursePage, mode: str = "") -> HttpResponse:
    """Show the course with the fields in hand and all its lessons, published or not."""
    return _show(request, page, "courses/course.html", lambda: _course_context(page), mode)


def preview_module(request: HttpRequest, page: ModulePage, mode: str = "") -> HttpResponse:
    """Show the course that the module belongs to."""
    return preview_course(request, page.get_parent().specific, mode)


def preview_lesson(request: HttpRequest, page: LessonPage, mode: str = "") -> HttpResponse:
    """Show the lesson with the fields in hand."""
    return _show(request, page, "courses/lesson.html", lambda: _lesson_context(page), mode)


def preview_sheet(request: HttpRequest, page: SheetPage, mode: str = "") -> HttpResponse:
    """Show the sheet with the fields in hand."""
    return _show(request, page, "courses/sheet.html", lambda: _sheet_context(page), mode)


def _show(
    request: HttpRequest, page: Any, template: str, context: Callable[[], dict[str, Any]], mode: str = ""
) -> HttpResponse:
    """Render in the page's own language, so that the admin's frame may show it; in a mode of courses.editions."""
    with translation.override(page.locale.language_code):
        shown = context() | {"is_right_to_left": mode == RIGHT_TO_LEFT}
        offline = preview_offline(request, shown) if mode == OFFLINE else None
        response = offline or render(request, template, shown)
    response._csp_update = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]  # noqa: SLF001  # django-csp's door
    return response


def _course_context(page: CoursePage) -> dict[str, Any]:
    outline = _outline(page)
    urls = urls_of(_alone(outline), outline)
    return course_context(overview_of(outline, None, {}, urls), {}) | {"is_preview": True}


def _lesson_context(page: LessonPage) -> dict[str, Any]:
    course = page.get_parent().get_parent().specific
    entry = LessonEntry(
        page_id=page.pk or 0,
        uuid=page.activity_uuid,
        language=page.locale.language_code,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        minutes=page.minutes,
        is_sensitive=page.is_sensitive,
        version="",
    )
    outline = _outline(course)
    visit = Visit(_alone(outline), outline, entry, None, "", is_completed=False)
    return lesson_context(visit, render_body(page, entry.language)) | {"is_preview": True}


def _sheet_context(page: SheetPage) -> dict[str, Any]:
    entry = SheetEntry(
        page_id=page.pk or 0,
        uuid=page.activity_uuid,
        language=page.locale.language_code,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        kind=page.kind,
        version="",
    )
    outline = _outline(page.get_parent().specific)
    visit = SheetVisit(_alone(outline), outline, entry, None)
    return sheet_context(visit, render_body(page, entry.language)) | {"is_preview": True}


def _outline(page: CoursePage) -> CourseOutline:
    """Return the course of a page, live or not; its own fields are those in hand."""
    fields = {f"coursepage__{name}": getattr(page, name) for name in _IN_HAND}
    outline = build_course(draft_rows(page, {"title": page.title, "slug": page.slug, **fields}))
    assert outline is not None  # noqa: S101  # the page itself is among the rows
    return outline


def _alone(outline: CourseOutline) -> Catalogue:
    """Return a catalogue of one course: links of a preview lead within it."""
    return catalogue_of([outline])
