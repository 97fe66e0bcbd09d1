"""Two records of one person: find them, look at both, make them one, undo it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import people_for
from accounts.actions.merging import check_mergeable
from accounts.errors import MergeRefusedError
from accounts.models import Merging, Person
from accounts.policy import ADMINISTRATOR, COORDINATOR
from accounts.searching import search_people
from certificates.actions import merge_people, part_people
from certificates.desk_menu import in_desk
from certificates.joining_forms import countries_in
from certificates.one_record import preview_merge

_PER_PAGE, _MOST_FOUND = 25, 15


@in_desk("people")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def person_merge(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Find the other record of a person, show both, and make them one."""
    login: Any = request.user
    person = _people(login).filter(uuid=uuid).first()
    if person is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    if not given.get("other"):
        return _choose(request, person)
    other = _people(login).filter(uuid=_uuid_of(given["other"])).first()
    if other is None:
        raise Http404
    # The page is the same whichever record the way led from: which one stays is chosen on it.
    kept, absorbed = (other, person) if given.get("keep") == str(other.uuid) else (person, other)
    if request.method == "POST":
        return _merge(request, kept, absorbed)
    refused = ""
    try:
        check_mergeable(kept=kept, absorbed=absorbed)
    except MergeRefusedError as error:
        refused = str(error)
    swap = f"{request.path}?{urlencode({'other': other.uuid, 'keep': absorbed.uuid})}"
    preview = preview_merge(kept, absorbed)
    context = {"person": person, "other": other, "preview": preview, "refused": refused, "swap": swap}
    return render(request, "certificates/people/merge_preview.html", context)


@in_desk("people")
@require_safe
@login_required
@never_cache
def merging_list(request: HttpRequest) -> HttpResponse:
    """List the merges of one's countries, to undo them."""
    rows = _mergings(request.user).select_related("kept", "absorbed", "by")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "certificates/people/mergings.html", {"page_obj": page})


@in_desk("people")
@require_POST
@login_required
@never_cache
def merging_undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Undo a merge."""
    login: Any = request.user
    merging = _mergings(login).select_related("kept__country", "absorbed__country").filter(uuid=uuid).first()
    if merging is None:
        raise Http404
    part_people(by=login, merging=merging)
    messages.success(request, _("They are two records again, each with what it has."))
    return redirect("certificates:merging-list")


def _merge(request: HttpRequest, kept: Person, absorbed: Person) -> HttpResponse:
    by: Any = request.user
    try:
        merge_people(by=by, kept=kept, absorbed=absorbed)
    except MergeRefusedError as error:
        messages.error(request, str(error))
        query = urlencode({"other": str(absorbed.uuid)})
        return redirect(f"{reverse('certificates:person-merge', args=[kept.uuid])}?{query}")
    messages.success(request, _("The two records are one person now. You can undo this."))
    return redirect("certificates:merging-list")


def _choose(request: HttpRequest, person: Person) -> HttpResponse:
    login: Any = request.user
    # Without a search, whoever begins with the same last part of the name is looked at first.
    asked = request.GET.get("q", "").replace("\0", "").strip()[:60]
    people = _people(login).standing().exclude(pk=person.pk)
    wanted = asked or max(person.full_name.split(), key=len, default="")
    found = search_people(people, wanted).select_related("agency__country").order_by("full_name", "pk")
    context = {"person": person, "asked": asked, "found": found[:_MOST_FOUND]}
    return render(request, "certificates/people/merge_choose.html", context)


def _people(login: Any) -> Any:
    """Return the people of the countries this login runs; PermissionDenied for who runs none."""
    return people_for(login).filter(country__in=_countries(login))


def _mergings(login: Any) -> Any:
    countries = _countries(login)
    return Merging.objects.filter(kept__country__in=countries, absorbed__country__in=countries)


def _countries(login: Any) -> Any:
    if not login.holds(COORDINATOR, ADMINISTRATOR):
        raise PermissionDenied
    return countries_in([login.scope_of(COORDINATOR), login.scope_of(ADMINISTRATOR)])


def _uuid_of(text: str) -> UUID:
    """Return an id, or one that nobody has."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
