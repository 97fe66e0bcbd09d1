"""What follows from statements about enrolments and lessons. Pure: no ORM, no clock.

Each function takes a set of statements in any order, with repeats, and sorts it by what the
statements say. A statement whose facts cannot be read, or do not fit its unit, says nothing here:
it stays in the log and changes no row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from elearning.lib.ids import derived_uuid

LONGEST_PLACE = 64


class Statement(Protocol):
    """What these functions need to know of a statement."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def actor_uuid(self) -> UUID: ...  # noqa: D102
    @property
    def verb(self) -> str: ...  # noqa: D102
    @property
    def facts(self) -> dict[str, Any]: ...  # noqa: D102
    @property
    def timestamp(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """What an enrolment's first statement says."""

    uuid: UUID
    person_id: UUID
    actor_uuid: UUID
    course_uuid: UUID
    period: int
    edition: str
    source_version: str
    language: str
    country_id: str
    agency_id: UUID | None
    cohort_id: UUID | None
    outline: dict[str, list[str]]
    enrolled_at: datetime


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """How far one enrolment has come with one lesson."""

    uuid: UUID
    enrolment_id: UUID
    activity_uuid: UUID
    started_at: datetime | None
    completed_at: datetime | None
    place: str


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What a course needs to know of one of its activities."""

    activity_uuid: UUID
    started_at: datetime | None
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """How far one enrolment has come with its course."""

    activities_total: int
    activities_completed: int
    started_at: datetime | None
    completed_at: datetime | None


def enrolment_unit(person: UUID, course: UUID, period: int) -> UUID:
    """Return the id of a person's enrolment in a course, the same on every node."""
    return derived_uuid("enrolment", person, course, period)


def lesson_unit(enrolment: UUID, lesson: UUID) -> UUID:
    """Return the id of an enrolment's visit of a lesson, the same on every node."""
    return derived_uuid("lesson", enrolment, lesson)


def derive_enrolment(unit: UUID, said: Iterable[Statement]) -> EnrolmentFacts | None:
    """Return what the earliest readable statement says of those after the last that took the enrolment back."""
    found: EnrolmentFacts | None = None
    for statement in sorted(said, key=_by_time):
        if statement.verb == "revoked":
            found = None
        elif statement.verb == "registered" and found is None:
            found = _read_enrolment(unit, statement)
    return found


def derive_lesson(unit: UUID, said: Iterable[Statement]) -> LessonFacts | None:
    """Return where the learner is with a lesson: begun, done, and the last place read."""
    mine = [(statement, pair) for statement in said if (pair := _read_lesson(unit, statement))]
    if not mine:
        return None
    enrolment, lesson = mine[0][1]
    statements = [statement for statement, _pair in mine]
    done = [_moment(each) for each in statements if each.verb == "completed"]
    return LessonFacts(
        uuid=unit,
        enrolment_id=enrolment,
        activity_uuid=lesson,
        started_at=min(_moment(each) for each in statements),
        completed_at=min(done, default=None),
        place=_last_place(statements),
    )


def derive_progress(outline: Mapping[str, Sequence[str]], states: Iterable[ActivityFacts]) -> ProgressFacts:
    """Return the course's progress: only what the outline names counts, and an empty one is never done."""
    goal = {*outline.get("lessons", ()), *outline.get("quizzes", ())}
    counted = [state for state in states if str(state.activity_uuid) in goal]
    started = [state.started_at for state in counted if state.started_at]
    done = [state.completed_at for state in counted if state.completed_at]
    return ProgressFacts(
        activities_total=len(goal),
        activities_completed=len(done),
        started_at=min(started, default=None),
        completed_at=max(done) if done and len(done) == len(goal) else None,
    )


def next_ordinal(said: Iterable[Statement]) -> int:
    """Return the number that the next `progressed` of a unit carries."""
    return max((_ordinal(each) for each in said if each.verb == "progressed"), default=0) + 1


def _read_enrolment(unit: UUID, statement: Statement) -> EnrolmentFacts | None:
    facts = statement.facts
    try:
        found = EnrolmentFacts(
            uuid=unit,
            person_id=UUID(facts["person"]),
            actor_uuid=statement.actor_uuid,
            course_uuid=UUID(facts["course"]),
            period=_whole(facts["period"]),
            edition=_text(facts["edition"], 40),
            source_version=_text(facts["source_version"], 40),
            language=_text(facts["language"], 8),
            country_id=_text(facts["country"], 2),
            agency_id=UUID(facts["agency"]) if facts["agency"] else None,
            cohort_id=UUID(facts["cohort"]) if facts["cohort"] else None,
            outline={kind: [str(UUID(each)) for each in facts["outline"][kind]] for kind in ("lessons", "quizzes")},
            enrolled_at=_moment(statement),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return found if enrolment_unit(found.person_id, found.course_uuid, found.period) == unit else None


def _read_lesson(unit: UUID, statement: Statement) -> tuple[UUID, UUID] | None:
    try:
        pair = UUID(statement.facts["enrolment"]), UUID(statement.facts["lesson"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return pair if lesson_unit(*pair) == unit else None


def _last_place(statements: Iterable[Statement]) -> str:
    """Return the place of the highest (ordinal, time, id): two devices need not agree on the time."""
    moves = [
        (_ordinal(each), _moment(each), each.id, place)
        for each in statements
        if each.verb == "progressed" and (place := _place(each))
    ]
    return max(moves)[3] if moves else ""


def _place(statement: Statement) -> str:
    place = statement.facts.get("place")
    return place if isinstance(place, str) and len(place) <= LONGEST_PLACE else ""


def _ordinal(statement: Statement) -> int:
    ordinal = statement.facts.get("ordinal")
    return ordinal if type(ordinal) is int else 0


def _moment(statement: Statement) -> datetime:
    return datetime.fromisoformat(statement.timestamp).astimezone(UTC)


def _by_time(statement: Statement) -> tuple[datetime, UUID]:
    return _moment(statement), statement.id


def _whole(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 32767:  # noqa: PLR2004  # a small integer column
        raise ValueError(value)
    return value


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(value)
    return value
