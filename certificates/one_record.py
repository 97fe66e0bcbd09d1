"""What two records hold, side by side, before they become one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from accounts.models import Login, Person
from assessments.models import Attempt
from certificates.course_terms import course_titles
from certificates.models import Attendance, Award
from courses.models import Enrolment


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What one record of a person has."""

    person: Person
    login: Login | None
    enrolments: list[tuple[str, Any]]
    attempts: int
    awards: list[Award]
    sessions: int
    cohorts: list[str]


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Both records, and the courses that stand in both."""

    kept: RecordFacts
    absorbed: RecordFacts
    twice: list[str]


def preview_merge(kept: Person, absorbed: Person) -> MergePreview:
    """Return what each has, and what will stand twice: both stay, the better one counts."""
    rows = list(
        Enrolment.objects.filter(person__in=[kept.uuid, absorbed.uuid])
        .select_related("progress")
        .order_by("enrolled_at")
    )
    titles = course_titles({row.course_uuid for row in rows}, get_language() or "en")
    places = {
        each.pk: {(row.course_uuid, row.period) for row in rows if row.person_id == each.uuid}
        for each in (kept, absorbed)
    }
    twice = sorted({titles[course] for course, _period in places[kept.pk] & places[absorbed.pk]})
    return MergePreview(_facts(kept, rows, titles), _facts(absorbed, rows, titles), twice)


def _facts(person: Person, rows: list[Any], titles: Mapping[UUID, str]) -> RecordFacts:
    return RecordFacts(
        person=person,
        login=Login.objects.filter(person=person).first(),
        enrolments=[
            (titles[row.course_uuid], getattr(row, "progress", None)) for row in rows if row.person_id == person.uuid
        ],
        attempts=Attempt.objects.filter(enrolment__person=person).count(),
        awards=list(Award.objects.filter(person=person).current()),
        sessions=Attendance.objects.filter(person=person, status=Attendance.Status.PRESENT).count(),
        cohorts=list(person.memberships.filter(state__in=("active", "waiting")).values_list("cohort__name", flat=True)),
    )
