"""The only writers of sessions and of who was there.

Sessions are planning: plain rows, each act audited. Attendance is part of a learner's record, so it is said in
statements, and the rows follow from them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.actions.membership import enter_cohort
from accounts.actions.people import insert_person
from accounts.errors import ServiceNumberTakenError
from accounts.joining.registry import announce_admitted
from accounts.models import Agency, Cohort, CohortMember, Login, Person
from accounts.policy import COHORTS, PEOPLE
from certificates.errors import (
    AttendanceCodeError,
    AttendanceRefusedError,
    AttendeeUnknownError,
    SessionClosedError,
)
from certificates.models import Attendance, CohortPlan, Session, SessionPart
from certificates.programmes import door_codes
from certificates.programmes.attendance import ATTENDANCE, attendance_uuid
from certificates.programmes.seeding import five_days
from elearning.lib.ids import activity_iri
from records.actions import append_statements
from records.aliases import kept_of
from records.statements import build_statement
from records.storage import hold_log, statements_of

PRESENT = Attendance.Status.PRESENT
# What the log tells apart: a statement names milliseconds.
_TICK = dt.timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written down of one person: the status, and the minutes where not the whole session."""

    person: UUID
    status: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Who has which part in a session: a person, or an office."""

    role: str
    person: Person | None = None
    office: str = ""


@transaction.atomic
def create_session(*, by: Login, cohort: Cohort, facts: Mapping[str, Any]) -> Session:
    """Plan a session. Raises PermissionDenied unless `by` trains or runs the cohort."""
    _check_cohort(by, cohort)
    session = Session(cohort=cohort, **facts)
    session.full_clean(exclude=["cohort"])
    session.save(force_insert=True)
    _audit(by, "session.created", session)
    return session


@transaction.atomic
def plan_five_days(*, by: Login, cohort: Cohort) -> list[Session]:
    """Plan the sessions of the five-day agenda from the cohort's first day, in its language; none where some are there.

    Raises PermissionDenied unless `by` trains or runs the cohort. Two who ask at once plan it once.
    """
    _check_cohort(by, cohort)
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.sessions.exists():
        return []
    plan = CohortPlan.objects.filter(cohort=cohort).first() or CohortPlan(cohort=cohort)
    zone = ZoneInfo(cohort.time_zone)
    planned = []
    for half in five_days():
        day = cohort.starts_on + dt.timedelta(days=half.day - 1)
        starts, ends = (
            dt.datetime.combine(day, dt.time.fromisoformat(clock), zone).astimezone(dt.UTC)
            for clock in (half.begins, half.ends)
        )
        facts = {"title": half.title.get(cohort.language, half.title["en"]), "agenda": half.items(cohort.language)}
        times = {"starts_at": starts, "ends_at": ends, "minutes": half.minutes}
        place = {"mode": plan.mode, "place": plan.place}
        planned.append(create_session(by=by, cohort=cohort, facts=facts | times | place))
    return planned


@transaction.atomic
def update_session(*, by: Login, session: Session, facts: Mapping[str, Any]) -> Session:
    """Change a session: its time, place, agenda or plan."""
    _check_cohort(by, session.cohort)
    here = Session.objects.select_for_update().get(pk=session.pk)
    for name, value in facts.items():
        setattr(here, name, value)
    here.full_clean(exclude=["cohort"])
    here.save()
    _audit(by, "session.updated", here)
    return here


@transaction.atomic
def cancel_session(*, by: Login, session: Session, is_cancelled: bool = True) -> Session:
    """Cancel a session, or take that back; it keeps what was planned and who was there."""
    _check_cohort(by, session.cohort)
    here = Session.objects.select_for_update().get(pk=session.pk)
    if (here.cancelled_at is not None) != is_cancelled:
        here.cancelled_at = timezone.now() if is_cancelled else None
        here.save(update_fields=["cancelled_at"])
        _audit(by, "session.cancelled" if is_cancelled else "session.reinstated", here)
    return here


@transaction.atomic
def set_parts(*, by: Login, session: Session, parts: Sequence[Part]) -> list[SessionPart]:
    """Write who has which part. A person who is not there yet must be visible to `by`."""
    _check_cohort(by, session.cohort)
    known = {row.person_id for row in session.parts.all()}
    wanted = {part.person.pk for part in parts if part.person}
    if Person.objects.visible_to(by).filter(pk__in=wanted - known).count() != len(wanted - known):
        raise AttendeeUnknownError
    session.parts.all().delete()
    rows = SessionPart.objects.bulk_create(
        [SessionPart(session=session, role=part.role, person=part.person, office=part.office) for part in parts]
    )
    _audit(by, "session.parts", session, {"people": len(wanted), "guests": len(parts) - len(wanted)})
    return rows


@transaction.atomic
def take_attendance(
    *, by: Login, session: Session, marks: Sequence[Mark], taken_by: str = "list", at: dt.datetime | None = None
) -> int:
    """Write down who was there, and return how many lines said something new.

    Raises PermissionDenied, SessionClosedError, AttendeeUnknownError where somebody is neither an active learner
    of the cohort nor on its list already. What says the same as before is not said again.
    """
    _check_cohort(by, session.cohort)
    if session.cancelled_at is not None:
        raise SessionClosedError
    hold_log()
    _check_people(session, {mark.person for mark in marks})
    said = Attendance.objects.filter(session_uuid=session.uuid, person__in=[mark.person for mark in marks])
    known = {row.person_id: row for row in said}
    new = [mark for mark in marks if _is_new(session, mark, known.get(mark.person))]
    if new:
        actor = by.person.actor_accounts.order_by("pk").values_list("uuid", flat=True)[0]
        # A correction counts although the clock of whoever wrote first was ahead: the latest time wins.
        after = [row.at + _TICK for row in known.values()]
        _say(session, new, actor, taken_by, max([at or timezone.now(), *after]))
        _audit(by, "attendance.taken", session, {"lines": len(new), "way": taken_by})
    return len(new)


@transaction.atomic
def attend_by_code(*, login: Login, session: Session, code: str, at: dt.datetime | None = None) -> bool:
    """Write down that the one who is signed in scanned the code; False where the list says something already.

    A trainer's word stands: who was marked absent does not become present by a scan. Raises AttendanceCodeError.
    """
    now = at or timezone.now()
    if reason := code_refusal(login=login, session=session, code=code, now=now):
        raise AttendanceCodeError(reason)
    hold_log()
    if Attendance.objects.filter(pk=attendance_uuid(session.uuid, login.person.uuid)).exists():
        return False
    actor = login.person.actor_accounts.order_by("pk").values_list("uuid", flat=True)[0]
    _say(session, [Mark(login.person.uuid, PRESENT)], actor, "code", now)
    return True


def code_refusal(*, login: Login, session: Session, code: str, now: dt.datetime) -> str:
    """Return "" where a code counts for somebody now, else why not, in the order that tells a stranger least."""
    read = door_codes.read_code(code)
    if read is None or read.session != session.uuid:
        return "forged"
    if not _learners(session).filter(person=login.person).exists():
        return "foreign"
    if session.cancelled_at is not None:
        return "cancelled"
    return door_codes.refusal(read, session.starts_at, session.ends_at, now)


@transaction.atomic
def add_paper_attendee(  # what a line of the sheet says
    *,
    by: Login,
    session: Session,
    full_name: str,
    agency: Agency | None = None,
    service_number: str = "",
    sex: str = "",
) -> Person:
    """Write down somebody who signed the paper sheet and is not on the list: a person without a login.

    As with an invitation, whoever trains the cohort may let somebody in; the country is the cohort's. A service
    number that is known is that person, where `by` may see them; else ServiceNumberTakenError.
    """
    _check_cohort(by, session.cohort)
    cohort = session.cohort
    agency = cohort.agency or agency
    if agency is not None and agency.country_id != cohort.country_id:
        raise PermissionDenied
    person = _known_person(by, agency, service_number)
    if person is None:
        person = insert_person(
            full_name=full_name,
            country=cohort.country,
            agency=agency,
            service_number=service_number if agency else "",
            language=cohort.language,
            sex=sex,
        )
        record_audit(by=by, act="person.created", target=person, country=cohort.country)
    _let_in(by, cohort, person)
    take_attendance(by=by, session=session, marks=[Mark(person.uuid, PRESENT)], taken_by="paper")
    return person


def _let_in(by: Login, cohort: Cohort, person: Person) -> None:
    """Let somebody into a cohort by the sheet they signed: who sat in the room has a place, whatever was planned."""
    entered = enter_cohort(cohort, [person], takes_back=True)
    rows = [*entered.new, *entered.back, *entered.there]
    waited = CohortMember.objects.waiting().filter(pk__in=[row.pk for row in rows])
    if waited.update(state=CohortMember.State.ACTIVE) or not entered.there:
        announce_admitted(by, cohort, [person])
        record_audit(
            by=by, act="member.added", target=person, country=cohort.country, detail={"cohort": str(cohort.uuid)}
        )


def _known_person(by: Login, agency: Agency | None, service_number: str) -> Person | None:
    from accounts.backends import normal_identifier  # noqa: PLC0415  # it imports allauth, which wants all models

    if agency is None or not service_number:
        return None
    known = Person.objects.filter(agency=agency, service_number=normal_identifier(service_number)).first()
    if known is not None and not PEOPLE.allows(by, known):
        raise ServiceNumberTakenError
    return known


def _check_cohort(by: Login, cohort: Cohort) -> None:
    if not COHORTS.allows(by, cohort):
        raise PermissionDenied


def _learners(session: Session) -> Any:
    return CohortMember.objects.learners().active().filter(cohort=session.cohort_id)


def _check_people(session: Session, wanted: set[UUID]) -> None:
    known = {*_learners(session).filter(person__uuid__in=wanted).values_list("person__uuid", flat=True)}
    known |= {*Attendance.objects.filter(session_uuid=session.uuid).values_list("person_id", flat=True)}
    known |= {*kept_of(known).values()}
    if not wanted <= known:
        raise AttendeeUnknownError(str(len(wanted - known)))


def _is_new(session: Session, mark: Mark, known: Attendance | None) -> bool:
    return known is None or (known.status, known.minutes) != (mark.status, _minutes(session, mark))


def _minutes(session: Session, mark: Mark) -> int:
    if mark.status != PRESENT:
        return 0
    return session.minutes if mark.minutes is None else min(mark.minutes, session.minutes)


def _say(session: Session, marks: Sequence[Mark], actor: UUID, way: str, moment: dt.datetime) -> None:
    """Append a statement for each mark; the caller holds the log."""
    statements = [
        build_statement(
            base=settings.ACTIVITY_BASE,
            actor_uuid=actor,
            verb="attended",
            activity=activity_iri(settings.ACTIVITY_BASE, "session", session.uuid),
            unit=(ATTENDANCE, attendance_uuid(session.uuid, mark.person)),
            timestamp=moment,
            facts={
                "session": str(session.uuid),
                "cohort": str(session.cohort.uuid),
                "person": str(mark.person),
                "status": str(mark.status),
                "minutes": _minutes(session, mark),
                "taken_by": way,
            },
        )
        for mark in marks
    ]
    units = [attendance_uuid(session.uuid, mark.person) for mark in marks]
    outcome = append_statements(by=[actor], statements=statements, known_units=statements_of(units))
    if outcome.quarantined:
        raise AttendanceRefusedError(outcome.quarantined[0].reason)


def _audit(by: Login, act: str, session: Session, detail: Mapping[str, Any] | None = None) -> None:
    where = {"cohort": str(session.cohort.uuid), **(detail or {})}
    record_audit(by=by, act=act, target=session, country=session.cohort.country, detail=where)
