"""Open a certifying exam to a cohort by a code that is read out, close it, and begin it with that code."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Cohort, CohortMember, Login
from accounts.policy import COHORTS
from accounts.shortcodes import new_code, normal_code
from assessments.access import exams_of_cohort
from assessments.actions.starting import start_attempt
from assessments.errors import ExamCodeError, ExamNotYoursError
from assessments.models import Attempt, ExamOpening, Quiz
from courses.models import Enrolment
from elearning.lib.canonical import sha256_hex


@transaction.atomic
def open_exam(*, by: Login, cohort: Cohort, quiz: Quiz, minutes: int) -> tuple[ExamOpening, str]:
    """Open an exam for some minutes; return the opening and the code, which is told this once and kept as a hash.

    The minutes are for beginning: everybody's own time runs from their beginning. Raise
    ExamNotYoursError for a cohort out of scope, or a quiz that is no exam of its courses.
    """
    if not COHORTS.allows(by, cohort) or quiz.pk not in {each.pk for each in exams_of_cohort(cohort)}:
        raise ExamNotYoursError
    code, now = new_code(), timezone.now()
    opening = ExamOpening.objects.create(
        quiz=quiz,
        cohort=cohort,
        code_sha256=sha256_hex(code),
        opened_by=by.person,
        opened_at=now,
        closes_at=now + dt.timedelta(minutes=minutes),
    )
    detail = {"opening": str(opening.uuid), "quiz": str(quiz.uuid), "minutes": minutes}
    record_audit(by=by, act="exam.opened", target=cohort, country=cohort.country, detail=detail)
    return opening, code


@transaction.atomic
def close_exam(*, by: Login, cohort: Cohort, opening: UUID) -> None:
    """Let nobody else begin; who has begun goes on. Raise ExamNotYoursError. Closed already: nothing changes."""
    if not COHORTS.allows(by, cohort):
        raise ExamNotYoursError
    now = timezone.now()
    if ExamOpening.objects.filter(uuid=opening, cohort=cohort, closes_at__gt=now).update(closes_at=now):
        detail = {"opening": str(opening)}
        record_audit(by=by, act="exam.closed", target=cohort, country=cohort.country, detail=detail)


def start_exam(*, by: Login, quiz: Quiz, enrolment: Enrolment, code: str) -> Attempt:
    """Begin an exam with the code that the trainer read out, or go on with the open attempt.

    Raise ExamCodeError, and what start_attempt raises.
    """
    opening = _opening(by, quiz, code)
    if opening is None:
        raise ExamCodeError
    return start_attempt(by=by, quiz=quiz, enrolment=enrolment, opening=opening)


def _opening(by: Login, quiz: Quiz, code: str) -> ExamOpening | None:
    """Return the opening that a code names, for a learner of its cohort, while it lasts."""
    now = timezone.now()
    return ExamOpening.objects.filter(
        quiz=quiz,
        code_sha256=sha256_hex(normal_code(code)),
        opened_at__lte=now,
        closes_at__gt=now,
        cohort__members__person=by.person,
        cohort__members__role=CohortMember.Role.LEARNER,
        cohort__members__state=CohortMember.State.ACTIVE,
    ).first()
