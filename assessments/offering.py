"""The quizzes of a course as rows of its page, and where a learner stands with one."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import ngettext

from assessments.models import Quiz
from courses.models import Enrolment
from courses.parts import QuizEntry, register_quiz_provider


def register() -> None:
    """Offer the quizzes to the course page."""
    register_quiz_provider(quizzes_of_course)


def quizzes_of_course(course_uuid: UUID, language: str) -> list[QuizEntry]:
    """Return the quizzes of a course in a language. One query."""
    return [_entry(quiz, language) for quiz in Quiz.objects.filter(course_uuid=course_uuid).order_by("pk")]


def _entry(quiz: Quiz, language: str) -> QuizEntry:
    description = ngettext(
        "%(count)d question, pass mark %(percent)d%%", "%(count)d questions, pass mark %(percent)d%%", quiz.draw
    ) % {"count": quiz.draw, "percent": quiz.pass_mark_percent}

    def start_url(_enrolment: Enrolment) -> str:
        return reverse("assessments:attempt-start", args=[quiz.uuid])

    return QuizEntry(quiz.uuid, quiz.title_in(language), description, start_url, quiz.pass_mark_percent)
