"""The coordinator's desk: figures, one chart, two tables, one export, and the list of a cohort."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions import record_audit
from accounts.models import Country
from accounts.policy import ADMINISTRATOR, COORDINATOR
from assessments.flagged import count_waiting
from assessments.marking_desk import count_to_mark
from certificates import desk as figures
from certificates.access import cohort_for
from certificates.cohort_list import list_cohort
from elearning.lib.charts import bar_chart
from elearning.lib.csvsafe import csv_text
from elearning.lib.navigation import in_section

_LONGEST_TABLE = 200


@in_section("desk")
@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Show where we stand, for the countries and cohorts that this login answers for."""
    login: Any = request.user
    opened = figures.open_desk(login, request.GET.dict())
    cohorts = [(line, figures.line_label(line)) for line in opened.report.cohorts]
    context = {
        "desk": opened,
        "report": opened.report,
        "chart": bar_chart(opened.bars),
        "cohorts": cohorts[:_LONGEST_TABLE],
        "cohorts_shown": _LONGEST_TABLE,
        "cohorts_total": len(cohorts),
        "waiting": count_waiting(login),
        "to_mark": count_to_mark(login),
    }
    return render(request, "certificates/desk.html", context)


@in_section("desk")
@require_safe
@login_required
@never_cache
def desk_export(request: HttpRequest) -> HttpResponse:
    """Send the table of cohorts as CSV: the same filter, the same numbers as the screen; audited."""
    login: Any = request.user
    opened = figures.open_desk(login, request.GET.dict())
    rows = list(figures.export_rows(opened))
    country = Country.objects.filter(code=opened.country).first() if opened.country else None
    detail = {"lines": len(rows), "course": str(opened.course) if opened.course else ""}
    record_audit(by=login, act="desk.exported", country=country, detail=detail)
    text = csv_text(figures.EXPORT_HEADER, rows, bom=request.GET.get("bom") == "1")
    response = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="relais-cohorts-{opened.as_of:%Y-%m-%d}.csv"'
    return response


@in_section("desk")
@require_safe
@login_required
@never_cache
def desk_cohort(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how each person of a cohort stands."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    lines = list_cohort(by=login, cohort=cohort)
    context = {
        "cohort": cohort,
        "lines": lines,
        "enrolled": sum(line.is_enrolled for line in lines),
        "completed": sum(line.is_completed for line in lines),
        "certified": sum(bool(line.serial) for line in lines),
        "may_withdraw": login.holds(COORDINATOR, ADMINISTRATOR),
    }
    return render(request, "certificates/desk_cohort.html", context)
