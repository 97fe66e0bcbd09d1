"""The quizzes of a course as rows of its page, and where a learner stands with one."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Question, Quiz
from courses.models import Enrolment
from courses.parts import QuizEntry, register_quiz_provider

# Practice stands before the test that it prepares for.
_ORDER = {each: place for place, each in enumerate(Quiz.Class.values)}


def register() -> None:
    """Offer the quizzes to the course page."""
    register_quiz_provider(quizzes_of_course)


def quizzes_of_course(course_uuid: UUID, language: str) -> list[QuizEntry]:
    """Return the quizzes of a course in a language; practice only where it has questions. One query."""
    practised = Question.objects.practised(course_uuid).order_by().values("course_uuid").annotate(total=Count("pk"))
    quizzes = Quiz.objects.filter(course_uuid=course_uuid).annotate(practised=Subquery(practised.values("total")))
    listed = sorted(quizzes, key=lambda quiz: (_ORDER[quiz.quiz_class], quiz.pk))
    return [_entry(quiz, language) for quiz in listed if quiz.practised or quiz.quiz_class != Quiz.Class.PRACTICE]


def minutes_text(time_limit_s: int) -> str:
    """Return a time limit in words, in whole minutes."""
    minutes = -(-time_limit_s // 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def _entry(quiz: Quiz, language: str) -> QuizEntry:
    is_practice, is_exam = quiz.quiz_class == Quiz.Class.PRACTICE, quiz.quiz_class == Quiz.Class.EXAM
    address = "assessments:exam" if is_exam else "assessments:attempt-start"

    def start_url(_enrolment: Enrolment) -> str:
        return reverse(address, args=[quiz.uuid])

    return QuizEntry(
        quiz.uuid,
        quiz.title_in(language),
        " · ".join(_facts(quiz)),
        start_url,
        pass_mark_percent=0 if is_practice else quiz.pass_mark_percent,
        counts=not is_practice,
        is_open_from_start=quiz.opens_after == Quiz.Opens.ENROLMENT,
        asks_first=is_exam,
    )


def _facts(quiz: Quiz) -> Iterator[str]:
    if quiz.quiz_class == Quiz.Class.PRACTICE:
        count: int = quiz.practised  # type: ignore[attr-defined]  # annotated above
        yield ngettext("%(count)d question", "%(count)d questions", count) % {"count": count}
        yield _("with the right answer at once, as often as you like")
        return
    yield ngettext(
        "%(count)d question, pass mark %(percent)d%%", "%(count)d questions, pass mark %(percent)d%%", quiz.draw
    ) % {"count": quiz.draw, "percent": quiz.pass_mark_percent}
    if quiz.time_limit_s:
        yield minutes_text(quiz.time_limit_s)
    if quiz.quiz_class == Quiz.Class.EXAM:
        yield _("on this site, with your trainer’s code")
