"""How rows follow from the statements of attempts: attempts, and how far a quiz is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from assessments.answering import AttemptLog, follow_attempt
from assessments.drawing import Sheet
from assessments.models import Attempt
from assessments.papers import Frozen, find_papers
from assessments.scoring import Score, score_paper
from assessments.versions import find_versions
from courses.deriving import write_activity_states
from courses.models import ActivityState
from elearning.lib.ids import derived_uuid
from records.deriving import Rollup, UnitKind, register_rollup, register_unit_kind
from records.statements import Said

ATTEMPT = "attempt"
QUIZ_STATE = "quiz-state"
QUIZ_STATE_ORDER = 100
_VERBS = frozenset({"initialized", "answered", "submitted"})
_COLUMNS = [field.name for field in Attempt._meta.concrete_fields if not field.primary_key]  # noqa: SLF001


def register() -> None:
    """Add the derivations of assessments."""
    register_unit_kind(UnitKind(ATTEMPT, _VERBS, derive_attempts, (Attempt,), is_unmoved))
    # ActivityState is courses' table, named there: listing it twice would empty it twice.
    register_rollup(Rollup(QUIZ_STATE, QUIZ_STATE_ORDER, derive_quiz_states, ()))


def is_unmoved(fresh: Sequence[Said], statements: Sequence[Said]) -> bool:
    """Tell whether the attempt's row stays: answers to an attempt that is open change no column of it."""
    return all(said.verb == "answered" for said in fresh) and not any(said.verb == "submitted" for said in statements)


def derive_attempts(sets: Mapping[UUID, Sequence[Said]]) -> dict[str, set[tuple[UUID, UUID]]]:
    """Write the attempts of these units. One query, two more where one is handed in.

    An attempt whose paper or a version of whose questions is not here (it comes with a later bundle)
    is handed in without a score: nobody is failed for what is still on its way.
    """
    logs = {unit: log for unit, statements in sets.items() if (log := follow_attempt(statements)).started}
    papers = find_papers(unit for unit, log in logs.items() if log.submitted)
    # All versions of a batch in one query; scoring then finds each in the process.
    find_versions(item.version for paper in papers.values() for item in paper.sheet.items)
    rows = [row for unit, log in logs.items() if (row := attempt_of(unit, log, papers.get(unit)))]
    Attempt.write(rows)
    # An open attempt says nothing yet about the quiz: beginning one touches no course and no total.
    return {QUIZ_STATE: {(row.enrolment_id, row.quiz_uuid) for row in rows if row.handed_in_at}}


def derive_quiz_states(keys: Iterable[Any]) -> dict[str, set[UUID]]:
    """Write how far the quizzes of some enrolments are: completed with the first attempt that passed.

    Only attempts that are handed in count, so a quiz has a state from its first hand-in on.
    Two queries; three where something changes.
    """
    wanted = set(keys)
    of_key: dict[tuple[UUID, UUID], list[tuple[datetime, datetime | None, bool | None]]] = defaultdict(list)
    attempts = Attempt.objects.filter(
        handed_in_at__isnull=False,
        enrolment__in={enrolment for enrolment, _quiz in wanted},
        quiz_uuid__in={quiz for _enrolment, quiz in wanted},
    )
    columns = ("enrolment_id", "quiz_uuid", "started_at", "handed_in_at", "is_passed")
    for enrolment, quiz, *times in attempts.order_by().values_list(*columns):
        if (enrolment, quiz) in wanted:
            of_key[enrolment, quiz].append(tuple(times))
    return dict(write_activity_states([_state_of(key, rows) for key, rows in of_key.items()]))


def _state_of(key: tuple[UUID, UUID], rows: Sequence[tuple[datetime, datetime | None, bool | None]]) -> ActivityState:
    enrolment, quiz = key
    return ActivityState(
        uuid=derived_uuid("quiz", enrolment, quiz),
        enrolment_id=enrolment,
        activity_uuid=quiz,
        kind=ActivityState.Kind.QUIZ,
        started_at=min(started for started, _end, _passed in rows),
        completed_at=min((end for _start, end, passed in rows if passed and end), default=None),
        place="",
    )


def attempt_of(unit: UUID, log: AttemptLog, paper: Frozen | None) -> Attempt | None:
    """Return the row that follows from an attempt's log; None for one never begun, or unreadably."""
    if log.started is None:
        return None
    facts = log.started.facts
    try:
        row = Attempt(
            uuid=unit,
            enrolment_id=UUID(facts["enrolment"]),
            quiz_uuid=UUID(facts["quiz"]),
            number=_small(facts["number"]),
            started_at=datetime.fromisoformat(log.started.timestamp),
            handed_in_at=datetime.fromisoformat(log.submitted.timestamp) if log.submitted else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # It stays in the log and changes no row.
    # A paper other than the one the attempt was begun with scores nothing.
    if log.submitted and paper and paper.sha256 == facts.get("paper") and (score := score_log(log, paper.sheet)):
        row.points_milli, row.out_of_milli = score.points_milli, score.out_of_milli
        row.is_passed = score.is_passed
    return row


def _small(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 32767:  # noqa: PLR2004  # a small integer column
        raise ValueError(value)
    return value


def score_log(log: AttemptLog, sheet: Sheet) -> Score | None:
    """Return the score of the answers that stand; None where a version is not here."""
    versions = find_versions(item.version for item in sheet.items)
    if any(item.version not in versions for item in sheet.items):
        return None
    return score_paper(sheet, versions, log.responses)
