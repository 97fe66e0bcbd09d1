"""The course and its lessons as files of data, one of each for a language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.templatetags.static import static
from django.utils import translation

from assessments.models import Quiz
from courses.catalogue import CourseOutline, LessonEntry, ModuleEntry, SheetEntry
from courses.parts import quizzes_of
from courses.rendering import LessonBody, lesson_body, sheet_body
from sync.packs.content import Content, json_content

# Stands for the address of the icons: a new release of the site gives it another one, and no lesson changes.
ICONS = "relais:icons"


def course_file(outline: CourseOutline, slugs: Mapping[str, str], quizzes: Sequence[Quiz]) -> Content:
    """Return what the pages about a course show, in one language."""
    value = course_value(outline, slugs, quizzes)
    return json_content(f"course.{outline.language}.json", outline.language, "course", value)


def course_value(outline: CourseOutline, slugs: Mapping[str, str], quizzes: Sequence[Quiz]) -> dict[str, Any]:
    """Return what the pages about a course show, of any state of it."""
    return {
        "course": str(outline.uuid),
        "lang": outline.language,
        "slug": outline.slug,
        "slugs": dict(slugs),
        "title": outline.title,
        "summary": outline.summary,
        "audience": outline.audience,
        "objectives": list(outline.objectives),
        "notice": outline.sensitive_notice,
        "minutes": outline.minutes,
        "edition": outline.edition,
        "source_version": outline.source_version,
        "certificate_title": outline.certificate_title,
        "certificate_valid_months": outline.certificate_valid_months,
        "modules": [_module(each, outline.language) for each in outline.modules],
        "collection": outline.collection,
        "position": outline.position,
        "job_aids": [_job_aid(sheet) for sheet in job_aids(outline)],
        "quizzes": list(_quizzes(outline, quizzes)),
    }


def lesson_file(lesson: LessonEntry) -> Content:
    """Return one lesson in one language. One query where its body is not kept."""
    return json_content(lesson_path(lesson), lesson.language, "lesson", lesson_value(lesson, lesson_body(lesson)))


def lesson_value(lesson: LessonEntry, body: LessonBody) -> dict[str, Any]:
    """Return what the page of a lesson shows, with any state of its body."""
    return {
        "uuid": str(lesson.uuid),
        "lang": lesson.language,
        "slug": lesson.slug,
        "title": lesson.title,
        "lede": body.lede,
        "notice": neutral(body.notice),
        "body": neutral(body.html),
        "parts": [{"id": part.block_id, "heading": part.heading} for part in body.parts],
        "is_sensitive": lesson.is_sensitive,
        "has_path": body.has_path,
        "minutes": lesson.minutes,
    }


def job_aids(outline: CourseOutline) -> list[SheetEntry]:
    """Return the sheets that devices carry: never those for trainers."""
    return [sheet for sheet in outline.sheets if sheet.language == outline.language and not sheet.is_for_staff]


def sheet_file(sheet: SheetEntry) -> Content:
    """Return one job aid in one language. One query where its body is not kept."""
    body = sheet_body(sheet)
    value = {
        "uuid": str(sheet.uuid),
        "lang": sheet.language,
        "slug": sheet.slug,
        "title": sheet.title,
        "lede": body.lede,
        "body": neutral(body.notice + body.html),
    }
    return json_content(sheet_path(sheet), sheet.language, "sheet", value)


def sheet_path(sheet: SheetEntry) -> str:
    """Return where a job aid stands in the pack."""
    return f"sheets/{sheet.uuid}.{sheet.language}.json"


def lesson_path(lesson: LessonEntry) -> str:
    """Return where a lesson stands in the pack."""
    return f"lessons/{lesson.uuid}.{lesson.language}.json"


def practice_path(quiz: Quiz) -> str:
    """Return where the questions of a practice quiz stand in the pack."""
    return f"practice/{quiz.uuid}.json"


# The choice between sizes of a picture: a device has one of them.
_SIZES = re.compile(r' srcset="[^"]*"(?: sizes="[^"]*")?')


def neutral(html: str) -> str:
    """Return HTML without what changes with a release of the site, and without files that a device does not have."""
    html = _SIZES.sub("", str(html))
    return re.sub(rf"{re.escape(static('relais/icons.svg'))}(?=#)", ICONS, str(html))


def _job_aid(sheet: SheetEntry) -> dict[str, str]:
    return {
        "uuid": str(sheet.uuid),
        "slug": sheet.slug,
        "title": sheet.title,
        "summary": sheet.summary,
        "file": sheet_path(sheet),
    }


def _module(module: ModuleEntry, language: str) -> dict[str, Any]:
    return {
        "uuid": str(module.uuid),
        "title": module.title,
        "summary": module.summary,
        "lessons": [
            {
                "uuid": str(lesson.uuid),
                "slug": lesson.slug,
                "title": lesson.title,
                "summary": lesson.summary,
                "minutes": lesson.minutes,
                "is_sensitive": lesson.is_sensitive,
                "file": lesson_path(lesson),
            }
            for lesson in module.lessons
            if lesson.language == language
        ],
    }


def _quizzes(outline: CourseOutline, quizzes: Sequence[Quiz]) -> Iterator[dict[str, Any]]:
    with translation.override(outline.language):
        described = {each.uuid: each.description for each in quizzes_of(outline.uuid, outline.language)}
    for quiz in quizzes:
        yield {
            "uuid": str(quiz.uuid),
            "class": str(quiz.quiz_class),
            "title": quiz.title_in(outline.language),
            "description": described.get(quiz.uuid, ""),
            "instructions": quiz.instructions_in(outline.language),
            "draw": quiz.draw,
            "pass_mark_percent": quiz.pass_mark_percent,
            "attempt_limit": quiz.attempt_limit,
            "time_limit_s": quiz.time_limit_s,
            "opens_after": str(quiz.opens_after),
            "behaviour": str(quiz.behaviour),
            "file": practice_path(quiz) if quiz.quiz_class == Quiz.Class.PRACTICE else "",
        }
