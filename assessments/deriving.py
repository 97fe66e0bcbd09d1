"""How rows follow from the statements of attempts: attempts, and how far a quiz is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from assessments.accommodating import NOTHING_GRANTED, as_granted, granted_in
from assessments.answering import AttemptLog, follow_attempt
from assessments.deciding import APPROVED, decision_on
from assessments.drawing import PRACTICE, Sheet
from assessments.flags import SURPLUS, TOO_EARLY, flags_of, flags_text, read_flags, surplus_among, too_early_among
from assessments.marking_rows import write_hand_markings
from assessments.models import Attempt, HandMarking
from assessments.papers import Frozen, find_papers, find_practice_papers
from assessments.scoring import Score, score_paper
from assessments.standing import answers_that_stand
from assessments.timing import time_attempt
from assessments.versions import find_versions
from courses.deriving import clear_activity_states, write_activity_states
from courses.models import ActivityState
from elearning.lib.ids import derived_uuid
from records.deriving import Rollup, UnitKind, register_rollup, register_unit_kind
from records.statements import Said
from records.storage import statements_of

ATTEMPT = "attempt"
QUIZ_STATE = "quiz-state"
QUIZ_STATE_ORDER = 100
_VERBS = frozenset({"initialized", "answered", "submitted", "noticed", "approved", "denied", "marked", "regraded"})


def register() -> None:
    """Add the derivations of assessments."""
    register_unit_kind(UnitKind(ATTEMPT, _VERBS, derive_attempts, (Attempt, HandMarking), is_unmoved))
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
    handed_in = {unit: log for unit, log in logs.items() if log.submitted}
    papers = papers_of(handed_in)
    # All versions of a batch in one query; scoring then finds each in the process.
    find_versions(item.version for paper in papers.values() for item in paper.sheet.items)
    rows = [row for unit, log in logs.items() if (row := attempt_of(unit, log, papers.get(unit)))]
    Attempt.write(rows)
    write_hand_markings(handed_in, papers)
    # An open attempt says nothing yet about the quiz: beginning one touches no course and no total. Where an
    # earlier beginning arrives late and names another quiz or learner, what the later one gave is derived again.
    ended = [log for log in logs.values() if log.submitted or any(said.verb == "submitted" for said in log.others)]
    return {QUIZ_STATE: {(begun.enrolment, begun.quiz) for log in ended for begun in log.beginnings}}


def papers_of(logs: Mapping[UUID, AttemptLog]) -> dict[UUID, Frozen]:
    """Return the papers of attempts that are here: their own, else the practice paper that they name.

    With the time limit as it holds for the learner. One query at most; one more where some are of practice,
    one or two more where some have a time limit (see accommodating).
    """
    papers = find_papers(logs)
    named = {unit: log.beginning.paper for unit, log in logs.items() if unit not in papers and log.beginning}
    practice = find_practice_papers(named.values()) if named else {}
    found = papers | {unit: practice[sha256] for unit, sha256 in named.items() if sha256 in practice}
    timed = {unit: log for unit, log in logs.items() if unit in found and found[unit].sheet.has_times}
    held = {unit: as_granted(found[unit].sheet, granted) for unit, granted in granted_in(timed).items()}
    return found | {unit: replace(found[unit], sheet=sheet) for unit, sheet in held.items()}


def derive_quiz_states(keys: Iterable[Any]) -> dict[str, set[UUID]]:
    """Write how far the quizzes of some enrolments are: completed with the first attempt that counts.

    Only attempts that are handed in make a state, and practice makes none. Those beyond the attempt limit
    are flagged here, where all attempts at a quiz are seen together. Two queries; three where something
    changes, four more where there is a surplus, and another where its learner was granted something.
    """
    wanted = set(keys)
    of_key: dict[tuple[UUID, UUID], list[Attempt]] = {key: [] for key in wanted}
    attempts = Attempt.objects.filter(
        handed_in_at__isnull=False,
        enrolment__in={enrolment for enrolment, _quiz in wanted},
        quiz_uuid__in={quiz for _enrolment, quiz in wanted},
    )
    for attempt in attempts.exclude(quiz_class=PRACTICE).order_by():
        if (key := (attempt.enrolment_id, attempt.quiz_uuid)) in wanted:
            of_key[key].append(attempt)
    _write_surplus(of_key.values())
    touched = write_activity_states([_state_of(key, rows) for key, rows in of_key.items() if rows])
    left = clear_activity_states([_state_id(key) for key, rows in of_key.items() if not rows])
    return {name: {*touched.get(name, ()), *left.get(name, ())} for name in {*touched, *left}}


def _write_surplus(groups: Iterable[Sequence[Attempt]]) -> None:
    """Flag the attempts beyond the limit or begun too early, and write those rows that this changes."""
    several = [rows for rows in groups if len(rows) > 1]
    papers = find_papers(row.pk for rows in several for row in rows) if several else {}
    limits = {unit: paper.sheet.attempt_limit for unit, paper in papers.items()}
    if over := [row.pk for rows in several if surplus_among(rows, limits) for row in rows]:
        limits |= _granted_limits(over, limits)
    waits = {unit: paper.sheet.wait_s for unit, paper in papers.items() if paper.sheet.wait_s}
    Attempt.write([row for rows in several for row in flag_surplus(rows, limits, waits)])


def _granted_limits(attempts: Sequence[UUID], limits: Mapping[UUID, int | None]) -> dict[UUID, int | None]:
    """Return the attempt limits of those learners who were granted more. Two queries, three where some were."""
    sets: dict[UUID, list[Said]] = defaultdict(list)
    for said in statements_of(attempts):
        sets[said.unit_uuid].append(said)
    found = granted_in({unit: follow_attempt(statements) for unit, statements in sets.items()})
    return {unit: (limit and found.get(unit, NOTHING_GRANTED).attempt_limit(limit)) for unit, limit in limits.items()}


def flag_surplus(
    rows: Sequence[Attempt], limits: Mapping[UUID, int | None], waits: Mapping[UUID, int] | None = None
) -> list[Attempt]:
    """Flag those of one learner's attempts at one quiz that only the others make odd; return the rows that change.

    Those beyond the limit, and those begun before their waiting time was over.
    """
    found = {SURPLUS: surplus_among(rows, limits), TOO_EARLY: too_early_among(rows, waits or {})}
    changed = []
    for row in rows:
        flags = read_flags(row.flags) - found.keys() | {code for code, pks in found.items() if row.pk in pks}
        if flags != read_flags(row.flags):
            row.flags = flags_text(flags)
            row.counts = _counts(row)
            changed.append(row)
    return changed


def _state_of(key: tuple[UUID, UUID], rows: Sequence[Attempt]) -> ActivityState:
    enrolment, quiz = key
    return ActivityState(
        uuid=_state_id(key),
        enrolment_id=enrolment,
        activity_uuid=quiz,
        kind=ActivityState.Kind.QUIZ,
        started_at=min(row.started_at for row in rows),
        completed_at=min((row.handed_in_at for row in rows if row.counts and row.handed_in_at), default=None),
        place="",
    )


def _state_id(key: tuple[UUID, UUID]) -> UUID:
    return derived_uuid("quiz", *key)


def attempt_of(unit: UUID, log: AttemptLog, paper: Frozen | None) -> Attempt | None:
    """Return the row that follows from an attempt's log, the surplus apart; None for one never begun."""
    if log.started is None or log.beginning is None:
        return None
    row = Attempt(
        uuid=unit,
        enrolment_id=log.beginning.enrolment,
        quiz_uuid=log.beginning.quiz,
        number=log.beginning.number,
        started_at=datetime.fromisoformat(log.started.timestamp),
    )
    if log.submitted:
        row.handed_in_at = datetime.fromisoformat(log.submitted.timestamp)
        # A paper other than the one the attempt was begun with scores nothing.
        _judge(row, log, paper.sheet if paper and paper.sha256 == log.beginning.paper else None)
    return row


