"""The flagged attempts at the desk: the list, and one with its decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions import decide_attempt
from assessments.answering import follow_attempt
from assessments.deciding import reason_of
from assessments.decision_form import DecisionForm
from assessments.errors import NothingToDecideError
from assessments.flagged import list_flagged, open_flagged
from elearning.lib.navigation import in_section
from records.storage import statements_of


@in_section("desk")
@require_safe
@login_required
@never_cache
def flagged(request: HttpRequest) -> HttpResponse:
    """List the attempts that a person must look at."""
    login: Any = request.user
    rows = list_flagged(by=login)
    context = {
        "waiting": [row for row in rows if row.waits],
        "decided": [row for row in rows if row.attempt.decision],
        "not_passed": [row for row in rows if not row.waits and not row.attempt.decision],
    }
    return render(request, "assessments/flagged.html", context)


@in_section("desk")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def flagged_attempt(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Show why an attempt is flagged, and take the decision about it."""
    login: Any = request.user
    row = open_flagged(by=login, attempt=attempt)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        approve = form.cleaned_data["decision"] == DecisionForm.COUNTS
        try:
            decide_attempt(by=login, attempt=row.attempt, approve=approve, reason=form.cleaned_data["reason"])
        except NothingToDecideError as error:
            messages.warning(request, str(error.text))
        else:
            messages.success(request, _done(approve=approve))
        return redirect("assessments:flagged")
    context = {"row": row, "form": form, "reason": reason_of(follow_attempt(statements_of([attempt])))}
    return render(request, "assessments/flagged_attempt.html", context)


def _done(*, approve: bool) -> str:
    if approve:
        return _("The attempt counts now. The learner sees it on the result page.")
    return _("The attempt does not count. The answers and the score are kept; the learner sees your reason.")
