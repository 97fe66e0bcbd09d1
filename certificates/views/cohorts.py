"""Cohorts as they are planned: the list, the plan, its stages, and who trains them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import person_for
from accounts.actions import add_cohort_trainer, create_cohort, end_cohort_trainer, update_cohort
from accounts.backends import normal_identifier
from accounts.models import Cohort, Country, Person
from accounts.policy import COHORTS_RUN
from certificates.access import cohort_for
from certificates.actions import plan_cohort, set_stage
from certificates.desk_menu import in_desk
from certificates.errors import PlanningError
from certificates.models import CohortPlan
from certificates.programmes.access import (
    cohort_to_run,
    cohorts_for,
    countries_to_run,
    may_plan,
    plan_of,
    programmes_for,
    trainers_of,
)
from certificates.programmes.forms import PLAN_FIELDS, CohortFilterForm, CohortForm, in_page_language
from certificates.programmes.hub import parts_of
from certificates.programmes.offers import course_title, offers_for
from certificates.programmes.stages import next_stages

PER_PAGE = 25
_MOST_FOUND = 20


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def cohort_list(request: HttpRequest) -> HttpResponse:
    """List the cohorts in scope, narrowed by what is asked."""
    login: Any = request.user
    rows = cohorts_for(login)
    countries = Country.objects.filter(pk__in=Cohort.objects.visible_to(login).values("country"))
    form = CohortFilterForm(request.GET, countries=countries, programmes=programmes_for(login))
    # A filter that is out of scope or unknown narrows to nothing; it never shows more.
    rows = _narrow(rows, form.cleaned_data) if form.is_valid() else rows.none()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "form": form, "may_plan": may_plan(login)}
    return render(request, "certificates/programmes/cohort_list.html", context)


def _narrow(rows: Any, asked: dict[str, Any]) -> Any:
    text = asked["q"].replace("\0", "").strip()
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(plan__place__icontains=text))
    given = {"country": asked["country"], "plan__programme": asked["programme"]}
    given |= {"plan__kind": asked["kind"], "plan__stage": asked["stage"]}
    return rows.filter(**{name: value for name, value in given.items() if value})


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def cohort_plan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the plan of a cohort, and the way to all of its parts."""
    login: Any = request.user
    cohort = cohorts_for(login).get(pk=cohort_for(login, uuid).pk)
    plan = plan_of(cohort)
    may_run = COHORTS_RUN.allows(login, cohort)
    sees_parent = plan.parent is not None and Cohort.objects.visible_to(login).filter(pk=plan.parent.pk).exists()
    context = {
        "cohort": cohort,
        "plan": plan,
        "sees_parent": sees_parent,
        "branches": cohorts_for(login).filter(plan__parent=cohort)[:PER_PAGE],
        "trainers": trainers_of(login, cohort),
        "course": course_title(plan.course_uuid),
        "parts": parts_of(cohort, plan, runs=may_run),
        "stages": [CohortPlan.Stage(stage) for stage in next_stages(plan.stage)],
        "may_run": may_run,
        "next_session": cohort.sessions.filter(ends_at__gt=timezone.now(), cancelled_at__isnull=True).first(),
    }
    return render(request, "certificates/programmes/cohort_plan.html", context)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_new(request: HttpRequest) -> HttpResponse:
    """Plan a new cohort."""
    login: Any = request.user
    countries = list(countries_to_run(login)[:2])
    offers = offers_for(login)
    only = countries[0] if len(countries) == 1 else None
    initial: dict[str, Any] = {"kind": CohortPlan.Kind.OFFICERS, "mode": CohortPlan.Mode.IN_PERSON, "country": only}
    initial["language"] = in_page_language()
    if only and len(offers["zones"]) == 1:
        initial["time_zone"] = offers["zones"][0]
    return _write(request, None, CohortForm(request.POST or None, offers=offers, initial=initial))


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a cohort and its plan."""
    login: Any = request.user
    cohort = cohort_to_run(login, uuid)
    plan = plan_of(cohort)
    initial = {name: getattr(plan, name) for name in PLAN_FIELDS}
    initial |= {name: getattr(cohort, name) for name in _COHORT_FIELDS}
    initial["objective_codes"] = ", ".join(plan.objective_codes)
    form = CohortForm(request.POST or None, offers=offers_for(login, cohort), initial=initial)
    return _write(request, cohort, form)


_COHORT_FIELDS = ("name", "agency", "starts_on", "ends_on", "time_zone", "language")


def _write(request: HttpRequest, cohort: Cohort | None, form: CohortForm) -> HttpResponse:
    login: Any = request.user
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                facts = form.cohort_facts()
                saved = update_cohort(by=login, cohort=cohort, **facts) if cohort else create_cohort(by=login, **facts)
                plan_cohort(by=login, cohort=saved, facts=form.plan_facts())
        except PlanningError as error:
            form.add_error("parent", str(error.text))
        else:
            messages.success(request, _("The cohort is saved."))
            return redirect("certificates:cohort-plan", saved.uuid)
    return render(request, "certificates/programmes/cohort_edit.html", {"form": form, "cohort": cohort})


@in_desk("cohorts")
@require_POST
@login_required
def cohort_stage(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a cohort enter a stage that may follow its own."""
    login: Any = request.user
    cohort = cohort_to_run(login, uuid)
    try:
        set_stage(by=login, cohort=cohort, stage=request.POST.get("stage", ""))
    except PlanningError as error:
        messages.error(request, str(error.text))
    return redirect("certificates:cohort-plan", cohort.uuid)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_staff(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say who trains a cohort: found by name or service number, added or taken off."""
    login: Any = request.user
    cohort = cohort_to_run(login, uuid)
    if request.method == "POST":
        person = person_for(login, _uuid_of(request.POST.get("person", "")))
        act = end_cohort_trainer if request.POST.get("act") == "end" else add_cohort_trainer
        act(by=login, cohort=cohort, person=person)
        return redirect(request.path)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:60]
    trainers = list(trainers_of(login, cohort).select_related("agency"))
    found = _find(login, asked).exclude(pk__in=[each.pk for each in trainers])[:_MOST_FOUND] if asked else []
    context = {"cohort": cohort, "trainers": trainers, "asked": asked, "found": found}
    return render(request, "certificates/programmes/cohort_staff.html", context)


def _find(login: Any, asked: str) -> Any:
    by_name = Q(full_name__icontains=asked) | Q(full_name_other__icontains=asked)
    number = normal_identifier(asked)
    wanted = by_name | Q(service_number__startswith=number) if number else by_name
    return Person.objects.visible_to(login).filter(wanted).select_related("agency").order_by("full_name", "pk")


def _uuid_of(text: str) -> UUID:
    """Return the id that was posted; one that is none belongs to nobody."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
