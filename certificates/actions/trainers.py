"""The only writers of what is known of trainers: evidence, profiles, the rules of a programme, and the count."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Login, Person
from certificates import policy
from certificates.cascade.access_rules import TRAINEES, TRAINERS_RUN
from certificates.cascade.cohorts import cohorts_of, read_cohorts
from certificates.cascade.counting import count_cascade, count_cascades
from certificates.cascade.evidence import EVIDENCE, RETRACTIONS, evidence_columns, evidence_facts
from certificates.cascade.facts import judge_person
from certificates.cascade.rules import TrainerRules, written_rules
from certificates.errors import EvidenceRefusedError, EvidenceUnfitError
from certificates.models import Evidence, Programme, Session, TrainerLine, TrainerProfile
from elearning.lib.ids import activity_iri
from records.actions import append_statements
from records.aliases import kept_of
from records.statements import Said, build_statement, read_statement
from records.storage import hold_log, statements_of

# What the log tells apart: a statement names milliseconds.
_TICK = dt.timedelta(milliseconds=1)


@transaction.atomic
def record_evidence(
    *,
    by: Login,
    person: Person,
    programme: Programme | None,
    kind: str,
    happened_on: dt.date,
    marks: Sequence[int] = (),
    session: Session | None = None,
    at: dt.datetime | None = None,
) -> Evidence:
    """Say that somebody showed what a trainer must show; audited.

    Raise PermissionDenied for oneself and for people out of sight, EvidenceUnfitError.
    """
    if not TRAINEES.allows(by, person):
        raise PermissionDenied
    if session is not None and not cohorts_of(programme).filter(pk=session.cohort_id).exists():
        raise EvidenceUnfitError(str(session.uuid))
    now = at or timezone.now()
    unit = uuid4()
    facts = evidence_facts(
        person.uuid,
        programme.uuid if programme else None,
        kind,
        happened_on,
        marks=marks,
        session=session.uuid if session else None,
    )
    said = _statement(by, "evidenced", unit, facts, now)
    if evidence_columns(unit, [said]) is None:
        raise EvidenceUnfitError(kind)
    hold_log()
    _append(said, [])
    row = Evidence.objects.get(pk=unit)
    record_audit(by=by, act="evidence.recorded", target=person, country=person.country, detail={"kind": kind})
    _count_person(person, programme, now)
    return row


@transaction.atomic
def retract_evidence(*, by: Login, evidence: Evidence, reason: str, at: dt.datetime | None = None) -> Evidence:
    """Take a piece of evidence back; audited. One that is taken back already stays so.

    Raise PermissionDenied as record_evidence does, EvidenceUnfitError.
    """
    whose = kept_of([evidence.person_id]).get(evidence.person_id, evidence.person_id)
    person = Person.objects.select_related("country").get(uuid=whose)
    if not TRAINEES.allows(by, person):
        raise PermissionDenied
    if reason not in RETRACTIONS:
        raise EvidenceUnfitError(reason)
    hold_log()
    here = Evidence.objects.get(pk=evidence.pk)
    if here.retracted_at is not None:
        return here
    now = max(at or timezone.now(), here.said_at + _TICK)
    known = statements_of([here.pk])
    _append(_statement(by, "retracted", here.pk, {"reason": reason}, now), known)
    record_audit(by=by, act="evidence.retracted", target=person, country=person.country, detail={"reason": reason})
    programme = Programme.objects.filter(uuid=here.programme_uuid).first() if here.programme_uuid else None
    _count_person(person, programme, now)
    return Evidence.objects.get(pk=here.pk)


@transaction.atomic
def update_trainer_rules(*, by: Login, programme: Programme, rules: TrainerRules) -> Programme:
    """Change what makes a trainer in a programme, audited, and count its trainers anew by it.

    Raise PermissionDenied unless `by` runs all countries of the programme.
    """
    if not policy.PROGRAMMES_RUN.allows(by, programme):
        raise PermissionDenied
    here = Programme.objects.select_for_update().get(pk=programme.pk)
    before, here.trainer_rules = here.trainer_rules, written_rules(rules)
    here.save(update_fields=["trainer_rules"])
    detail = {"before": before, "after": here.trainer_rules}
    record_audit(by=by, act="programme.trainer-rules", target=here, detail=detail)
    count_cascade(here, timezone.now())
    return here


@transaction.atomic
def update_trainer_profile(*, by: Login, person: Person, facts: Mapping[str, Any]) -> TrainerProfile:
    """Write what a trainer brings, audited unless it is one's own; raise PermissionDenied."""
    if not TRAINERS_RUN.allows(by, person):
        raise PermissionDenied
    profile = TrainerProfile.objects.filter(person=person).first() or TrainerProfile(person=person)
    for name, value in facts.items():
        setattr(profile, name, value)
    profile.full_clean(exclude=["person"])
    profile.save()
    if by.person_id != person.pk:
        record_audit(by=by, act="trainer-profile.updated", target=person, country=person.country)
    return profile


def count_trainers(*, by: Login, programme: Programme | None) -> int:
    """Count a programme's cascade now and return how many trainers there are; PermissionDenied without a desk."""
    if not by.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    if programme is not None and not policy.PROGRAMMES.allows(by, programme):
        raise PermissionDenied
    return count_cascade(programme, timezone.now())


def count_trainers_if_due(now: dt.datetime) -> int:
    """Count all cascades, once a day: for run_due. Two at once write the same lines."""
    newest = TrainerLine.objects.order_by("-counted_at").values_list("counted_at", flat=True).first()
    if newest is not None and newest.date() >= now.date():
        return 0
    return count_cascades(now)


def _count_person(person: Person, programme: Programme | None, now: dt.datetime) -> None:
    """Bring the state of one trainer's line up to date; a line that is not there comes with the next count."""
    lines = TrainerLine.objects.filter(person=person, programme=programme)
    if lines.exists():
        verdict = judge_person(programme, person, read_cohorts(programme), now)
        lines.update(state=str(verdict.state), missing=[str(rule) for rule in verdict.missing])


def _statement(by: Login, verb: str, unit: UUID, facts: Mapping[str, Any], moment: dt.datetime) -> Said:
    actor = by.person.actor_accounts.order_by("pk").values_list("uuid", flat=True)[0]
    body = build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb=verb,
        activity=activity_iri(settings.ACTIVITY_BASE, "evidence", unit),
        unit=(EVIDENCE, unit),
        timestamp=moment,
        facts=facts,
    )
    return read_statement(body)


def _append(said: Said, known: Sequence[Said]) -> None:
    outcome = append_statements(by=[said.actor_uuid], statements=[said], known_units=known)
    if outcome.quarantined:
        raise EvidenceRefusedError(outcome.quarantined[0].reason)
