"""Invitation codes of a cohort: those that are open, and making one."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions import issue_invitation
from certificates.access import cohort_for, open_codes_of
from certificates.forms import InvitationForm
from courses.catalogue import read_catalogue
from elearning.lib.navigation import in_section


@in_section("desk")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_invitations(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List the open codes of a cohort, and make another."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    courses = {course.uuid: course.title for course in read_catalogue().in_language(get_language() or "en")}
    form = InvitationForm(request.POST if request.method == "POST" else None, courses=courses)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        expires_at = timezone.now() + dt.timedelta(days=given["days"])
        issue_invitation(
            by=login, cohort=cohort, course_uuid=given["course"], uses=given["uses"], expires_at=expires_at
        )
        return redirect(request.path)
    codes = [(code, courses.get(code.course_uuid, "")) for code in open_codes_of(cohort)]
    return render(request, "certificates/cohort_invitations.html", {"cohort": cohort, "form": form, "codes": codes})
