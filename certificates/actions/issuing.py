"""Issue for a whole cohort: begin once, go on in slices, until each person has a result."""

import datetime as dt
import logging
import time
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.actions import record_audit, send_messages
from accounts.leaving import MERGED
from accounts.models import Cohort, CohortMember, Login, Person
from accounts.policy import COHORTS_RUN
from certificates.actions.awards import issue_award
from certificates.actions.trainer_awards import issue_trainer_award
from certificates.awarding.telling import ISSUED, telling
from certificates.errors import AwardNotDueError, CertificateError
from certificates.models import Award, AwardRule, IssuingLine, IssuingRun
from courses.models import Enrolment

logger = logging.getLogger(__name__)

MOST_PEOPLE = 1000
# A slice ends after so many people or so long, whichever is first; the lease outlives it by far.
_SLICE_PEOPLE = 25
_SLICE_S = 2.0
_LEASE = dt.timedelta(seconds=60)


@transaction.atomic
def start_issuing(*, by: Login, cohort: Cohort, role: str = AwardRule.Role.LEARNER) -> IssuingRun:
    """Begin to issue for a cohort, audited; return the run that is open, where there is one already.

    A line for each person who may be due, those without a certificate first, at most MOST_PEOPLE: another run takes
    the rest. Nothing is issued yet: work_on_run does, whoever calls it. Raise PermissionDenied.
    """
    if not COHORTS_RUN.allows(by, cohort):
        raise PermissionDenied
    # The cohort's row is the lock: of two clicks at once the second finds the first's run.
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    run = IssuingRun.objects.filter(cohort=cohort, role=role, finished_at__isnull=True).first()
    if run is not None:
        return run
    run = IssuingRun.objects.create(cohort=cohort, role=role, started_by=by.person, started_at=timezone.now())
    lines = _trainer_lines(cohort) if role == AwardRule.Role.TRAINER else _learner_lines(cohort)
    IssuingLine.objects.bulk_create(
        [
            IssuingLine(run=run, position=number, person_id=person, enrolment_uuid=enrolment)
            for number, (person, enrolment) in enumerate(lines[:MOST_PEOPLE], start=1)
        ],
        batch_size=500,
    )
    if not lines:
        IssuingRun.objects.filter(pk=run.pk).update(finished_at=run.started_at)
        run.finished_at = run.started_at
    detail = {"people": min(len(lines), MOST_PEOPLE), "role": str(role)}
    record_audit(by=by, act="award.run-started", target=cohort, country=cohort.country, detail=detail)
    return run


def work_on_run(run: IssuingRun, *, now: dt.datetime | None = None) -> int:
    """Do one slice of a run; return how many lines got a result: 0 when it is done, or another works on it.

    Each person is an act of its own: a process that dies loses at most the one in hand, whose award is then found
    issued. The lease only spares two workers the same lines; that nobody is awarded twice is the log's doing.
    """
    moment = now or timezone.now()
    if not _take(run, moment):
        return 0
    by = Login.objects.filter(person=run.started_by_id).first()
    waiting = IssuingLine.objects.filter(run=run, result=IssuingLine.Result.WAITING).select_related("person")
    started, done = time.monotonic(), 0
    for line in waiting[:_SLICE_PEOPLE]:
        done += _settle(line, run, by)
        if time.monotonic() - started > _SLICE_S:
            break
    left = IssuingLine.objects.filter(run=run, result=IssuingLine.Result.WAITING).exists()
    IssuingRun.objects.filter(pk=run.pk).update(leased_until=None, finished_at=None if left else timezone.now())
    return done


def work_on_open_runs(now: dt.datetime) -> int:
    """Go on with every run that nobody works on, to its end; return how many lines got a result. For run_due."""
    done = 0
    for run in IssuingRun.objects.filter(finished_at__isnull=True).select_related("cohort__country"):
        while more := work_on_run(run, now=max(now, timezone.now())):
            done += more
    return done


def _take(run: IssuingRun, moment: dt.datetime) -> bool:
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=moment)
    rows = IssuingRun.objects.filter(free, pk=run.pk, finished_at__isnull=True)
    return bool(rows.update(leased_until=moment + _LEASE))


def _settle(line: IssuingLine, run: IssuingRun, by: Login | None) -> int:
    """Issue for one person, and write down what became of it. One transaction."""
    try:
        with transaction.atomic():
            award, is_new = _issue_for(line, run, by)
            result = IssuingLine.Result.ISSUED if is_new else IssuingLine.Result.ALREADY
            return _write(line, result, award=award.pk)
    except AwardNotDueError as error:
        return _write(line, IssuingLine.Result.NOT_DUE, unmet=[each.as_json() for each in error.unmet])
    except CertificateError as error:
        logger.exception("no award for line %s of run %s", line.position, run.uuid)
        return _write(line, IssuingLine.Result.FAILED, unmet=[error.code])
    except PermissionDenied:
        return _write(line, IssuingLine.Result.FAILED, unmet=["certificates.award.out_of_scope"])


def _issue_for(line: IssuingLine, run: IssuingRun, by: Login | None) -> tuple[Award, bool]:
    before = set(Award.objects.filter(person__uuid=line.person.uuid).values_list("pk", flat=True))
    if line.enrolment_uuid is None:
        award = issue_trainer_award(by=by, person=line.person, cohort=run.cohort)
    else:
        award = issue_award(enrolment_uuid=line.enrolment_uuid, by=by)
    is_new = award.pk not in before
    if is_new:
        send_messages([telling(award, ISSUED, "")])
    return award, is_new


def _write(line: IssuingLine, result: str, unmet: Sequence[object] = (), award: UUID | None = None) -> int:
    rows = IssuingLine.objects.filter(pk=line.pk, result=IssuingLine.Result.WAITING)
    return rows.update(result=result, unmet=list(unmet), award_uuid=award)


def _learner_lines(cohort: Cohort) -> list[tuple[int, UUID]]:
    """Return (person, enrolment) of those who learn in the cohort, who have no certificate first. One query."""
    in_force = Award.objects.in_force().filter(enrolment_uuid=OuterRef("pk"))
    # A record that was merged into another one has left by name only.
    left = CohortMember.objects.learners().exclude(state=CohortMember.State.ACTIVE).exclude(left_reason=MERGED)
    gone = left.filter(cohort=cohort, person=OuterRef("person__pk"))
    rows = Enrolment.objects.filter(~Exists(gone), cohort__uuid=cohort.uuid, person__pk__isnull=False)
    ordered = rows.annotate(has_award=Exists(in_force)).order_by("has_award", "person__full_name", "pk")
    return list(ordered.values_list("person__pk", "pk"))


def _trainer_lines(cohort: Cohort) -> list[tuple[int, UUID | None]]:
    """Return the people who learn in a cohort to become trainers. One query."""
    members = CohortMember.objects.filter(
        cohort=cohort, role=CohortMember.Role.LEARNER, state=CohortMember.State.ACTIVE
    )
    people = Person.objects.filter(pk__in=members.values("person")).order_by("full_name", "pk")
    return [(person, None) for person in people.values_list("pk", flat=True)]
