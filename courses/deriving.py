"""How rows follow from statements: enrolments, lessons, and the progress of courses."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from courses.models import ActivityState, CourseProgress, Enrolment
from courses.progress import ActivityFacts, derive_enrolment, derive_lesson, derive_progress
from records.aliases import ALIAS_LINES
from records.deriving import Rollup, UnitKind, follow, register_rollup, register_unit_kind
from records.statements import Said

PROGRESS = "course-progress"
PROGRESS_ORDER = 200
_OF_PEOPLE = "enrolments-of-people"
_OF_PEOPLE_ORDER = 150

Sets = Mapping[UUID, Sequence[Said]]


def register() -> None:
    """Add the derivations of courses."""
    verbs = frozenset({"registered", "revoked"})
    register_unit_kind(UnitKind("enrolment", verbs, derive_enrolments, (Enrolment,)))
    verbs = frozenset({"initialized", "progressed", "completed"})
    register_unit_kind(UnitKind("lesson", verbs, derive_lessons, (ActivityState,)))
    register_rollup(Rollup(PROGRESS, PROGRESS_ORDER, derive_course_progress, (CourseProgress,)))
    register_rollup(Rollup(_OF_PEOPLE, _OF_PEOPLE_ORDER, touch_enrolments, ()))
    follow(ALIAS_LINES, _OF_PEOPLE)


def derive_enrolments(sets: Sets) -> dict[str, set[UUID]]:
    """Write the enrolments of these units, and delete those that were taken back. One query, and one for the latter."""
    facts = [found for unit, said in sets.items() if (found := derive_enrolment(unit, said))]
    Enrolment.write([Enrolment(**asdict(each)) for each in facts])
    standing = {each.uuid for each in facts}
    revoked = {unit for unit, said in sets.items() if any(each.verb == "revoked" for each in said)}
    gone = revoked - standing
    if gone:
        Enrolment.objects.filter(pk__in=gone).delete()
    return {PROGRESS: standing | gone}


def touch_enrolments(people: set[Any]) -> dict[str, set[UUID]]:
    """Name the enrolments of people whose records were merged or parted: which of them counts may change. One query."""
    return {PROGRESS: set(Enrolment.objects.filter(person__in=people).values_list("pk", flat=True))}


def derive_lessons(sets: Sets) -> dict[str, set[UUID]]:
    """Write how far each lesson is. Two queries; one and no roll-up where nothing changes."""
    facts = [found for unit, said in sets.items() if (found := derive_lesson(unit, said))]
    return write_activity_states(
        [ActivityState(kind=ActivityState.Kind.LESSON, **asdict(each)) for each in facts],
    )


def write_activity_states(rows: Sequence[ActivityState]) -> dict[str, set[UUID]]:
    """Write those rows that differ from the table's; return the roll-ups that this touches.

    A new place in a lesson is written and touches nothing: no figure of the course depends on it.
    """
    before = {row.pk: row for row in ActivityState.objects.filter(pk__in=[row.pk for row in rows])}
    changed = [row for row in rows if row.pk not in before or before[row.pk].facts() != row.facts()]
    ActivityState.write(changed)
    touched = {row.enrolment_id for row in changed if _times(row) != _times(before.get(row.pk))}
    return {PROGRESS: touched} if touched else {}


def clear_activity_states(uuids: Sequence[UUID]) -> dict[str, set[UUID]]:
    """Delete those states from which nothing follows any more; return the roll-ups that this touches.

    Two queries where there are any, one where there are none, no query for no ids.
    """
    if not uuids:
        return {}
    left = ActivityState.objects.filter(pk__in=uuids)
    touched = set(left.values_list("enrolment_id", flat=True))
    if touched:
        left.delete()
    return {PROGRESS: touched} if touched else {}


def derive_course_progress(enrolments: set[Any]) -> dict[str, set[UUID]]:
    """Write the progress of these enrolments. Three queries, two where no figure changes."""
    known = list(Enrolment.objects.filter(pk__in=enrolments).select_related("progress"))
    states: dict[UUID, list[ActivityFacts]] = {}
    columns = ("enrolment_id", "activity_uuid", "started_at", "completed_at")
    for enrolment, *facts in ActivityState.objects.filter(enrolment__in=enrolments).values_list(*columns):
        states.setdefault(enrolment, []).append(ActivityFacts(*facts))
    changed = []
    for enrolment in known:
        progress = derive_progress(enrolment.outline, states.get(enrolment.pk, ()))
        row = CourseProgress(enrolment_id=enrolment.pk, **asdict(progress))
        before = getattr(enrolment, "progress", None)
        if before is None or before.facts() != row.facts():
            changed.append(row)
    CourseProgress.write(changed)
    if len(known) < len(enrolments):  # some were taken back, or have not arrived yet
        CourseProgress.objects.filter(pk__in=enrolments - {each.pk for each in known}).delete()
    return {}


def _times(row: ActivityState | None) -> tuple[Any, Any] | None:
    return (row.started_at, row.completed_at) if row else None
