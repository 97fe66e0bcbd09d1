"""A course as one learner meets it: rows of lessons and quizzes with their state, and what is left. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from courses.catalogue import CourseOutline, LessonEntry
from courses.parts import QuizEntry


class RowState(StrEnum):
    """What a row of the course is to the learner."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    SHUT = "shut"


class State(Protocol):
    """What an activity state is here."""

    started_at: datetime | None
    completed_at: datetime | None
    place: str


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson of the list."""

    number: int
    lesson: LessonEntry
    state: RowState
    is_started: bool
    url: str


@dataclass(frozen=True, slots=True)
class QuizRow:
    """One quiz of the list; see QuizEntry for `start_url`. `anchor` is where links to the test lead."""

    quiz: QuizEntry
    state: RowState
    start_url: str
    anchor: str = ""

    @property
    def may_start(self) -> bool:
        """Tell whether the learner may begin, or go on."""
        return bool(self.start_url) and self.state in {RowState.HERE, RowState.AHEAD}


@dataclass(frozen=True, slots=True)
class Overview:
    """One course with what one learner did in it; `enrolment` is None before enrolling."""

    course: CourseOutline
    enrolment: Any
    lessons: tuple[LessonRow, ...]
    url: str
    here: LessonRow | None
    lessons_done: int
    minutes_left: int
    open_quizzes: tuple[UUID, ...]
    is_complete: bool
    last_seen_at: datetime

    @property
    def lessons_total(self) -> int:
        """How many lessons there are."""
        return len(self.lessons)


def overview_of(
    course: CourseOutline, enrolment: Any, states: Mapping[UUID, State], urls: Mapping[UUID | None, str]
) -> Overview:
    """Put a course and a learner's states together. `urls` has the lessons', and the course's under None."""
    done = {uuid for uuid, state in states.items() if state.completed_at}
    here = _next_lesson(course, states) if enrolment else None
    lessons = tuple(_lesson_row(course, entry, states, here, urls) for entry in course.lessons)
    left = [entry for entry in course.lessons if entry.uuid not in done]
    quizzes = [UUID(each) for each in enrolment.outline["quizzes"]] if enrolment and not left else []
    times = [each for state in states.values() for each in (state.started_at, state.completed_at) if each]
    return Overview(
        course=course,
        enrolment=enrolment,
        lessons=lessons,
        url=urls[None],
        here=next((row for row in lessons if here and row.lesson.uuid == here.uuid), None),
        lessons_done=len(lessons) - len(left),
        minutes_left=sum(entry.minutes for entry in left),
        open_quizzes=tuple(uuid for uuid in quizzes if uuid not in done),
        is_complete=bool(enrolment and _completed_at(enrolment)),
        last_seen_at=max([*times, enrolment.enrolled_at] if enrolment else [datetime.min.replace(tzinfo=UTC)]),
    )


def quiz_rows(overview: Overview, quizzes: Sequence[QuizEntry], states: Mapping[UUID, State]) -> list[QuizRow]:
    """Return the quizzes: open from the start or once every lesson is read, done once passed."""
    test = next((quiz.uuid for quiz in quizzes if quiz.counts), None)
    rows = []
    for quiz in quizzes:
        url = quiz.start_url(overview.enrolment) if overview.enrolment else ""
        found = _quiz_state(overview, quiz, states.get(quiz.uuid))
        rows.append(QuizRow(quiz, found, url, "quiz" if quiz.uuid == test else ""))
    return rows


def _quiz_state(overview: Overview, quiz: QuizEntry, state: State | None) -> RowState:
    """Return what a quiz is to the learner. One that does not count is never done: it can be had again."""
    if quiz.counts and state and state.completed_at:
        return RowState.DONE
    if quiz.uuid in overview.open_quizzes:
        return RowState.HERE
    # Also one that came to the course after the enrolment: it may be sat, and the course asks nothing of it.
    is_open = quiz.is_open_from_start or overview.lessons_done == overview.lessons_total
    return RowState.AHEAD if overview.enrolment and is_open else RowState.SHUT


def _next_lesson(course: CourseOutline, states: Mapping[UUID, State]) -> LessonEntry | None:
    """Return where to go on: the lesson begun last and not finished, else the first unread one."""
    left = [entry for entry in course.lessons if not ((state := states.get(entry.uuid)) and state.completed_at)]
    begun = [entry for entry in left if entry.uuid in states]
    never = datetime.min.replace(tzinfo=UTC)
    return max(begun, key=lambda entry: states[entry.uuid].started_at or never, default=left[0] if left else None)


def _lesson_row(
    course: CourseOutline,
    entry: LessonEntry,
    states: Mapping[UUID, State],
    here: LessonEntry | None,
    urls: Mapping[UUID | None, str],
) -> LessonRow:
    state = states.get(entry.uuid)
    if state and state.completed_at:
        found = RowState.DONE
    else:
        found = RowState.HERE if here and here.uuid == entry.uuid else RowState.AHEAD
    # The place is in the address, so that going on is one tap.
    anchor = f"#{state.place}" if state and state.place and not state.completed_at else ""
    return LessonRow(course.places[entry.uuid], entry, found, state is not None, f"{urls[entry.uuid]}{anchor}")


def _completed_at(enrolment: Any) -> datetime | None:
    progress = getattr(enrolment, "progress", None)
    return progress.completed_at if progress else None
