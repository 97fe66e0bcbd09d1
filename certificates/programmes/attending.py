"""Who was there, and for how long: what trainers' rules and award rules ask of a cohort."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Cohort, CohortMember
from certificates.models import Attendance, Session
from certificates.programmes.attendance import ATTENDANCE, attendance_columns
from certificates.programmes.presence import AttendanceFacts, HeldSession, Presence, count_attendance
from records.aliases import kept_of, records_of
from records.deriving import Touched, UnitKind, register_unit_kind
from records.statements import Said

__all__ = ["AttendanceFacts", "attendance_of", "held_sessions", "register"]


def register() -> None:
    """Add the derivation of attendance."""
    register_unit_kind(UnitKind(ATTENDANCE, frozenset({"attended"}), derive_attendance, (Attendance,)))


def derive_attendance(sets: Mapping[UUID, Sequence[Said]]) -> Touched:
    """Write the attendance of these units. One query."""
    derived = [columns for unit, said in sets.items() if (columns := attendance_columns(unit, said))]
    Attendance.write([Attendance(**columns) for columns in derived])
    return {}


def held_sessions(cohort: Cohort, at: dt.datetime) -> list[Session]:
    """Return the sessions that are over, or in which somebody's presence is known, in order. One query."""
    known = Exists(Attendance.objects.filter(session_uuid=OuterRef("uuid"), status=Attendance.Status.PRESENT))
    rows = Session.objects.filter(cohort=cohort, cancelled_at__isnull=True)
    return list(rows.filter(Q(ends_at__lte=at) | Q(known)))


def attendance_of(
    cohort: Cohort, *, at: dt.datetime | None = None, people: Collection[UUID] | None = None
) -> dict[UUID, AttendanceFacts]:
    """Return by person's UUID what each learner of a cohort attended, and whoever else stands on a list.

    What was said of a record that was made another's counts for the person who is kept. Four queries, however
    many people; `people` narrows to some of them, for one query more each.
    """
    held = held_sessions(cohort, at or timezone.now())
    rows = Attendance.objects.filter(session_uuid__in=[each.uuid for each in held]).order_by("at", "pk")
    if people is None:
        active = CohortMember.objects.learners().active().filter(cohort=cohort)
        people = set(active.values_list("person__uuid", flat=True))
    else:
        rows = rows.filter(person__in=[each for person in people for each in records_of(person)])
    said = list(rows.only("session_uuid", "person_id", "status", "minutes"))
    recorded: list[UUID] = [getattr(row, "person_id") for row in said]  # noqa: B009  # a key by UUID, which stubs take for a number
    kept = kept_of({*people, *recorded})
    known = [
        Presence(row.session_uuid, kept.get(person, person), row.status, row.minutes)
        for row, person in zip(said, recorded, strict=True)
    ]
    lengths = [HeldSession(each.uuid, each.minutes) for each in held]
    return count_attendance(lengths, known, {kept.get(person, person) for person in people})
