"""Editions for tests: a course in two languages, Mali's edition of it, and people who write for a country."""

from typing import Any

from accounts.models import Country, Login
from courses.catalogue import CourseOutline, forget_catalogue
from courses.editions.copying import copy_course_for
from courses.models import CoursePage, LessonPage
from courses.packs.tree import publish
from tests.factories.accounts import make_login
from tests.factories.courses import make_course


def make_source(*languages: str) -> CourseOutline:
    """Publish an international course of two lessons, in English and in other languages."""
    return make_course("kit", languages=("en", *languages))


def make_edition(
    course: CourseOutline, country: Country, *, by: Login | None = None, is_open: bool = True
) -> list[CoursePage]:
    """Make a country's edition; open it to learners."""
    pages = copy_course_for(by=by or make_login("editor", country), course=course.uuid, country=country)
    for page in pages if is_open else ():
        publish(page)
    forget_catalogue()
    return pages


def lesson_of(edition: str, slug: str = "lesson-1", language: str = "en") -> LessonPage:
    """Return the page of a lesson of an edition, as the database has it now."""
    page: LessonPage = LessonPage.objects.get(edition=edition, slug=slug, locale__language_code=language)
    return page


def write(page: Any, **fields: Any) -> Any:
    """Publish other words for a page; `part` is the text of its first block."""
    part = fields.pop("part", None)
    for name, value in fields.items():
        setattr(page, name, value)
    if part is not None:
        blocks = page.body.get_prep_value()
        blocks[0]["value"]["body"] = part
        page.body = page.body.stream_block.to_python(blocks)
    publish(page)
    forget_catalogue()
    return type(page).objects.get(pk=page.pk)
