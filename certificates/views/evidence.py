"""What a person says of a trainer: giving evidence, taking it back; and the rules of a programme."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates.actions import record_evidence, retract_evidence, update_trainer_rules
from certificates.cascade import opening
from certificates.cascade.access_rules import TRAINEES
from certificates.cascade.facts import rules_of
from certificates.cascade.forms import EvidenceForm, RetractionForm, TrainerRulesForm
from certificates.desk_menu import in_desk
from certificates.models import Evidence


@in_desk("trainers")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def evidence_new(request: HttpRequest, person: UUID) -> HttpResponse:
    """Write down a micro-teaching, an observed session, or a signed code of conduct."""
    login: Any = request.user
    whose = opening.trainer_for(login, person)
    if not TRAINEES.allows(login, whose):
        raise PermissionDenied
    kind = request.GET.get("kind", Evidence.Kind.MICRO_TEACHING)
    if kind not in Evidence.Kind.values:
        raise Http404
    programmes = opening.programmes_for(login)
    programme = opening.chosen_programme(programmes, request.GET.get("programme", ""))
    given = request.POST if request.method == "POST" else None
    today = timezone.now().date()
    form = EvidenceForm(given, kind=kind, programme=programme, person=whose, today=today)
    if form.is_bound and form.is_valid():
        session = form.cleaned_data.get("session")
        day = form.cleaned_data["happened_on"]
        record_evidence(
            by=login, person=whose, programme=programme, kind=kind, happened_on=day, marks=form.marks(), session=session
        )
        messages.success(request, _("This was written into the record."))
        return redirect("certificates:trainer", whose.uuid)
    label = Evidence.Kind(kind).label
    context = {"person": whose, "programme": programme, "form": form, "kind": kind, "label": label}
    return render(request, "certificates/trainers/evidence_new.html", context, status=422 if form.is_bound else 200)


@in_desk("trainers")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def evidence_retract(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """Ask for the reason, then take a piece of evidence back."""
    login: Any = request.user
    row, whose = opening.evidence_for(login, evidence)
    if not TRAINEES.allows(login, whose):
        raise PermissionDenied
    form = RetractionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        retract_evidence(by=login, evidence=row, reason=form.cleaned_data["reason"])
        messages.success(request, _("The evidence was taken back. The record keeps both."))
        return redirect("certificates:trainer", whose.uuid)
    context = {"person": whose, "evidence": row, "form": form}
    return render(request, "certificates/trainers/evidence_retract.html", context, status=422 if form.is_bound else 200)


@in_desk("trainers")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def trainer_rules(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Set what makes a trainer in one programme."""
    login: Any = request.user
    row = opening.programme_to_run(login, programme)
    form = TrainerRulesForm(request.POST if request.method == "POST" else None, rules=rules_of(row))
    if form.is_bound and form.is_valid():
        update_trainer_rules(by=login, programme=row, rules=form.rules())
        messages.success(request, _("The rules were saved, and the trainers counted by them."))
        return redirect("certificates:trainer-rules", row.uuid)
    context = {"programme": row, "form": form}
    return render(request, "certificates/trainers/trainer_rules.html", context, status=422 if form.is_bound else 200)
