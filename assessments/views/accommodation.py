"""What one learner is granted in every quiz: the page of those who grant it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.accommodating import NOTHING_GRANTED, standing_accommodation
from assessments.accommodation_form import AccommodationForm
from assessments.accommodation_words import accommodation_facts, until_text
from assessments.actions import accommodate
from assessments.desk import learner_for
from elearning.lib.navigation import in_section


@in_section("desk")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def accommodation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what a learner is granted, and take another grant, or the end of this one."""
    login: Any = request.user
    person = learner_for(login, uuid)
    if request.method == "POST" and "stop" in request.POST:
        accommodate(by=login, person=person, granted=NOTHING_GRANTED, ends_on=None)
        messages.success(request, _("Nothing more is granted. Attempts that are open keep what they began with."))
        return redirect(request.path)
    row = standing_accommodation(person.uuid, timezone.now().date())
    form = AccommodationForm.of(request.POST if request.method == "POST" else None, row)
    if request.method == "POST" and form.is_valid():
        accommodate(by=login, person=person, granted=form.granted, ends_on=form.cleaned_data["ends_on"])
        messages.success(request, _("It holds in every quiz from now on, and in attempts that are open."))
        return redirect(request.path)
    context = {
        "person": person,
        "form": form,
        "facts": accommodation_facts(row),
        "until": until_text(row) if row else "",
    }
    return render(request, "assessments/accommodation.html", context, status=422 if form.errors else 200)
