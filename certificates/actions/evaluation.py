"""The only writers of what people say of a training, and of the context notes beside it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.actions import record_audit
from accounts.models import Cohort, CohortMember, Login, Person
from accounts.policy import COHORTS, COHORTS_RUN
from accounts.shortcodes import new_code, normal_code
from certificates.errors import (
    FollowUpClosedError,
    FollowUpRefusedError,
    ReactionClosedError,
    ReactionGivenError,
    SupervisorCodeError,
)
from certificates.evaluation.answering import (
    FOLLOW_UP,
    LEARNER,
    SUPERVISOR,
    WAVES,
    answer_facts,
    are_answers,
    follow_up_uuid,
    open_waves,
)
from certificates.evaluation.reactions import ITEMS, SHOWN_TOGETHER, are_reactions
from certificates.models import ContextNote, FollowUp, ReactionGiven, ReactionTally, SupervisorCode
from elearning.lib.ids import activity_iri
from records.actions import append_statements
from records.aliases import own, people_kept
from records.statements import build_statement
from records.storage import hold_log, statements_of

# Sixty bits of letters: see SupervisorCode.
CODE_LENGTH = 12
CODE_LIFETIME = dt.timedelta(days=120)
_TICK = dt.timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class PaperCode:
    """A supervisor's code in clear, to be printed once; the database keeps only its hash."""

    person: Person
    code: str
    row: SupervisorCode


@transaction.atomic
def give_reaction(*, by: Login, cohort: Cohort, answers: Mapping[str, int], today: dt.date | None = None) -> None:
    """Count somebody's answers to the reaction form, once; nobody's form is kept.

    Raise ReactionClosedError, ReactionGivenError; ValueError for what are no answers.
    """
    if not are_reactions(answers):
        msg = "a reaction answers every question of the form"
        raise ValueError(msg)
    # Who answer at the same moment take turns: the counts of five must be of the same five.
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    if not may_react(by, cohort, today or timezone.now().date()):
        raise ReactionClosedError
    if ReactionGiven.objects.filter(own("person__uuid", by.person.uuid), cohort=cohort).exists():
        raise ReactionGivenError
    try:
        with transaction.atomic():
            ReactionGiven.objects.create(cohort=cohort, person=by.person)
    except IntegrityError:
        raise ReactionGivenError from None
    for item, value in answers.items():
        tally, _is_new = ReactionTally.objects.get_or_create(cohort=cohort, item=item, value=value)
        ReactionTally.objects.filter(pk=tally.pk).update(waiting=F("waiting") + 1)
    one_item = ReactionTally.objects.filter(cohort=cohort, item=ITEMS[0])
    if one_item.aggregate(forms=Sum("waiting"))["forms"] >= SHOWN_TOGETHER:
        ReactionTally.objects.filter(cohort=cohort).update(shown=F("shown") + F("waiting"), waiting=0)


def may_react(login: Login, cohort: Cohort, today: dt.date) -> bool:
    """Tell whether somebody learns in a cohort that has begun. One query."""
    return cohort.starts_on <= today and _learns_in(login.person, cohort)


@transaction.atomic
def answer_follow_up(
    *, by: Login, cohort: Cohort, months: int, answers: Mapping[str, int], at: dt.datetime | None = None
) -> FollowUp:
    """Say what a learner did with the training since; said again, the later answer counts.

    Raise FollowUpClosedError; ValueError for what are no answers.
    """
    now = at or timezone.now()
    if months not in open_waves(cohort.ends_on, now.date()) or not _learns_in(by.person, cohort):
        raise FollowUpClosedError
    actor = by.person.actor_accounts.order_by("pk").values_list("uuid", flat=True)[0]
    return _answer(actor, cohort, by.person, months, LEARNER, answers, now)


@transaction.atomic
def answer_as_supervisor(*, code: str, answers: Mapping[str, int], at: dt.datetime | None = None) -> FollowUp:
    """Say what a supervisor saw, once for each code; raise SupervisorCodeError, ValueError.

    The statement is said by whoever handed the code out and vouches for the supervisor, who has no account.
    """
    now = at or timezone.now()
    row = open_supervisor_code(code, now)
    if not SupervisorCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=now):
        raise SupervisorCodeError
    actor = row.issued_by.actor_accounts.order_by("pk").values_list("uuid", flat=True)[0]
    return _answer(actor, row.cohort, row.person, row.months, SUPERVISOR, answers, now)


