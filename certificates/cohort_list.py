"""How the people of one cohort stand: the list a trainer opens, written down as one act."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from accounts.actions import record_audit
from accounts.models import Cohort, CohortMember, Login, Person
from certificates.course_terms import course_titles
from certificates.figures import sorting_key
from certificates.models import Award
from courses.models import Enrolment


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One enrolment of the cohort, or a member without one. `person` is None for one the viewer can't see."""

    person: Person | None
    course: str = ""
    completed: int = 0
    total: int = 0
    is_completed: bool = False
    serial: str = ""
    last_activity_at: dt.datetime | None = None

    @property
    def is_enrolled(self) -> bool:
        """Tell whether there is anything to report."""
        return bool(self.course)


def list_cohort(*, by: Login, cohort: Cohort) -> list[MemberLine]:
    """Return the cohort's people, enrolled or not, by name; audited. Six queries, however many people."""
    enrolments = list(
        Enrolment.objects.filter(cohort=cohort)
        .select_related("progress")
        .annotate(last=Max(Coalesce("activity_states__completed_at", "activity_states__started_at")))
    )
    members = CohortMember.objects.filter(cohort=cohort, role=CohortMember.Role.LEARNER)
    wanted = {*members.values_list("person__uuid", flat=True), *(each.person_id for each in enrolments)}
    people = {each.uuid: each for each in Person.objects.visible_to(by).filter(uuid__in=wanted)}
    titles = course_titles({each.course_uuid for each in enrolments}, get_language() or "en")
    serials = _serials(enrolments)
    lines = [_line(each, people, titles, serials) for each in enrolments]
    enrolled = {each.person_id for each in enrolments}
    lines += [MemberLine(person) for uuid, person in people.items() if uuid not in enrolled]
    record_audit(by=by, act="cohort.listed", target=cohort, country=cohort.country, detail={"people": len(wanted)})
    return sorted(lines, key=_by_name)


def _serials(enrolments: list[Enrolment]) -> dict[UUID, str]:
    in_force = Award.objects.in_force().filter(enrolment_uuid__in=[each.uuid for each in enrolments])
    return dict(in_force.order_by("version").values_list("enrolment_uuid", "serial"))


def _line(
    enrolment: Any, people: Mapping[UUID, Person], titles: Mapping[UUID, str], serials: Mapping[UUID, str]
) -> MemberLine:
    progress = getattr(enrolment, "progress", None)
    return MemberLine(
        person=people.get(enrolment.person_id),
        course=titles[enrolment.course_uuid],
        completed=progress.activities_completed if progress else 0,
        total=progress.activities_total if progress else 0,
        is_completed=bool(progress and progress.completed_at),
        serial=serials.get(enrolment.uuid, ""),
        last_activity_at=enrolment.last,
    )


def _by_name(line: MemberLine) -> tuple[bool, str, str]:
    return (line.person is None, sorting_key(line.person.full_name if line.person else ""), sorting_key(line.course))
