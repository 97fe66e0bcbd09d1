"""The doors to issuing, and how far a run is."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.http import Http404
from django.utils import timezone

from accounts.models import Cohort
from accounts.policy import COHORTS_RUN
from certificates import policy
from certificates.access import cohort_for
from certificates.attested import due_of, judge
from certificates.eligibility import Judgement
from certificates.errors import CourseUnpublishedError
from certificates.models import Award, IssuingLine, IssuingRun
from courses.models import Enrolment


def cohort_to_issue(login: Any, uuid: UUID) -> Cohort:
    """Return a cohort for which this login may issue: 404 if it can't see it, else PermissionDenied."""
    cohort = cohort_for(login, uuid)
    if not COHORTS_RUN.allows(login, cohort):
        raise PermissionDenied
    return cohort


def run_for(login: Any, uuid: UUID) -> IssuingRun:
    """Return a run of a cohort that this login runs; 404 for any other, PermissionDenied without a desk."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    cohorts = COHORTS_RUN.filter(Cohort.objects.all(), login)
    run = IssuingRun.objects.filter(uuid=uuid, cohort__in=cohorts).select_related("cohort__country").first()
    if run is None:
        raise Http404
    return run


def enrolment_to_issue(login: Any, uuid: UUID) -> tuple[Enrolment, Judgement | None]:
    """Return an enrolment of a country that this login runs, judged; None where its course is not published.

    404 for any other, PermissionDenied without a desk.
    """
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    rows = policy.ENROLMENTS_RUN.filter(Enrolment.objects.all(), login)
    enrolment = rows.filter(pk=uuid, person__pk__isnull=False).select_related("person", "progress", "cohort").first()
    if enrolment is None:
        raise Http404
    try:
        judged, _paper = judge(due_of(enrolment, timezone.now()))
    except CourseUnpublishedError:
        return enrolment, None
    return enrolment, judged


def count_ready(cohort: Cohort) -> dict[str, int]:
    """Return how many learn in a cohort, have completed the course, and hold a certificate. One query each."""
    rows = Enrolment.objects.filter(cohort=cohort)
    in_force = Award.objects.in_force().filter(enrolment_uuid=OuterRef("pk"))
    completed = rows.filter(progress__completed_at__isnull=False)
    return {
        "enrolled": rows.count(),
        "completed": completed.count(),
        "certified": rows.filter(Exists(in_force)).count(),
        "open": completed.filter(~Exists(in_force)).count(),
    }


def progress_of(run: IssuingRun) -> dict[str, Any]:
    """Return how far a run is: numbers only, safe to send. Two queries."""
    finished = IssuingRun.objects.filter(pk=run.pk, finished_at__isnull=False).exists()
    counts = dict(IssuingLine.objects.filter(run=run).order_by().values_list("result").annotate(Count("pk")))
    total = sum(counts.values())
    done = total - counts.get(IssuingLine.Result.WAITING, 0)
    each = {name.replace("-", "_"): counts.get(name, 0) for name in IssuingLine.Result.values if name}
    return {"total": total, "done": done, "finished": finished, **each}
