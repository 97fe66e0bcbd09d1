"""A country, a cohort, people by group, how fresh the data is, what waits for a decision; and every table as a file."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions import record_audit
from certificates import desk_charts, dimensions
from certificates.access import cohort_for, desk_or_refuse
from certificates.cohort_figures import CohortFigures, open_cohort_figures
from certificates.decisions import waiting_for
from certificates.desk import Desk, open_desk
from certificates.desk_lines import all_cohorts, expiries
from certificates.desk_menu import in_desk
from certificates.desk_tables import (
    cohort_table,
    country_table,
    expiry_table,
    freshness_table,
    funnel_table,
    group_table,
    progress_table,
)
from certificates.exporting import FORMS, csv_response, xlsx_response
from certificates.freshness import FRESH_DAYS, freshness_rows
from certificates.groups import LABELS, group_lines
from certificates.views.desk import audit_export, cohorts_context, coming_months, overview_context
from elearning.lib.tables import Table


@in_desk("overview")
@require_safe
@login_required
@never_cache
def desk_country(request: HttpRequest, code: str) -> HttpResponse:
    """Show one country: its funnel, its cohorts, what ends when."""
    login: Any = request.user
    opened = open_desk(login, request.GET.dict() | {"country": code})
    context = overview_context(opened) | cohorts_context(opened, request.GET.get("page", ""))
    return render(request, "certificates/desk_country.html", context | {"country": opened.countries[0]})


@in_desk("overview")
@require_safe
@login_required
@never_cache
def desk_groups(request: HttpRequest) -> HttpResponse:
    """Show how far each group has come: exact, inside the scope."""
    login: Any = request.user
    opened = open_desk(login, request.GET.dict())
    dimension = _dimension(request)
    lines = group_lines(login, opened.chosen, dimension)
    context = {
        "desk": opened,
        "dimension": dimension,
        "dimensions": LABELS,
        "label": LABELS[dimension],
        "chart": desk_charts.line_bars(lines),
        "table": group_table(dimension, lines, opened.as_of),
    }
    return render(request, "certificates/desk_groups.html", context)


@in_desk("overview")
@require_safe
@login_required
@never_cache
def desk_table(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Send one table, or all of them as a workbook: the same filter, the same numbers as the screen; audited."""
    login: Any = request.user
    opened = open_desk(login, request.GET.dict())
    makers = _makers(opened, _dimension(request))
    if name not in {*makers, "all"} or form not in FORMS or (name == "all" and form != "xlsx"):
        raise Http404
    tables = [make() for make in makers.values()] if name == "all" else [makers[name]()]
    for table in tables:
        audit_export(login, opened, table)
    if form == "xlsx":
        return xlsx_response(tables, "overview" if name == "all" else name)
    return csv_response(tables[0], bom=request.GET.get("bom") == "1")


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def cohort_figures(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how one cohort comes on: against its plan, by stage, by group, and what was gained."""
    login: Any = request.user
    opened = open_cohort_figures(login, cohort_for(login, uuid))
    return render(request, "certificates/cohort_figures.html", _cohort_context(opened))


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def cohort_table_file(request: HttpRequest, uuid: UUID, name: str, form: str) -> HttpResponse:
    """Send one table of a cohort, or all of them as a workbook; audited."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    tables = {table.code: table for table in open_cohort_figures(login, cohort).tables}
    if name not in {*tables, "all"} or form not in FORMS or (name == "all" and form != "xlsx"):
        raise Http404
    sent = list(tables.values()) if name == "all" else [tables[name]]
    detail = {"table": name, "lines": sum(len(table.rows) for table in sent)}
    record_audit(by=login, act="desk.exported", target=cohort, country=cohort.country, detail=detail)
    if form == "xlsx":
        return xlsx_response(sent, "cohort" if name == "all" else name)
    return csv_response(sent[0], bom=request.GET.get("bom") == "1")


@in_desk("freshness")
@require_safe
@login_required
@never_cache
def desk_freshness(request: HttpRequest) -> HttpResponse:
    """Show how much has reported, by country: a blank may be a device that was not heard of."""
    login: Any = request.user
    desk_or_refuse(login)
    rows = freshness_rows(login)
    context = {"sources": rows, "days": FRESH_DAYS, "now": timezone.now(), "table": _freshness(login)}
    return render(request, "certificates/desk_freshness.html", context)


@in_desk("decisions")
@require_safe
@login_required
@never_cache
def desk_decisions(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision of this login, queue by queue."""
    login: Any = request.user
    desk_or_refuse(login)
    return render(request, "certificates/desk_decisions.html", {"waiting": waiting_for(login)})


def _makers(opened: Desk, dimension: str) -> dict[str, Callable[[], Table]]:
    """Return the tables of the desk by the name they have in an address; each is made when it is asked for."""
    months = coming_months()
    return {
        "countries": lambda: country_table(opened),
        "cohorts": lambda: cohort_table(opened, all_cohorts(opened)),
        "funnel": lambda: funnel_table(opened.figures, opened.as_of),
        "groups": lambda: group_table(dimension, group_lines(opened.login, opened.chosen, dimension), opened.as_of),
        "expiries": lambda: expiry_table(
            months, expiries(opened.login, opened.chosen, months[0], months[-1]), opened.as_of
        ),
        "freshness": lambda: _freshness(opened.login),
    }


def _freshness(login: Any) -> Table:
    rows = [
        (str(source.label), code, name, each) for source, found in freshness_rows(login) for code, name, each in found
    ]
    return freshness_table(rows, timezone.now())


def _cohort_context(opened: CohortFigures) -> dict[str, Any]:
    return {
        "opened": opened,
        "cohort": opened.cohort,
        "figures": opened.figures,
        "funnel": desk_charts.funnel(opened.figures),
        "funnel_table": funnel_table(opened.figures, opened.as_of),
        "progress": desk_charts.progress_curves(opened.points) if opened.points else "",
        "progress_table": progress_table(opened.points, opened.as_of),
        "ending": desk_charts.expiry_columns(opened.months, opened.ending),
        "ending_any": sum(opened.ending.values()),
        "expiry_table": expiry_table(opened.months, opened.ending, opened.as_of),
    }


def _dimension(request: HttpRequest) -> str:
    wanted = request.GET.get("by", dimensions.SEX)
    if wanted not in dimensions.DIMENSIONS:
        raise Http404
    return wanted
