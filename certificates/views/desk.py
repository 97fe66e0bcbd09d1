"""The coordinator's desk: where we stand, in figures, charts and tables; and the list of a cohort."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions import record_audit
from accounts.models import Country
from certificates import desk_charts
from certificates.desk import Desk, line_label, open_desk
from certificates.desk_lines import CohortPage, all_cohorts, cohort_page, expiries
from certificates.desk_menu import in_desk
from certificates.desk_tables import cohort_table, country_table, expiry_table, funnel_table
from certificates.dimensions import add_months, month_of, months_between
from certificates.exporting import csv_response
from elearning.lib.tables import Table

_SOON, _YEAR = 3, 12


@in_desk("overview")
@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Show where we stand, for the countries and cohorts that this login answers for."""
    login: Any = request.user
    opened = open_desk(login, request.GET.dict())
    context = overview_context(opened)
    if opened.is_one_country or not opened.sees_countries:
        context |= cohorts_context(opened, request.GET.get("page", ""))
    else:
        context |= map_context(opened)
    return render(request, "certificates/desk.html", context)


@in_desk("overview")
@require_safe
@login_required
@never_cache
def desk_export(request: HttpRequest) -> HttpResponse:
    """Send the table of cohorts as CSV: the same filter, the same numbers as the screen; audited."""
    login: Any = request.user
    opened = open_desk(login, request.GET.dict())
    table = cohort_table(opened, all_cohorts(opened))
    audit_export(login, opened, table)
    return csv_response(table, bom=request.GET.get("bom") == "1")


def audit_export(login: Any, opened: Desk, table: Table) -> None:
    """Write down which table left the site, under which filter; never whose rows."""
    chosen = opened.chosen
    country = Country.objects.filter(code=chosen.country).first() if chosen.country else None
    detail = {
        "table": table.code,
        "lines": len(table.rows),
        "course": str(chosen.course) if chosen.course else "",
        "period": chosen.period.code,
        "programme": str(chosen.programme.uuid) if chosen.programme else "",
    }
    record_audit(by=login, act="desk.exported", country=country, detail=detail)


def overview_context(opened: Desk) -> dict[str, Any]:
    """Return what every page of figures shows: the filter, the funnel, the countries, what ends soon."""
    months = coming_months()
    ending = expiries(opened.login, opened.chosen, months[0], months[-1])
    return {
        "desk": opened,
        "figures": opened.figures,
        "funnel": desk_charts.funnel(opened.figures),
        "funnel_table": funnel_table(opened.figures, opened.as_of),
        "target": sum(line.target or 0 for line in opened.countries),
        "country_bars": desk_charts.country_bars(opened),
        "without_data": desk_charts.without_data(opened),
        "has_targets": desk_charts.has_targets(opened),
        "countries_table": country_table(opened),
        "ending_soon": sum(ending.get(month, 0) for month in months[:_SOON]),
        "ending": desk_charts.expiry_columns(months, ending),
        "ending_any": sum(ending.values()),
        "expiry_table": expiry_table(months, ending, opened.as_of),
    }


def map_context(opened: Desk) -> dict[str, Any]:
    """Return the map of the world and its words."""
    return {
        "world": desk_charts.world(opened),
        "legend": desk_charts.map_legend(),
        "off_the_map": desk_charts.off_the_map(opened),
        "with_data": sum(line.figures.has_data for line in opened.countries),
    }


def cohorts_context(opened: Desk, wanted_page: str) -> dict[str, Any]:
    """Return one page of cohorts, and a chart of them."""
    page: CohortPage = cohort_page(opened, int(wanted_page) if wanted_page.isdecimal() and len(wanted_page) < 6 else 1)  # noqa: PLR2004  # no page has a longer number
    return {
        "cohorts": [(line, line_label(line)) for line in page.lines],
        "cohort_page": page,
        "cohort_bars": desk_charts.line_bars(page.lines) if page.lines else "",
    }


def coming_months() -> list[int]:
    """Return this month and the eleven after it."""
    first = month_of(timezone.now())
    return months_between(first, add_months(first, _YEAR - 1))
