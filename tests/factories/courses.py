"""Published courses and enrolments, for tests."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from accounts.models import Login
from courses.actions import complete_lesson, enrol
from courses.catalogue import CourseOutline, read_catalogue
from courses.models import CoursePage, Enrolment, LessonPage, ModulePage, SheetPage
from courses.packs.tree import catalogue_page, fit_site, publish
from courses.packs.writing import load_pack
from elearning.lib.ids import derived_uuid

PACKS = Path(__file__).parents[1] / "data" / "packs"
TWO_LESSONS = PACKS / "two-lessons"


def make_course(
    slug: str = "first-aid",
    *,
    lessons: int = 2,
    languages: tuple[str, ...] = ("en",),
    course_uuid: UUID | None = None,
    **fields: Any,
) -> CourseOutline:
    """Publish a course of one module; return its outline in the first language."""
    uuid = course_uuid or uuid4()
    fit_site()
    for language in languages:
        course = _publish(
            catalogue_page(language),
            CoursePage(
                **{
                    "title": f"Course {slug}",
                    "summary": "What it is about.",
                    "objectives": "One\nTwo",
                    "self_enrolment": True,
                    "certificate_title": "Course",
                    "source_version": "1",
                }
                | fields,
                slug=slug,
                activity_uuid=uuid,
                translation_key=uuid,
            ),
        )
        module_uuid = derived_uuid("test-module", uuid)
        module = ModulePage(title="Module", slug="module", activity_uuid=module_uuid, translation_key=module_uuid)
        _publish(course, module)
        for number in range(1, lessons + 1):
            _publish(module, lesson_page(uuid, number, language))
    outline = read_catalogue().course(uuid, languages[0])
    assert outline is not None
    return outline


def lesson_page(course_uuid: UUID, number: int, language: str = "en", **fields: Any) -> LessonPage:
    """Return a lesson of two parts, not saved; its blocks have the same ids in every language."""
    uuid = derived_uuid("test-lesson", course_uuid, number)
    body = [
        {
            "type": "text",
            "id": str(derived_uuid("test-block", uuid, part)),
            "value": {"heading": f"Part {part}", "body": f"<p>Text {language}</p>", "sources": []},
        }
        for part in (1, 2)
    ]
    given = {
        "title": f"Lesson {number} {language}",
        "slug": f"lesson-{number}",
        "lede": "Begin.",
        "minutes": 5,
    } | fields
    return LessonPage(activity_uuid=uuid, translation_key=uuid, body=body, **given)


def load_two_lessons(language: str = "en") -> CourseOutline:
    """Load the pack of tests/data; return its course."""
    load_pack(TWO_LESSONS)
    outline = read_catalogue().course_by_slug(language, "two-lessons")
    assert outline is not None
    return outline


def make_enrolment(login: Login, course: CourseOutline, *, completed_lessons: int = 0) -> Enrolment:
    """Enrol by the action; complete the first lessons."""
    enrolment = enrol(by=login, course=course)
    for lesson in course.lessons[:completed_lessons]:
        complete_lesson(by=login, enrolment=enrolment, lesson_uuid=lesson.uuid)
    return enrolment


def _publish(parent: Any, page: Any) -> Any:
    page.locale = parent.locale
    parent.refresh_from_db()
    parent.add_child(instance=page)
    publish(page)
    return page


def make_sheet(
    course: CourseOutline, kind: str = "job_aid", slug: str = "at-hand", *, language: str = "en"
) -> SheetPage:
    """Publish a sheet below a course's page in one language."""
    parent = CoursePage.objects.get(activity_uuid=course.uuid, locale__language_code=language, edition=course.edition)
    uuid = derived_uuid("test-sheet", course.uuid, slug)
    body = [
        {
            "type": "checklist",
            "id": str(derived_uuid("test-block", uuid, 1)),
            "value": {"title": "Before you speak", "items": [{"text": f"A quiet place {language}", "source": ""}]},
        }
    ]
    page = SheetPage(
        title=f"Sheet {slug}",
        slug=slug,
        kind=kind,
        lede="Keep it at the desk.",
        activity_uuid=uuid,
        translation_key=uuid,
        edition=course.edition,
        body=body,
    )
    published: SheetPage = _publish(parent, page)
    return published
