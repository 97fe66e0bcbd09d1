"""Enrolments of one person under several records: which of them counts. Nothing is deleted, the best counts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from courses.models import Enrolment
from records.aliases import kept_of
from records.models import Alias

_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def is_merged() -> Exists:
    """Return the annotation that says whether an enrolment's person has more records than one; no further query."""
    same = Q(absorbed_uuid=OuterRef("person")) | Q(kept_uuid=OuterRef("person"))
    return Exists(Alias.objects.filter(same, kept_uuid__isnull=False))


def with_siblings(rows: Sequence[Any], read: Callable[[Iterable[UUID]], Iterable[Any]]) -> tuple[list[Any], set[UUID]]:
    """Return the rows with those of the same person, course and period, and the ids of those that do not count.

    `read` returns rows of ids, annotated as those given. No query where nobody was merged: nearly always.
    """
    merged = [row for row in rows if row.is_merged]
    if not merged:
        return list(rows), set()
    kept = kept_of({row.person_id for row in merged})
    people = {kept.get(row.person_id, row.person_id) for row in merged}
    absorbed = dict(Alias.objects.filter(kept_uuid__in=people).values_list("absorbed_uuid", "kept_uuid"))
    asked = {(row.course_uuid, row.period) for row in merged}
    near = Enrolment.objects.filter(person__in={*people, *absorbed}, course_uuid__in={course for course, _ in asked})
    known = {row.pk for row in rows}
    siblings = [pk for pk, *place in near.values_list("pk", "course_uuid", "period") if tuple(place) in asked]
    found = [*rows, *read([pk for pk in siblings if pk not in known])]
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in found:
        if row.is_merged:
            groups[absorbed.get(row.person_id, row.person_id), row.course_uuid, row.period].append(row)
    return found, {row.pk for group in groups.values() for row in sorted(group, key=_rank)[1:]}


def _rank(row: Any) -> tuple[Any, ...]:
    """Certified first, then completed earlier, then come further, then enrolled earlier: one answer on every node."""
    progress = getattr(row, "progress", None)
    return (
        not row.is_certified,
        (progress and progress.completed_at) or _NEVER,
        -(progress.activities_completed if progress else 0),
        row.enrolled_at,
        str(row.pk),
    )
