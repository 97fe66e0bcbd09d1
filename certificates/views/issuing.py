"""Issuing certificates: for one person, and for a cohort with a bar that shows how far it is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions import issue_award, start_issuing, work_on_run
from certificates.awarding.driving import drive_soon
from certificates.awarding.rules import programme_of, trainer_rule_of
from certificates.awarding.runs import cohort_to_issue, count_ready, enrolment_to_issue, progress_of, run_for
from certificates.awarding.words import say_stored, say_unmet
from certificates.desk_menu import in_desk
from certificates.errors import AwardNotDueError, CourseUnpublishedError
from certificates.models import AwardRule, IssuingLine

PER_PAGE = 50


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_issue(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say how many may be due, then begin; a second click finds the run of the first."""
    login: Any = request.user
    cohort = cohort_to_issue(login, uuid)
    trainer_rule = trainer_rule_of(programme_of(cohort.uuid))
    if request.method == "POST":
        is_trainers = request.POST.get("role") == AwardRule.Role.TRAINER and trainer_rule is not None
        role = AwardRule.Role.TRAINER if is_trainers else AwardRule.Role.LEARNER
        run = start_issuing(by=login, cohort=cohort, role=role)
        drive_soon(run)
        return redirect("certificates:issuing-run", run.uuid)
    context = {
        "cohort": cohort,
        "ready": count_ready(cohort),
        "trainer_rule": trainer_rule,
        "runs": cohort.issuing_runs.all()[:10],
    }
    return render(request, "certificates/issuing/cohort.html", context)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def issuing_run(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how far a run is and what became of each person; a POST does the next slice of its work."""
    login: Any = request.user
    run = run_for(login, uuid)
    if request.method == "POST":
        work_on_run(run)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse(progress_of(run))
        return redirect("certificates:issuing-run", run.uuid)
    result = request.GET.get("result", "")
    lines = IssuingLine.objects.filter(run=run).select_related("person")
    chosen = lines.filter(result=result) if result in IssuingLine.Result.values and result else lines
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "progress": progress_of(run),
        "page_obj": page,
        "lines": [(each, each.get_result_display(), say_stored(each.unmet)) for each in page],
        "results": [choice for choice in IssuingLine.Result.choices if choice[0]],
        "result": result,
    }
    return render(request, "certificates/issuing/run.html", context)


@require_safe
@login_required
@never_cache
def issuing_progress(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Send how far a run is."""
    return JsonResponse(progress_of(run_for(request.user, uuid)))


@in_desk("certificates")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def enrolment_issue(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say whether one person's certificate is due, with all that is missing, and issue it."""
    login: Any = request.user
    enrolment, judged = enrolment_to_issue(login, uuid)
    if request.method == "POST":
        try:
            award = issue_award(enrolment_uuid=enrolment.pk, by=login)
        except (AwardNotDueError, CourseUnpublishedError):
            messages.error(request, gettext("The certificate is not due yet. Nothing was issued."))
            return redirect(request.path)
        messages.success(request, gettext("The certificate is issued."))
        return redirect("certificates:award", award.serial)
    context = {
        "enrolment": enrolment,
        "person": enrolment.person,
        "is_published": judged is not None,
        "unmet": [say_unmet(each) for each in judged.unmet] if judged else [],
    }
    return render(request, "certificates/issuing/single.html", context)
