"""Add a person: to the country's people, and into a cohort where the way led from one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions import add_learner, create_person
from accounts.errors import ServiceNumberTakenError
from accounts.models import Cohort, Login, Person
from accounts.policy import ADMINISTRATOR, COORDINATOR
from certificates.desk_menu import in_desk
from certificates.joining_forms import PersonForm, countries_in
from certificates.programmes.access import cohort_to_run
from certificates.views.people.members import people_like


@in_desk("people")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def person_new(request: HttpRequest) -> HttpResponse:
    """Ask who it is, name people who look alike, and write the person."""
    login: Any = request.user
    countries = countries_in([login.scope_of(COORDINATOR), login.scope_of(ADMINISTRATOR)])
    if not login.holds(COORDINATOR, ADMINISTRATOR):
        raise PermissionDenied
    cohort = _cohort(login, request)
    given = {"countries": countries, "this_year": timezone.now().year}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=_initial(countries, cohort), **given)
    alike: list[Person] = []
    if request.method == "POST" and form.is_valid():
        alike = [] if form.cleaned_data["sure"] else people_like(login, form.instance)
        if not alike and (person := _write(login, form, cohort)) is not None:
            messages.success(request, _("The person is written down."))
            if cohort is not None:
                return redirect("certificates:cohort-people", cohort.uuid)
            return redirect("accounts:person", person.uuid)
    if alike:
        form = PersonForm(request.POST, asks=True, **given)
    context = {"form": form, "cohort": cohort, "alike": alike}
    status = 422 if request.method == "POST" else 200
    return render(request, "certificates/people/person_new.html", context, status=status)


def _write(login: Login, form: PersonForm, cohort: Cohort | None) -> Person | None:
    facts = {name: value for name, value in form.cleaned_data.items() if name != "sure"}
    try:
        with transaction.atomic():
            person = create_person(by=login, **facts)
            if cohort is not None:
                add_learner(by=login, cohort=cohort, person=person)
    except ServiceNumberTakenError:
        form.add_error(
            "service_number", _("This agency has somebody with this number already. Search for the number instead.")
        )
        return None
    return person


def _cohort(login: Login, request: HttpRequest) -> Cohort | None:
    text = request.GET.get("cohort", "")
    try:
        return cohort_to_run(login, UUID(text)) if text else None
    except ValueError:
        raise Http404 from None


def _initial(countries: Any, cohort: Cohort | None) -> dict[str, Any]:
    if cohort is not None:
        return {"country": cohort.country_id, "agency": cohort.agency_id, "language": cohort.language}
    only = list(countries[:2])
    return {"country": only[0].pk} if len(only) == 1 else {}
