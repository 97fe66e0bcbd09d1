"""The courses and lessons that a question can belong to, named in the editor's language."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.catalogue import CourseOutline, read_catalogue

Choice = tuple[str, str]


def published_courses() -> list[CourseOutline]:
    """Return the published courses, each in the editor's language or what stands in for it."""
    return list(read_catalogue().in_language((get_language() or "en").split("-")[0]))


def course_choices(courses: list[CourseOutline], kept: UUID | None = None) -> list[Choice]:
    """Return the choices of a course; a course that is not published any more stays chosen."""
    choices = [(str(course.uuid), course.title) for course in courses]
    return choices + list(_unpublished(kept, {value for value, _title in choices}))


def lesson_choices(courses: list[CourseOutline], kept: UUID | None = None) -> list[tuple[str, list[Choice]]]:
    """Return the choices of a lesson, a group for each course."""
    groups = [(course.title, [(str(lesson.uuid), lesson.title) for lesson in course.lessons]) for course in courses]
    known = {value for _course, lessons in groups for value, _title in lessons}
    if unknown := list(_unpublished(kept, known)):
        groups.append((_("Not published"), unknown))
    return groups


def _unpublished(kept: UUID | None, known: set[str]) -> Iterator[Choice]:
    if kept and str(kept) not in known:
        yield str(kept), _("Not published (%(id)s)") % {"id": str(kept)[:8]}
