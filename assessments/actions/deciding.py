"""Decide whether a flagged attempt counts."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Login
from assessments.actions.statements import say
from assessments.answering import follow_attempt
from assessments.deciding import APPROVED, DENIED
from assessments.errors import NothingToDecideError
from assessments.models import Attempt
from assessments.policy import ATTEMPTS_DECIDE
from courses.completion import announce_completion
from records.deriving import derive_late_ones_once
from records.storage import hold_log, statements_of


@transaction.atomic
def decide_attempt(*, by: Login, attempt: Attempt, approve: bool, reason: str) -> Attempt:
    """Say whether a flagged attempt counts, audited, and return it as it stands then.

    The statement names what was decided about: the answers that stand and the flags, so that what
    arrives later is not decided with it. The same decision again changes nothing; another one takes
    its place. An award that was issued stays until it is withdrawn. Raise PermissionDenied,
    NothingToDecideError.
    """
    if not ATTEMPTS_DECIDE.allows(by, attempt):
        raise PermissionDenied
    hold_log()
    here = Attempt.objects.select_related("enrolment__country").get(pk=attempt.pk)
    if here.is_open or not here.flags:
        raise NothingToDecideError
    verb = APPROVED if approve else DENIED
    if here.decision != verb:
        with derive_late_ones_once():
            _say(by, here, verb, reason)
        detail = {"decision": verb, "flags": here.flags}
        record_audit(by=by, act="attempt.decided", target=here, country=here.enrolment.country, detail=detail)
    return Attempt.objects.get(pk=here.pk)


def _say(by: Login, attempt: Attempt, verb: str, reason: str) -> None:
    known = statements_of([attempt.pk])
    say(
        verb,
        attempt=attempt.pk,
        enrolment=attempt.enrolment_id,
        actor=by.person.actor_accounts.order_by("pk").values_list("uuid", flat=True)[0],
        quiz=attempt.quiz_uuid,
        at=timezone.now(),
        statement_id=uuid4(),
        facts={"reason": reason, "standing": follow_attempt(known).standing, "flags": attempt.flags},
        known=known,
    )
    # Tells only whoever waits for it: where the course is not complete by this, nothing follows.
    announce_completion(attempt.enrolment_id)
