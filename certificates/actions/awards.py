"""The only writers of awards: issuing one, once; withdrawing it; restoring it."""

import datetime as dt
import logging
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Login
from certificates import policy
from certificates.attested import due_of, facts_to_say
from certificates.awarding.saying import actor_of, say_change, say_earned
from certificates.errors import AwardNotDueError, AwardSupersededError, CertificateError, UnknownReasonError
from certificates.models import Award
from certificates.reasons import RevocationReason
from courses.models import Enrolment
from records.storage import hold_log

logger = logging.getLogger(__name__)


def issue_award_if_due(enrolment: Enrolment) -> UUID | None:
    """Issue the award of a completed enrolment and return its id, or None where none is due.

    Called within the act that completes a course: what is wrong with the award must not undo the
    learner's work, so it is logged, and the award follows with the next act or with issue_award.
    """
    try:
        return _issue(enrolment, timezone.now())
    except AwardNotDueError:
        return None
    except CertificateError:
        logger.exception("no award was issued for enrolment %s", enrolment.uuid)
        return None


@transaction.atomic
def issue_award(*, enrolment_uuid: UUID, at: dt.datetime | None = None, by: Login | None = None) -> Award:
    """Return the award of an enrolment, issued now unless it was before; raise AwardNotDueError.

    `by` None is the site itself. Raise PermissionDenied for staff out of the scope of the enrolment's country.
    """
    enrolment = Enrolment.objects.select_related("person", "progress").get(pk=enrolment_uuid)
    if by is not None and not policy.ENROLMENTS_RUN.allows(by, enrolment):
        raise PermissionDenied
    hold_log()
    known = set(Award.objects.filter(enrolment_uuid=enrolment.pk).values_list("pk", flat=True)) if by else set()
    award: Award = Award.objects.select_related("country").get(pk=_issue(enrolment, at or timezone.now()))
    if by is not None and award.pk not in known:
        record_audit(by=by, act="award.issued", target=award, country=award.country)
    return award


@transaction.atomic
def _issue(enrolment: Enrolment, moment: dt.datetime) -> UUID:
    """Say once that the award was earned, and return the award's id.

    The log is held before the awards are read, so that of many who ask at once one issues and the
    others find it issued: one row, one statement for each (person, award, period, version).
    """
    hold_log()
    due = due_of(enrolment, moment)
    if due.issued is not None:
        return due.issued.pk
    say_earned(enrolment.actor_uuid, due.uuid, enrolment.person, facts_to_say(due), moment, due.serial)
    return due.uuid


@transaction.atomic
def revoke_award(*, by: Login, award: Award, reason: str, at: dt.datetime | None = None) -> Award:
    """Withdraw an award, audited; an award that is withdrawn already stays as it is.

    Raise PermissionDenied outside the scope of a coordinator or administrator, UnknownReasonError.
    """
    if not policy.AWARDS_RUN.allows(by, award):
        raise PermissionDenied
    if reason not in RevocationReason.values:
        raise UnknownReasonError(reason)
    hold_log()
    here = Award.objects.select_related("country").get(pk=award.pk)
    if here.revoked_at is not None:
        return here
    say_change("revoked", actor_of(by), here.uuid, {"reason": reason}, at or timezone.now())
    record_audit(by=by, act="award.revoked", target=here, country=here.country, detail={"reason": reason})
    return Award.objects.get(pk=here.pk)


@transaction.atomic
def restore_award(*, by: Login, award: Award, at: dt.datetime | None = None) -> Award:
    """Make a withdrawn award stand again, audited; one that stands stays as it is.

    Its number, version and dates are those it had. Raise PermissionDenied, or AwardSupersededError where a
    later version has its number: two papers with one number would both be valid.
    """
    if not policy.AWARDS_RUN.allows(by, award):
        raise PermissionDenied
    hold_log()
    here = Award.objects.select_related("country").get(pk=award.pk)
    if here.revoked_at is None:
        return here
    if here.is_superseded:
        raise AwardSupersededError(here.serial)
    say_change("restored", actor_of(by), here.uuid, {}, at or timezone.now())
    record_audit(by=by, act="award.restored", target=here, country=here.country)
    return Award.objects.get(pk=here.pk)
