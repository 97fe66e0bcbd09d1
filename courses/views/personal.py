"""What all pages of courses share: they are one person's, and belong to a menu entry."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import get_language

from courses.catalogue import Catalogue, CourseOutline

View = Callable[..., HttpResponse]


def personal(section: str) -> Callable[[View], View]:
    """Let no cache keep the page, and mark the menu entry it belongs to."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "no-store, private"
            return response

        answer.section = section  # type: ignore[attr-defined]  # read by elearning.context
        return answer

    return decorate


def page_language() -> str:
    """Return the language of the page."""
    return get_language() or "en"


def urls_of(catalogue: Catalogue, course: CourseOutline) -> dict[UUID | None, str]:
    """Return the addresses of a course (under None) and of its lessons in the language of the page."""
    language = page_language()
    urls: dict[UUID | None, str] = {
        entry.uuid: catalogue.addresses(course.uuid, entry.uuid, course.edition)[language] for entry in course.lessons
    }
    urls[None] = catalogue.addresses(course.uuid, edition=course.edition)[language]
    return urls


def content_language(course: CourseOutline) -> dict[str, str]:
    """Return lang, dir and both as `attributes` for content in another language; nothing where it is the page's."""
    if course.language == page_language():
        return {}
    direction = "rtl" if course.language in settings.LANGUAGES_BIDI else "ltr"
    attributes = format_html(' lang="{}" dir="{}"', course.language, direction)
    return {"lang": course.language, "dir": direction, "attributes": attributes}
