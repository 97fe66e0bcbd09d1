"""The people a member of staff looks after."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import actions
from accounts.access import may_help_sign_in, may_suspend, people_for, person_for
from accounts.errors import PoliceAlreadyConfirmedError, PoliceNotConfirmedError
from accounts.models import Login, Merging
from accounts.policy import ADMINISTRATOR, COORDINATOR
from accounts.requests import SignedInRequest
from accounts.searching import search_people
from elearning.lib.navigation import in_section

PER_PAGE = 25
_LONGEST_SEARCH = 60


@in_section("desk", "people")
@login_required
@require_safe
def person_list(request: SignedInRequest) -> HttpResponse:
    """List the people of one's cohorts or countries, and search them."""
    # PostgreSQL takes no NUL in a text.
    asked = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST_SEARCH]
    rows = search_people(people_for(request.user).standing(), asked).order_by("full_name", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "asked": asked, "runs_people": request.user.holds(COORDINATOR, ADMINISTRATOR)}
    return render(request, "accounts/person_list.html", context)


@in_section("desk", "people")
@login_required
@require_safe
def person(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Show one person; the look is written down."""
    found = person_for(request.user, person_uuid)
    actions.view_person(by=request.user, person=found)
    login = Login.objects.filter(person=found).first()
    context = {
        "person": found,
        "login": login,
        "memberships": found.memberships.select_related("cohort").order_by("-joined_at"),
        "merged_into": Merging.objects.filter(absorbed=found, undone_at__isnull=True).select_related("kept").first(),
        "runs_people": request.user.holds(COORDINATOR, ADMINISTRATOR),
        "grants": found.role_grants.in_force().select_related("country"),
        "police": found.police_confirmations.in_force().select_related("confirmed_by").first(),
        "may_confirm_police": actions.may_confirm_police(request.user, found),
        "may_help": may_help_sign_in(request.user, found),
        "may_suspend": login is not None and may_suspend(request.user, found),
        "may_remove_factor": login is not None
        and login.pk != request.user.pk
        and request.user.scope_of(ADMINISTRATOR).everywhere,
    }
    return render(request, "accounts/person.html", context)


@login_required
@require_POST
def police(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Confirm that a person is police, or end that."""
    found = person_for(request.user, person_uuid)
    is_police = request.POST.get("is_police") == "yes"
    try:
        if is_police:
            actions.confirm_police(by=request.user, person=found)
        else:
            actions.end_police_confirmation(by=request.user, person=found)
    except (PoliceAlreadyConfirmedError, PoliceNotConfirmedError) as error:
        messages.info(request, error.text)
    else:
        done = _("Confirmed as police. Reserved courses are open to this person.")
        ended = _("The confirmation has ended. Reserved courses are closed; what was learnt stays on record.")
        messages.success(request, done if is_police else ended)
    return HttpResponseRedirect(reverse("accounts:person", args=[found.uuid]))


def _switch(act: Callable[..., object], done: Callable[[], str]) -> Callable[..., HttpResponse]:
    """Return a view that does one act on a person's login and goes back to the person."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
        found = person_for(request.user, person_uuid)
        try:
            act(by=request.user, person=found)
        except Login.DoesNotExist:
            messages.error(request, _("This person has no login. Issue a one-time code first."))
        else:
            messages.success(request, done())
        return HttpResponseRedirect(reverse("accounts:person", args=[found.uuid]))

    return view


suspend = _switch(
    actions.suspend_login, lambda: _("The account is suspended. Its sessions have ended; its records are kept.")
)
reinstate = _switch(actions.reinstate_login, lambda: _("The account is open again. The person can sign in."))
second_factor_remove = _switch(
    actions.remove_second_factor,
    lambda: _("The second factor is removed. The person sets up a new one at the next sign-in."),
)
