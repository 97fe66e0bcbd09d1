"""Figures for everybody: fixed tables, rounded, of the last whole month; and each as CSV."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from certificates.dimensions import first_day, month_of
from certificates.exporting import csv_response
from certificates.fixed_tables import TITLES
from certificates.reporting import method_sentences, public_tables


@require_safe
@cache_control(public=True, max_age=3600)
def public_figures(request: HttpRequest) -> HttpResponse:
    """Show the fixed tables and how they were made. No filter: what can be asked for is always the same."""
    today = timezone.now().date()
    fixed = public_tables(today)
    context = {
        "fixed": fixed,
        "withheld": [TITLES[code] for code in fixed.withheld],
        "until": first_day(month_of(today)),
        "method": method_sentences(),
    }
    return render(request, "certificates/public_figures.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def public_table(_request: HttpRequest, name: str) -> HttpResponse:
    """Send one of the fixed tables as CSV."""
    for table in public_tables(timezone.now().date()).tables:
        if table.code == name:
            return csv_response(table, bom=False)
    raise Http404
