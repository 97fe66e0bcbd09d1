"""What upper apps add to a course: its quizzes. Courses shows their rows without knowing them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from courses.models import Enrolment


@dataclass(frozen=True, slots=True)
class QuizEntry:
    """One quiz as a row of the course page.

    `start_url` is the address of a POST that begins an attempt or goes on with an open one; with
    `asks_first`, of a page that asks something before. Only a quiz that `counts` belongs to what a
    course asks for: the others are for learning, and nothing waits for them.
    """

    uuid: UUID
    title: str
    description: str
    start_url: Callable[["Enrolment"], str]
    pass_mark_percent: int = 0
    counts: bool = True
    is_open_from_start: bool = False
    asks_first: bool = False


NoteProvider = Callable[["Enrolment"], Sequence[str]]

_note_providers: list[NoteProvider] = []


def register_note_provider(provider: NoteProvider) -> None:
    """Add a provider (enrolment) -> what its learner is to know about the quizzes, a short line each.

    AppConfig.ready calls this. Repeats count once.
    """
    if provider not in _note_providers:
        _note_providers.append(provider)


def notes_for(enrolment: "Enrolment | None") -> list[str]:
    """Return what the learner is to know; nothing for somebody who is not enrolled."""
    return [note for provider in _note_providers for note in provider(enrolment)] if enrolment else []


QuizProvider = Callable[[UUID, str], Sequence[QuizEntry]]

_providers: list[QuizProvider] = []


def register_quiz_provider(provider: QuizProvider) -> None:
    """Add a provider (course uuid, language) -> rows; AppConfig.ready calls this. Repeats count once."""
    if provider not in _providers:
        _providers.append(provider)


def quizzes_of(course_uuid: UUID, language: str) -> list[QuizEntry]:
    """Return the quizzes of a course in the words of a language, in the providers' order."""
    return [entry for provider in _providers for entry in provider(course_uuid, language)]
