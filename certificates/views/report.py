"""The donor report: choose a period, a programme and a language; the answer is a PDF."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions import record_audit
from accounts.models import Login
from accounts.policy import ADMINISTRATOR, COORDINATOR
from certificates.desk_menu import in_desk
from certificates.report.donor import donor_report
from certificates.report.forms import ReportForm
from certificates.report.printing import print_report


@in_desk("overview")
@require_safe
@login_required
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, or send the report of what was chosen; audited."""
    login: Any = request.user
    if not login.holds(COORDINATOR, ADMINISTRATOR):
        raise PermissionDenied
    if "language" not in request.GET:
        return render(request, "certificates/report/form.html", {"form": ReportForm(login)})
    form = ReportForm(login, request.GET)
    if not form.is_valid():
        return render(request, "certificates/report/form.html", {"form": form}, status=422)
    return _pdf(login, form)


def _pdf(login: Login, form: ReportForm) -> HttpResponse:
    period, programme, language = form.chosen()
    facts = donor_report(login=login, period=period, programme=programme, language=language)
    pdf = print_report(facts)
    detail = {
        "period": period.code,
        "programme": str(programme.uuid) if programme else "",
        "language": language,
    }
    record_audit(by=login, act="report.printed", detail=detail)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = "-".join(["relais-report", *filter(None, [period.code, programme.code if programme else "", language])])
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
