"""Sessions: those of a cohort, one of them, its plan, and who has which part in it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Person
from certificates.access import cohort_for
from certificates.actions import (
    Part,
    cancel_session,
    create_session,
    plan_five_days,
    set_parts,
    update_session,
)
from certificates.desk_menu import in_desk
from certificates.models import Attendance, CohortPlan
from certificates.programmes.access import people_to_name, plan_of, session_for
from certificates.programmes.agenda import agenda_minutes
from certificates.programmes.attending import attendance_of, held_sessions
from certificates.programmes.session_forms import PartForms, SessionForm, SessionPlanForm, advice_text, label_of
from certificates.programmes.session_plans import LISTS, STEPS, TEXTS, advice, read_plan, step_minutes, stored_form


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def session_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List the sessions of a cohort with who was there, and what attendance adds up to."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    now = timezone.now()
    held = {each.pk for each in held_sessions(cohort, now)}
    counted = Attendance.objects.filter(cohort_uuid=cohort.uuid, status=Attendance.Status.PRESENT)
    present = dict(counted.values("session_uuid").annotate(n=Count("pk")).values_list("session_uuid", "n"))
    taken = set(Attendance.objects.filter(cohort_uuid=cohort.uuid).values_list("session_uuid", flat=True))
    rows = [(each, present.get(each.uuid, 0), each.uuid in taken, each.pk in held) for each in cohort.sessions.all()]
    facts = attendance_of(cohort, at=now)
    context = {
        "cohort": cohort,
        "rows": rows,
        "untaken": sum(is_held and not is_taken for _s, _n, is_taken, is_held in rows),
        "held": len(held),
        "full": sum(each.percent is not None and each.percent >= _ENOUGH for each in facts.values()),
        "enough": _ENOUGH,
        "people": len(facts),
        "is_for_trainers": plan_of(cohort).is_for_trainers,
    }
    return render(request, "certificates/programmes/session_list.html", context)


# Attendance of a train-the-trainers event that counts as whole: train-the-trainers.md, section 2.
_ENOUGH = 90


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a session: agenda, plan, who holds it, and who was there."""
    login: Any = request.user
    row = session_for(login, uuid)
    plan = read_plan(row.plan)
    seen = set(Person.objects.visible_to(login).filter(session_parts__session=row).values_list("pk", flat=True))
    parts = [(part, part.person_id in seen) for part in row.parts.select_related("person").order_by("pk")]
    statuses = Attendance.objects.filter(session_uuid=row.uuid).values_list("status").annotate(n=Count("pk"))
    context = {
        "session": row,
        "agenda_minutes": agenda_minutes(row.agenda),
        "parts": parts,
        "plan": [(label_of(name), plan.lists[name]) for name in LISTS if plan.lists[name]],
        "texts": [(label_of(name), plan.texts[name]) for name in TEXTS if plan.texts[name]],
        "steps": [(label_of(name), n, plan.shares[name]) for name, n in step_minutes(plan, row.minutes).items()],
        "has_plan": not plan.is_empty,
        "advice": [advice_text(each.code, each.about, each.detail) for each in advice(plan)],
        "counts": {status: n for status, n in statuses},  # noqa: C416  # rows, not pairs
    }
    return render(request, "certificates/programmes/session.html", context)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def session_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Plan a session of a cohort."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    plan: CohortPlan = plan_of(cohort)
    form = SessionForm(request.POST or None, cohort=cohort, initial={"mode": plan.mode, "place": plan.place})
    if request.method == "POST" and form.is_valid():
        row = create_session(by=login, cohort=cohort, facts=form.facts())
        messages.success(request, _("The session is planned."))
        return redirect("certificates:session", row.uuid)
    return render(request, "certificates/programmes/session_edit.html", {"form": form, "cohort": cohort})


@in_desk("cohorts")
@require_POST
@login_required
def session_agenda(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Plan the sessions of the five-day agenda."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    if not plan_five_days(by=login, cohort=cohort):
        messages.error(request, _("This cohort has sessions already. Nothing was added."))
    return redirect("certificates:session-list", cohort.uuid)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def session_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change the time, the place or the agenda of a session."""
    login: Any = request.user
    row = session_for(login, uuid)
    form = SessionForm(request.POST or None, cohort=row.cohort, initial=SessionForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        update_session(by=login, session=row, facts=form.facts())
        messages.success(request, _("The session is saved."))
        return redirect("certificates:session", row.uuid)
    context = {"form": form, "cohort": row.cohort, "session": row}
    return render(request, "certificates/programmes/session_edit.html", context)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def session_plan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write the session plan after the template."""
    login: Any = request.user
    row = session_for(login, uuid)
    form = SessionPlanForm(request.POST or None, plan=read_plan(row.plan))
    if request.method == "POST" and form.is_valid():
        update_session(by=login, session=row, facts={"plan": stored_form(form.plan())})
        messages.success(request, _("The session plan is saved."))
        return redirect("certificates:session", row.uuid)
    fields = [form[name] for name in form.fields if name not in STEPS]
    context = {"form": form, "session": row, "fields": fields, "steps": [form[name] for name in STEPS]}
    return render(request, "certificates/programmes/session_plan.html", context)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def session_parts(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say who leads a session, who assists, observes, or comes as a guest."""
    login: Any = request.user
    row = session_for(login, uuid)
    people = people_to_name(login, row, plan_of(row.cohort).parent)
    seen = {each.pk: each.uuid for each in people}
    parts = list(row.parts.select_related("person").order_by("pk"))
    # Who is out of this login's sight keeps the part: it is neither shown here nor taken away.
    unseen = [Part(part.role, part.person) for part in parts if part.person and part.person.pk not in seen]
    here = [part for part in parts if part.person is None or part.person.pk in seen]
    forms = PartForms(
        request.POST or None,
        prefix="part",
        initial=[{"role": part.role, "person": seen.get(part.person_id or 0), "office": part.office} for part in here],
        form_kwargs={"people": people},
    )
    if request.method == "POST" and forms.is_valid():
        given = [Part(**each) for each in forms.cleaned_data if each.get("role")]
        set_parts(by=login, session=row, parts=[*given, *unseen])
        messages.success(request, _("The parts are saved."))
        return redirect("certificates:session", row.uuid)
    return render(request, "certificates/programmes/session_parts.html", {"forms": forms, "session": row})


@in_desk("cohorts")
@require_POST
@login_required
def session_cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Cancel a session, or take that back."""
    login: Any = request.user
    row = session_for(login, uuid)
    cancel_session(by=login, session=row, is_cancelled=request.POST.get("act") != "reinstate")
    return redirect("certificates:session", row.uuid)
