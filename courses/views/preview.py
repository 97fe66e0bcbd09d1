"""Pages as a learner will see them, for editors: from the draft in hand, without an enrolment."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from courses.access import Visit
from courses.catalogue import Catalogue, CourseOutline, LessonEntry, build_course, draft_rows, read_catalogue
from courses.models import CataloguePage, CoursePage, LessonPage, ModulePage
from courses.overview import overview_of
from courses.rendering import render_body
from courses.views.course import course_context
from courses.views.home import catalogue_context
from courses.views.lesson import lesson_context
from courses.views.personal import urls_of

if TYPE_CHECKING:
    from uuid import UUID


def preview_catalogue(request: HttpRequest, page: CataloguePage) -> HttpResponse:
    """Show the catalogue with the introduction in hand."""
    return _show(
        request, page, "courses/catalogue.html", lambda: catalogue_context(read_catalogue(), page.introduction)
    )


def preview_course(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """Show the course with the fields in hand and all its lessons, published or not."""
    return _show(request, page, "courses/course.html", lambda: _course_context(page))


def preview_module(request: HttpRequest, page: ModulePage) -> HttpResponse:
    """Show the course that the module belongs to."""
    return preview_course(request, page.get_parent().specific)


def preview_lesson(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """Show the lesson with the fields in hand."""
    return _show(request, page, "courses/lesson.html", lambda: _lesson_context(page))


def _show(request: HttpRequest, page: Any, template: str, context: Callable[[], dict[str, Any]]) -> HttpResponse:
    """Render in the page's own language, so that the admin's frame may show it."""
    with translation.override(page.locale.language_code):
        response = render(request, template, context())
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


def _outline(page: CoursePage) -> CourseOutline:
    """Return the course of a page, live or not; its own fields are those in hand."""
    fields = {
        f"coursepage__{name}": getattr(page, name)
        for name in ("activity_uuid", "summary", "audience", "objectives", "sensitive_notice", "self_enrolment")
    }
    outline = build_course(draft_rows(page, {"title": page.title, "slug": page.slug, **fields}))
    assert outline is not None  # noqa: S101  # the page itself is among the rows
    return outline


def _alone(outline: CourseOutline) -> Catalogue:
    """Return a catalogue of one course: links of a preview lead within it."""
    editions: dict[UUID, dict[str, CourseOutline]] = {outline.uuid: {outline.language: outline}}
    return Catalogue(courses=editions, by_slug={outline.slug: outline.uuid})
