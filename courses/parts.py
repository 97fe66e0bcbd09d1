"""What upper apps add to a course: its quizzes. Courses shows their rows without knowing them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from courses.models import Enrolment


@dataclass(frozen=True, slots=True)
class QuizEntry:
    """One graded quiz as a row of the course page.

    `start_url` is the address of a POST that begins an attempt or goes on with an open one.
    """

    uuid: UUID
    title: str
    description: str
    start_url: Callable[["Enrolment"], str]
    pass_mark_percent: int = 0


QuizProvider = Callable[[UUID, str], Sequence[QuizEntry]]

_providers: list[QuizProvider] = []


def register_quiz_provider(provider: QuizProvider) -> None:
    """Add a provider (course uuid, language) -> rows; AppConfig.ready calls this. Repeats count once."""
    if provider not in _providers:
        _providers.append(provider)


def quizzes_of(course_uuid: UUID, language: str) -> list[QuizEntry]:
    """Return the quizzes of a course in the words of a language, in the providers' order."""
    return [entry for provider in _providers for entry in provider(course_uuid, language)]
