"""The list of a cohort: each person, how far, and the certificate."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.policy import COHORTS_RUN
from certificates.access import cohort_for
from certificates.cohort_list import list_cohort
from certificates.desk_menu import in_desk


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def desk_cohort(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how each person of a cohort stands, a page at a time."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    listed = list_cohort(by=login, cohort=cohort, page=request.GET.get("page"), asked=request.GET.get("q", ""))
    context = {
        "cohort": cohort,
        "listed": listed,
        "page_obj": listed.page,
        "lines": listed.lines,
        "enrolled": listed.enrolled,
        "completed": listed.completed,
        "certified": listed.certified,
        "may_run": COHORTS_RUN.allows(login, cohort),
    }
    return render(request, "certificates/desk_cohort.html", context)