def _judge(row: Attempt, log: AttemptLog, sheet: Sheet | None) -> None:
    """Set what an attempt that is handed in amounts to: its time, its score, its flags, whether it counts."""
    elapsed = time_attempt(log)
    row.elapsed_ms, row.is_time_proven = elapsed.ms, elapsed.is_proven
    if sheet:
        row.quiz_class = sheet.quiz_class
        if score := score_log(log, sheet):
            row.awaits_marking = score.awaits_marking
            if not score.awaits_marking:
                row.points_milli, row.out_of_milli = score.points_milli, score.out_of_milli
                row.is_passed = score.is_passed
    flags = flags_of(log, sheet, elapsed)
    row.flags, row.decision = flags_text(flags), decision_on(log, flags)
    row.counts = _counts(row)


def _counts(row: Attempt) -> bool:
    """Tell whether an attempt moves its course: passed, and nothing about it waits. Practice never does."""
    is_clear = not row.flags or row.decision == APPROVED
    return bool(row.is_passed) and is_clear and row.quiz_class != PRACTICE


def score_log(log: AttemptLog, sheet: Sheet) -> Score | None:
    """Return the score of the answers that stand; None where a version is not here."""
    answers = answers_that_stand(log, sheet)
    wanted = {item.version for item in sheet.items} | {
        each.version for each in answers.regraded.values() if each.version
    }
    versions = find_versions(wanted)
    return score_paper(sheet, versions, answers) if wanted <= versions.keys() else None