def open_supervisor_code(code: str, now: dt.datetime) -> SupervisorCode:
    """Return the row of a code that still opens; raise SupervisorCodeError. One query."""
    rows = SupervisorCode.objects.select_related("cohort", "person", "issued_by")
    row = rows.filter(code_hash=_hash(code), used_at__isnull=True, expires_at__gt=now).first()
    if row is None:
        raise SupervisorCodeError
    return row


@transaction.atomic
def issue_supervisor_codes(
    *, by: Login, cohort: Cohort, months: int, people: Collection[UUID] | None = None, at: dt.datetime | None = None
) -> list[PaperCode]:
    """Return a code for the supervisor of each learner who has no answer yet; earlier open ones stop working.

    Audited. Raise PermissionDenied unless `by` trains or runs the cohort, FollowUpClosedError.
    """
    if not COHORTS.allows(by, cohort):
        raise PermissionDenied
    now = at or timezone.now()
    if months not in WAVES or cohort.ends_on is None:
        raise FollowUpClosedError
    answered = FollowUp.objects.filter(cohort_uuid=cohort.uuid, months=months, by=SUPERVISOR)
    learners = Person.objects.visible_to(by).filter(
        memberships__cohort=cohort,
        memberships__role=CohortMember.Role.LEARNER,
        memberships__state=CohortMember.State.ACTIVE,
    )
    given = answered.values("person")
    wanted = learners.exclude(Q(uuid__in=given) | Q(uuid__in=people_kept(given)))
    if people is not None:
        wanted = wanted.filter(uuid__in=people)
    rows = list(wanted.order_by("full_name", "pk").distinct())
    SupervisorCode.objects.filter(cohort=cohort, months=months, person__in=rows, used_at__isnull=True).delete()
    codes = [
        PaperCode(person, code, SupervisorCode(code_hash=_hash(code), person=person))
        for person in rows
        for code in [new_code(CODE_LENGTH)]
    ]
    for each in codes:
        each.row.cohort, each.row.months, each.row.issued_by = cohort, months, by.person
        each.row.issued_at, each.row.expires_at = now, now + CODE_LIFETIME
    SupervisorCode.objects.bulk_create([each.row for each in codes], batch_size=500)
    detail = {"months": months, "codes": len(codes)}
    record_audit(by=by, act="supervisor-codes.issued", target=cohort, country=cohort.country, detail=detail)
    return codes


@transaction.atomic
def write_context_note(*, by: Login, cohort: Cohort, facts: Mapping[str, Any]) -> ContextNote:
    """Write what official data say of the country around a cohort, audited; raise PermissionDenied."""
    if not COHORTS_RUN.allows(by, cohort):
        raise PermissionDenied
    note = ContextNote.objects.filter(cohort=cohort).first() or ContextNote(cohort=cohort)
    for name, value in facts.items():
        setattr(note, name, value)
    note.full_clean(exclude=["cohort"])
    note.save()
    record_audit(by=by, act="context-note.written", target=cohort, country=cohort.country)
    return note


def _answer(  # an answer has this many parts, and all are checked by the callers
    actor: UUID, cohort: Cohort, person: Person, months: int, who: str, answers: Mapping[str, int], moment: dt.datetime
) -> FollowUp:
    if not are_answers(who, dict(answers)):
        msg = "a follow-up answers every question of its form"
        raise ValueError(msg)
    unit = follow_up_uuid(cohort.uuid, person.uuid, months, who)
    hold_log()
    earlier = FollowUp.objects.filter(pk=unit).values_list("at", flat=True).first()
    statement = build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb="responded",
        activity=activity_iri(settings.ACTIVITY_BASE, "cohort", cohort.uuid),
        unit=(FOLLOW_UP, unit),
        timestamp=max(moment, earlier + _TICK) if earlier else moment,
        facts=answer_facts(cohort.uuid, person.uuid, months, who, answers),
    )
    outcome = append_statements(by=[actor], statements=[statement], known_units=statements_of([unit]))
    if outcome.quarantined:
        raise FollowUpRefusedError(outcome.quarantined[0].reason)
    return FollowUp.objects.get(pk=unit)


def _learns_in(person: Person, cohort: Cohort) -> bool:
    return CohortMember.objects.filter(
        cohort=cohort, person=person, role=CohortMember.Role.LEARNER, state=CohortMember.State.ACTIVE
    ).exists()


def _hash(code: str) -> str:
    """Return the keyed hash of a code: a copy of the database opens nothing."""
    return salted_hmac("relais.supervisor-code", normal_code(code), algorithm="sha256").hexdigest()
