"""What a training changed: the list of cohorts, one cohort's four levels, supervisors' papers, the context."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import record_audit
from accounts.policy import COHORTS_RUN
from accounts.shortcodes import spaced_code
from certificates.access import cohort_for
from certificates.actions import issue_supervisor_codes, write_context_note
from certificates.desk_menu import in_desk
from certificates.errors import FollowUpClosedError
from certificates.evaluation import opening
from certificates.evaluation.charts import interval_chart, slope_chart
from certificates.evaluation.forms import ContextNoteForm, SupervisorSheetForm
from certificates.evaluation.gain import gain_by_generation, gains_of
from certificates.evaluation.parts import cohort_gain_by_part
from certificates.models import ContextNote
from elearning.lib.csvsafe import csv_text

_PER_PAGE = 30


@in_desk("evaluation")
@require_safe
@login_required
@never_cache
def evaluation(request: HttpRequest) -> HttpResponse:
    """List the gains of the cohorts this login may see, and those of each generation."""
    rows = opening.cohorts_for(request.user)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    gains = gains_of(page.object_list)
    measured = rows.filter(plan__pre_test_quiz_uuid__isnull=False, plan__post_test_quiz_uuid__isnull=False)
    by_generation = gain_by_generation(list(measured))
    context = {
        "page_obj": page,
        "lines": [(cohort, gains[cohort.pk], interval_chart(gains[cohort.pk])) for cohort in page.object_list],
        "generations": [(opening.generation_label(number), gain) for number, gain in by_generation.items()],
        "as_of": timezone.now(),
    }
    return render(request, "certificates/evaluation/evaluation.html", context)


@in_desk("evaluation")
@require_safe
@login_required
@never_cache
def cohort_evaluation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what one cohort's training changed, on four levels; that it was opened is written down."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    found = opening.evaluate(login, cohort)
    record_audit(by=login, act="cohort.evaluated", target=cohort, country=cohort.country)
    context = {
        "evaluation": found,
        "cohort": cohort,
        "chart": slope_chart(found.gain.pairs, found.gain),
        "as_of": timezone.now(),
        "may_run": COHORTS_RUN.allows(login, cohort),
    }
    return render(request, "certificates/evaluation/cohort.html", context)


@in_desk("evaluation")
@require_safe
@login_required
@never_cache
def cohort_evaluation_export(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send the same figures as CSV; audited."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    rows = list(opening.export_rows(opening.evaluate(login, cohort)))
    record_audit(
        by=login, act="evaluation.exported", target=cohort, country=cohort.country, detail={"lines": len(rows)}
    )
    text = csv_text(opening.EXPORT_HEADER, rows, bom=request.GET.get("bom") == "1")
    response = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="relais-evaluation-{timezone.now():%Y-%m-%d}.csv"'
    return response


@in_desk("evaluation")
@require_safe
@login_required
@never_cache
def cohort_gain_parts(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the gain in each module of the subject."""
    cohort = cohort_for(request.user, uuid)
    parts = [(label, gain, interval_chart(gain)) for label, gain in cohort_gain_by_part(cohort).items()]
    context = {"cohort": cohort, "parts": parts, "as_of": timezone.now()}
    return render(request, "certificates/evaluation/parts.html", context)


@in_desk("evaluation")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def supervisor_codes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make a paper for the supervisor of each learner who has no answer yet, shown once, to be printed."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    form = SupervisorSheetForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"cohort": cohort, "form": form}
    if form.is_bound and form.is_valid():
        try:
            made = issue_supervisor_codes(by=login, cohort=cohort, months=form.cleaned_data["months"])
        except FollowUpClosedError:
            form.add_error(None, _("This cohort has no last day yet, so no follow-up of it has a date."))
        else:
            address = request.build_absolute_uri("/").rstrip("/")
            context["papers"] = [(each, spaced_code(each.code), address) for each in made]
            return render(request, "certificates/evaluation/supervisor_papers.html", context)
    return render(
        request, "certificates/evaluation/supervisor_codes.html", context, status=422 if form.is_bound else 200
    )


@in_desk("evaluation")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def context_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write what official data say of the country around a cohort."""
    login: Any = request.user
    cohort = opening.cohort_to_run(login, uuid)
    row = ContextNote.objects.filter(cohort=cohort).first()
    form = ContextNoteForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_bound and form.is_valid():
        write_context_note(by=login, cohort=cohort, facts=form.cleaned_data)
        messages.success(request, _("The context was saved."))
        return redirect("certificates:cohort-evaluation", cohort.uuid)
    context = {"cohort": cohort, "form": form}
    return render(request, "certificates/evaluation/context_note.html", context, status=422 if form.is_bound else 200)
