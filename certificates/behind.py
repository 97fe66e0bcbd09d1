"""What stands behind a certificate: the attempt it quotes, the sessions attended, and what was said of it since."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from accounts.models import ActorAccount, Login, Person
from assessments.models import Attempt, Quiz
from certificates.awarded import issue_of, moment_of, place_of
from certificates.models import Attendance, Award, Session
from certificates.reasons import SUPERSEDED, reason_words
from courses.models import Enrolment
from records.statements import Said
from records.storage import statements_of


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was said of an award: when, what, and by whom where the viewer may know."""

    at: dt.datetime
    verb: str
    version: int
    detail: str = ""
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """Everything that an award rests on, as far as it is known here."""

    versions: Sequence[Award]
    periods: Sequence[Award]
    events: Sequence[Event]
    enrolment: Enrolment | None
    attempt: Attempt | None
    quiz: Quiz | None
    sessions: Sequence[tuple[Session, Attendance]]


def behind(award: Award, by: Login) -> Behind:
    """Return what stands behind an award. Nine queries, however long its history."""
    versions = list(Award.objects.filter(serial=award.serial).order_by("-version"))
    others = Award.objects.filter(person__uuid=award.person_id, award_uuid=award.award_uuid).exclude(
        period=award.period
    )
    said = statements_of([each.uuid for each in versions])
    issued = issue_of(award.uuid, [each for each in said if each.unit_uuid == award.uuid])
    attempt = _attempt(issued.facts.get("attempt") if issued else None)
    return Behind(
        versions=versions,
        periods=list(others.current().order_by("period")),
        events=_events(said, {each.uuid: each.version for each in versions}, by, award),
        enrolment=Enrolment.objects.filter(pk=award.enrolment_uuid).select_related("progress").first(),
        attempt=attempt,
        quiz=Quiz.objects.filter(uuid=attempt.quiz_uuid).first() if attempt else None,
        sessions=_sessions(award),
    )


def _attempt(named: Any) -> Attempt | None:
    try:
        return Attempt.objects.filter(pk=UUID(named)).first()
    except (TypeError, ValueError, AttributeError):
        return None


def _events(said: Sequence[Said], versions: dict[UUID, int], by: Login, award: Award) -> list[Event]:
    actors = {each.actor_uuid for each in said if each.verb != "earned"}
    accounts = ActorAccount.objects.filter(uuid__in=actors, person__in=Person.objects.visible_to(by))
    people = {account.uuid: account.person for account in accounts.select_related("person")}
    return [
        Event(
            moment_of(each),
            "replaced" if each.facts.get("reason") == SUPERSEDED else each.verb,
            versions.get(each.unit_uuid, award.version),
            _reason(each),
            people.get(each.actor_uuid),
        )
        for each in sorted(said, key=place_of)
    ]


def _reason(said: Said) -> str:
    """Return why an award was withdrawn; that a version took its place is said by the event itself."""
    reason = str(said.facts.get("reason", ""))
    return reason_words(reason) if said.verb == "revoked" and reason != SUPERSEDED else ""


def _sessions(award: Award) -> list[tuple[Session, Attendance]]:
    if award.cohort_id is None:
        return []
    rows = Attendance.objects.filter(person__uuid=award.person_id, cohort_uuid=award.cohort_id)
    known = {each.session_uuid: each for each in rows}
    return [(each, known[each.uuid]) for each in Session.objects.filter(uuid__in=known).order_by("starts_at")]


def event_words(event: Event) -> str:
    """Return what happened, in words."""
    return {
        "earned": gettext("Issued"),
        "revoked": gettext("Withdrawn"),
        "restored": gettext("Restored"),
        "replaced": gettext("Replaced by the next version"),
    }.get(event.verb, event.verb)
