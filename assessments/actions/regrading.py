"""Mark a question anew in all attempts that were drawn with one version of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import AuditEvent, Login
from assessments.deriving import ATTEMPT
from assessments.errors import RegradeRefusedError
from assessments.models import Attempt, Paper, Question, Regrade
from assessments.policy import QUESTIONS_WRITE
from assessments.previewing import Preview, Ruled, has_same_parts, in_batches, papers_with, preview_regrade
from assessments.regrading import REGRADED, RULES
from assessments.scoring import KEY
from assessments.versions import find_versions
from courses.completion import announce_completion
from elearning.lib.ids import activity_iri, derived_uuid
from records.actions import append_statements
from records.deriving import derive_late_ones_once
from records.statements import build_statement
from records.storage import hold_log, statements_of

KEPT = "regrade.award-kept"


def preview_question(*, by: Login, question: Question, ruled: Ruled) -> Preview:
    """Return what an act would change; raise PermissionDenied, RegradeRefusedError. Changes nothing."""
    _check(by, question, ruled)
    return preview_regrade(ruled, but_of=_own(by))


def regrade_question(*, by: Login, regrade: UUID, question: Question, ruled: Ruled, reason: str) -> Regrade:
    """Mark a question anew in every attempt whose paper holds the version, audited, and return the record of it.

    Attempts that are open, or still on a device, are told too: they are marked by the rule when they are
    handed in. Batches, a transaction each: the log is never held for long. The ids of the statements follow
    from `regrade` and the attempt, so an act that was cut off is finished by doing it again, and a second
    click does nothing. Awards stay as they are. Raise PermissionDenied, RegradeRefusedError.
    """
    _check(by, question, ruled)
    done: Regrade | None = Regrade.objects.filter(pk=regrade).first()
    if done:
        return done
    found = preview_regrade(ruled, leave_out=regrade, but_of=_own(by))
    moment = timezone.now()
    for units in in_batches(list(papers_with(ruled.version).values_list("uuid", flat=True))):
        _say_to_all(by, regrade, units, ruled, reason, moment)
    return _record(by, regrade, question, ruled, reason, found, moment)


@transaction.atomic
def keep_award(*, by: Login, regrade: Regrade, attempt: UUID, serial: str) -> None:
    """Write down that an award stays although its attempt does not pass any more. The caller has checked the right."""
    known = AuditEvent.objects.filter(act=KEPT, target_uuid=attempt, detail__regrade=str(regrade.pk))
    if not known.exists():
        row = Attempt.objects.select_related("enrolment__country").get(pk=attempt)
        detail = {"regrade": str(regrade.pk), "serial": serial}
        record_audit(by=by, act=KEPT, target=row, country=row.enrolment.country, detail=detail)


def _check(by: Login, question: Question, ruled: Ruled) -> None:
    if not QUESTIONS_WRITE.allows(by, question):
        raise PermissionDenied
    versions = find_versions({ruled.version, ruled.to} - {""})
    asked, keyed = versions.get(ruled.version), versions.get(ruled.to)
    if asked is None or asked.question != str(question.uuid) or ruled.rule not in RULES:
        raise RegradeRefusedError
    if ruled.rule == KEY and (
        keyed is None
        or keyed.question != asked.question
        or keyed.sha256 == asked.sha256
        or not has_same_parts(asked, keyed)
    ):
        raise RegradeRefusedError


def _own(by: Login) -> list[UUID]:
    return list(by.person.actor_accounts.order_by("pk").values_list("uuid", flat=True))


@transaction.atomic
def _say_to_all(  # the parts of what is said
    by: Login, regrade: UUID, units: Sequence[UUID], ruled: Ruled, reason: str, moment: datetime
) -> None:
    hold_log()
    own = _own(by)
    known = statements_of(units)
    here = {each.id for each in known}
    papers = Paper.objects.filter(pk__in=units).values_list("uuid", "enrolment_uuid")
    said = [
        _statement(own[0], regrade, attempt, enrolment, ruled, reason, moment)
        for attempt, enrolment in papers.order_by("uuid")
        if derived_uuid(REGRADED, regrade, attempt) not in here
    ]
    before = _counting(units)
    with derive_late_ones_once():
        append_statements(by=own, statements=said, known_units=known)
        for enrolment in sorted(_counting(units) - before):
            announce_completion(enrolment)


def _statement(  # the parts of a statement
    actor: UUID, regrade: UUID, attempt: UUID, enrolment: UUID, ruled: Ruled, reason: str, moment: datetime
) -> dict[str, Any]:
    return build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb=REGRADED,
        activity=activity_iri(settings.ACTIVITY_BASE, "question", ruled.question),
        unit=(ATTEMPT, attempt),
        timestamp=moment,
        facts={
            "regrade": str(regrade),
            "question": str(ruled.question),
            "version": ruled.version,
            "rule": ruled.rule,
            "to": ruled.to if ruled.rule == KEY else "",
            "reason": reason,
        },
        registration=enrolment,
        statement_id=derived_uuid(REGRADED, regrade, attempt),
    )


def _counting(units: Sequence[UUID]) -> set[UUID]:
    """Return the enrolments whose attempt counts, of these. One query."""
    return set(Attempt.objects.filter(pk__in=units, counts=True).order_by().values_list("enrolment_id", flat=True))


@transaction.atomic
def _record(  # the parts of a record
    by: Login, regrade: UUID, question: Question, ruled: Ruled, reason: str, found: Preview, moment: datetime
) -> Regrade:
    hold_log()
    # Of two that finish it at once, one writes it.
    done: Regrade | None = Regrade.objects.filter(pk=regrade).first()
    if done:
        return done
    row = Regrade(
        uuid=regrade,
        question_uuid=question.uuid,
        from_version=ruled.version,
        to_version=ruled.to if ruled.rule == KEY else "",
        rule=ruled.rule,
        reason=reason,
        by=by.person,
        at=moment,
        summary=found.counts | {"lost": [str(each) for each in found.lost]},
    )
    row.save()
    detail = {"regrade": str(regrade), "rule": ruled.rule, **found.counts}
    record_audit(by=by, act="question.regraded", target=question, country=question.country, detail=detail)
    return row
