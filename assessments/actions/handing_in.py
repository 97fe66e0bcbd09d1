"""Hand an attempt in, once."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Login
from assessments.access import Sitting, sitting_for
from assessments.actions.statements import say
from assessments.answering import follow_attempt
from assessments.deriving import attempt_of, papers_of
from assessments.models import Attempt
from courses.completion import announce_completion
from elearning.lib.ids import derived_uuid
from records.deriving import derive_late_ones_once
from records.storage import hold_log, statements_of


@transaction.atomic
def hand_in(*, by: Login, attempt: UUID) -> Attempt:
    """Hand in the login's own attempt and return it with its score; again returns the same.

    Of many requests at once, under the log's lock, one says so and the others find it said. Questions
    without an answer earn nothing. A passed attempt that completes the course is announced, in the
    same transaction and on every repeat: what follows from it happens with it or at the next try. One
    that is flagged is not: it waits for decide_attempt. Raise Http404 for another's attempt.
    """
    sitting = sitting_for(by, attempt)
    hold_log()
    with derive_late_ones_once():
        return _hand_in(sitting, attempt)


def _hand_in(sitting: Sitting, attempt: UUID) -> Attempt:
    known = statements_of([attempt])
    log = follow_attempt(known)
    if not log.submitted:
        known = say(
            "submitted",
            attempt=attempt,
            enrolment=sitting.enrolment,
            actor=sitting.actor,
            quiz=sitting.quiz,
            at=timezone.now(),
            statement_id=derived_uuid("attempt-submitted", attempt),
            facts={"ordinal": log.last_ordinal + 1, "standing": log.standing},
            known=known,
        )
    # The row as it has just been derived, without asking for it.
    log = follow_attempt(known)
    handed_in = attempt_of(attempt, log, papers_of({attempt: log}).get(attempt))
    assert handed_in is not None  # noqa: S101  # the sitting has read it
    if handed_in.counts:
        announce_completion(sitting.enrolment)
    return handed_in
