"""The people of a cohort: who is in it, who waits, who left; adding, withdrawing, moving, taking back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import people_for
from accounts.actions import add_learner, admit_waiting, record_audit, take_back, transfer_member, withdraw_member
from accounts.errors import AccountError, OutOfScopeError
from accounts.joining.registry import capacity_of
from accounts.leaving import reason_label
from accounts.models import Cohort, CohortMember, Login, Person
from accounts.policy import COHORTS_RUN
from accounts.searching import search_people
from certificates.access import cohort_for
from certificates.desk_menu import in_desk
from certificates.joining_forms import TransferForm, WithdrawForm

PER_PAGE = 50
_MOST_FOUND = 25
State = CohortMember.State


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def cohort_people(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List who is in a cohort, who waits for a place and who left; audited."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    # A trainer is not shown who left: names are narrowed by the same rule as everywhere.
    seen = people_for(login)
    rows = CohortMember.objects.filter(cohort=cohort, person__in=seen).select_related("person__agency")
    learners = rows.learners().active().order_by("person__full_name", "pk")
    waiting = list(rows.learners().waiting())
    capacity, active = capacity_of(cohort), CohortMember.objects.learners().active().filter(cohort=cohort).count()
    left = rows.filter(state__in=(State.WITHDRAWN, State.MOVED)).order_by("-left_at", "pk")[:PER_PAGE]
    record_audit(by=login, act="cohort.listed", target=cohort, country=cohort.country, detail={"people": active})
    context = {
        "cohort": cohort,
        "page_obj": Paginator(learners, PER_PAGE).get_page(request.GET.get("page")),
        "trainers": rows.trainers().active().order_by("person__full_name"),
        "waiting": waiting,
        "left": [(each, reason_label(each.left_reason)) for each in left],
        "active": active,
        "capacity": capacity,
        "free": None if capacity is None else max(capacity - active, 0),
        "may_run": COHORTS_RUN.allows(login, cohort),
    }
    return render(request, "certificates/people/cohort_people.html", context)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_member(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Show one person's part in a cohort, and change it."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    member = _member_for(login, cohort, person)
    targets = COHORTS_RUN.filter(Cohort.objects.exclude(pk=cohort.pk), login).order_by("name")
    may_run = COHORTS_RUN.allows(login, cohort)
    forms = {"withdraw": WithdrawForm(), "transfer": TransferForm(cohorts=targets)}
    status = 200
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act in forms:
            forms[act] = (
                WithdrawForm(request.POST) if act == "withdraw" else TransferForm(request.POST, cohorts=targets)
            )
        if act not in forms or forms[act].is_valid():
            return _change(request, cohort, member, act, forms)
        status = 422
    context = {
        "cohort": cohort,
        "member": member,
        "forms": forms,
        "may_run": may_run,
        "reason": reason_label(member.left_reason),
    }
    return render(request, "certificates/people/member.html", context, status=status)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Find somebody whom this login looks after and bring them into the cohort."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:60]
    people = people_for(login).standing()
    if request.method == "POST":
        person = people.filter(uuid=_uuid_of(request.POST.get("person", ""))).first()
        if person is None:
            raise Http404
        member = add_learner(by=login, cohort=cohort, person=person)
        messages.success(request, _added(member))
        return redirect("certificates:cohort-people", cohort.uuid)
    here = CohortMember.objects.filter(cohort=cohort, state__in=(State.ACTIVE, State.WAITING)).values("person")
    found = search_people(people.exclude(pk__in=here), asked).order_by("full_name", "pk") if asked else people.none()
    context = {
        "cohort": cohort,
        "asked": asked,
        "found": found[:_MOST_FOUND],
        "may_add": COHORTS_RUN.allows(login, cohort),
    }
    return render(request, "certificates/people/add.html", context)


def _member_for(login: Login, cohort: Cohort, person: UUID) -> CohortMember:
    """Return a person's part in a cohort that this login may see; raise Http404."""
    rows = CohortMember.objects.filter(cohort=cohort, person__in=people_for(login), person__uuid=person)
    # Somebody can have learnt here and train here now: the learner's row is the one that is run from here.
    member = rows.select_related("person__agency", "cohort__country").order_by("role", "pk").first()
    if member is None:
        raise Http404
    return member


def _change(
    request: HttpRequest, cohort: Cohort, member: CohortMember, act: str, forms: dict[str, Any]
) -> HttpResponse:
    by: Any = request.user
    acts: dict[str, tuple[Any, str]] = {
        "withdraw": (
            lambda: withdraw_member(by=by, member=member, reason=forms["withdraw"].cleaned_data["reason"]),
            _("The person has left the cohort. What was learnt is kept."),
        ),
        "transfer": (
            lambda: transfer_member(by=by, member=member, to=forms["transfer"].cleaned_data["to"]),
            _("The person has moved. What began here stays in this cohort’s figures."),
        ),
        "admit": (lambda: admit_waiting(by=by, member=member), _("The person has a place and can begin.")),
        "back": (lambda: take_back(by=by, member=member), _("The person is back.")),
    }
    if act not in acts:
        raise Http404
    do, told = acts[act]
    try:
        do()
    except OutOfScopeError:
        raise
    except AccountError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return redirect("certificates:cohort-people", cohort.uuid)


def _added(member: CohortMember) -> str:
    if member.state == State.WAITING:
        return _("All places are taken: the person is on the waiting list.")
    return _("The person is in the cohort.")


def _uuid_of(text: str) -> UUID:
    """Return an id, or one that nobody has."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def people_like(login: Login, person: Person) -> list[Person]:
    """Return the people this login sees who have the same name, in any order of its parts, and year of birth."""
    from accounts.joining.verdicts import name_key  # noqa: PLC0415  # only where somebody is added

    rows = people_for(login).standing().filter(country=person.country, birth_year=person.birth_year)
    return [each for each in rows if name_key(each.full_name) == name_key(person.full_name)]
