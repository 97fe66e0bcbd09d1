"""What a course promises at its end: read from what is published, in all languages."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from certificates.errors import CourseUnpublishedError
from courses.catalogue import read_catalogue
from courses.models import LessonPage


@dataclass(frozen=True, slots=True)
class CourseTerms:
    """How the award of a course is called, by language, which version it is, and for how long it holds."""

    titles: dict[str, str]
    version: int
    valid_months: int
    # What the published lessons take, by their ids as they stand in an outline.
    minutes: dict[str, int]


def terms_of(course: UUID, language: str, edition: str = "") -> CourseTerms:
    """Return the terms of a published course; raise CourseUnpublishedError. One query.

    The page in the learner's language and edition decides about version and months: it is what was read.
    """
    catalogue = read_catalogue()
    outline = catalogue.course(course, language, edition)
    if outline is None:
        raise CourseUnpublishedError(course)
    languages = catalogue.languages_of(course, edition)
    titles = {code: each.certificate_title or each.title for code, each in languages.items()}
    minutes = {str(lesson.uuid): lesson.minutes for lesson in outline.lessons}
    return CourseTerms(titles, outline.certificate_version, outline.certificate_valid_months, minutes)


def course_titles(courses: Collection[UUID], language: str) -> dict[UUID, str]:
    """Return the titles of courses in a language, with words for one that is not published. One query."""
    catalogue = read_catalogue()
    outlines = {course: catalogue.course(course, language.split("-", maxsplit=1)[0]) for course in courses}
    return {
        course: outline.title if outline else gettext("Course that is not published here")
        for course, outline in outlines.items()
    }


def minutes_of(lessons: Collection[str], terms: CourseTerms, language: str) -> int:
    """Return how long the lessons take together; one query where some are no longer published."""
    missing = [lesson for lesson in lessons if lesson not in terms.minutes]
    published = sum(terms.minutes[lesson] for lesson in lessons if lesson in terms.minutes)
    return published + (_unpublished_minutes(missing, language) if missing else 0)


def _unpublished_minutes(lessons: Collection[str], language: str) -> int:
    rows = LessonPage.objects.filter(activity_uuid__in=lessons).values_list(
        "activity_uuid", "locale__language_code", "minutes"
    )
    # A lesson without a page in the language counts by another language's: of two the last one stays.
    ordered = sorted(rows, key=lambda row: (row[1] == language, row[1]))
    return sum({lesson: minutes for lesson, _language, minutes in ordered}.values())
