"""The course and its lessons as files of data, one of each for a language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.templatetags.static import static
from django.utils import translation

from assessments.models import Quiz
from courses.catalogue import CourseOutline, LessonEntry, ModuleEntry
from courses.parts import quizzes_of
from courses.rendering import lesson_body
from sync.packs.content import Content, json_content

# Stands for the address of the icons: a new release of the site gives it another one, and no lesson changes.
ICONS = "relais:icons"


def course_file(outline: CourseOutline, slugs: Mapping[str, str], quizzes: Sequence[Quiz]) -> Content:
    """Return what the pages about a course show, in one language."""
    value = {
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
        "quizzes": list(_quizzes(outline, quizzes)),
    }
    return json_content(f"course.{outline.language}.json", outline.language, "course", value)


def lesson_file(lesson: LessonEntry) -> Content:
    """Return one lesson in one language. One query where its body is not kept."""
    body = lesson_body(lesson)
    value = {
        "uuid": str(lesson.uuid),
        "lang": lesson.language,
        "slug": lesson.slug,
        "title": lesson.title,
        "lede": body.lede,
        "notice": neutral(body.notice),
        "body": neutral(body.html),
        "parts": [{"id": part.block_id, "heading": part.heading} for part in body.parts],
        "is_sensitive": lesson.is_sensitive,
        "minutes": lesson.minutes,
    }
    return json_content(lesson_path(lesson), lesson.language, "lesson", value)


def lesson_path(lesson: LessonEntry) -> str:
    """Return where a lesson stands in the pack."""
    return f"lessons/{lesson.uuid}.{lesson.language}.json"


def practice_path(quiz: Quiz) -> str:
    """Return where the questions of a practice quiz stand in the pack."""
    return f"practice/{quiz.uuid}.json"


def neutral(html: str) -> str:
    """Return HTML without what changes with a release of the site."""
    return re.sub(rf"{re.escape(static('relais/icons.svg'))}(?=#)", ICONS, str(html))


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
