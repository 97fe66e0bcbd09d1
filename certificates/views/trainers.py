"""Trainers: the list, the tree of who trained whom, and one trainer's page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import record_audit, view_person
from certificates.actions import count_trainers, update_trainer_profile
from certificates.cascade import opening, profile
from certificates.cascade.access_rules import TRAINEES, TRAINERS_RUN
from certificates.cascade.forms import TrainerProfileForm
from certificates.cascade.listing import TrainerFilter, list_trainers
from certificates.cascade.showing import EXPORT_HEADER, export_rows, generation_rows, show_branches, table_rows
from certificates.cascade.tree import Branch
from certificates.desk_menu import in_desk
from certificates.models import TrainerProfile
from elearning.lib.csvsafe import csv_text

_PER_PAGE = 50


@in_desk("trainers")
@require_safe
@login_required
@never_cache
def trainer_list(request: HttpRequest) -> HttpResponse:
    """List the trainers this login may see, by state, country and name."""
    login: Any = request.user
    programmes = opening.programmes_for(login)
    asked = TrainerFilter.of(request.GET)
    programme = opening.chosen_programme(programmes, asked.programme)
    rows = list_trainers(login, programme, asked)
    context = {
        "page_obj": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "programmes": programmes,
        "programme": programme,
        "asked": asked,
        "countries": opening.countries_for(login),
        "states": opening.state_choices(),
    }
    return render(request, "certificates/trainers/trainer_list.html", context)


@in_desk("trainers")
@require_safe
@login_required
@never_cache
def trainer_tree(request: HttpRequest) -> HttpResponse:
    """Show who trained whom; a branch alone where one is named, and its lines only where a script asks."""
    login: Any = request.user
    programmes = opening.programmes_for(login)
    programme = opening.chosen_programme(programmes, request.GET.get("programme", ""))
    cascade = opening.open_cascade(login, programme, timezone.now().date())
    top = _branch(cascade, request.GET.get("under", ""))
    shown = show_branches(cascade, top.children if top and "fragment" in request.GET else [top] if top else None)
    context = {"cascade": cascade, "programmes": programmes, "programme": programme, "branches": shown}
    if "fragment" in request.GET:
        return render(request, "certificates/trainers/_branches.html", context)
    context["generations"] = generation_rows(cascade)
    context["top"] = shown[0] if top else None
    if request.GET.get("as") == "table":
        context["page_obj"] = Paginator(table_rows(cascade, top), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "certificates/trainers/tree.html", context)


@in_desk("trainers")
@require_safe
@login_required
@never_cache
def trainer_export(request: HttpRequest) -> HttpResponse:
    """Send the tree as CSV, a line for each trainer in the order of the tree; audited."""
    login: Any = request.user
    programme = opening.chosen_programme(opening.programmes_for(login), request.GET.get("programme", ""))
    cascade = opening.open_cascade(login, programme, timezone.now().date())
    record_audit(by=login, act="trainers.exported", target=programme, detail={"lines": cascade.trainers})
    text = csv_text(EXPORT_HEADER, export_rows(cascade), bom=request.GET.get("bom") == "1")
    response = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="relais-trainers-{timezone.now():%Y-%m-%d}.csv"'
    return response


@in_desk("trainers")
@require_POST
@login_required
def trainer_count(request: HttpRequest) -> HttpResponse:
    """Count a programme's cascade now."""
    login: Any = request.user
    asked = request.POST.get("programme", "")
    programme = opening.chosen_programme(opening.programmes_for(login), asked or opening.NONE)
    count_trainers(by=login, programme=programme)
    found = opening.lines_for(login).filter(programme=programme).count()
    words = ngettext(
        "Counted: %(count)s trainer that you may see.", "Counted: %(count)s trainers that you may see.", found
    )
    messages.success(request, words % {"count": found})
    return redirect(f"{reverse('certificates:trainer-tree')}?programme={asked or opening.NONE}")


@in_desk("trainers")
@require_safe
@login_required
@never_cache
def trainer(request: HttpRequest, person: UUID) -> HttpResponse:
    """Show one trainer: where they stand in each programme, why, and what they bring."""
    login: Any = request.user
    whose = opening.trainer_for(login, person)
    view_person(by=login, person=whose)
    context = {
        "person": whose,
        "standings": profile.standings_of(login, whose, timezone.now()),
        "brings": profile.brought_by(whose),
        "may_give": TRAINEES.allows(login, whose),
        "may_write": TRAINERS_RUN.allows(login, whose),
    }
    return render(request, "certificates/trainers/trainer.html", context)


@in_desk("trainers")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def trainer_profile(request: HttpRequest, person: UUID) -> HttpResponse:
    """Write what a trainer brings."""
    login: Any = request.user
    whose = opening.trainer_to_write(login, person)
    row = TrainerProfile.objects.filter(person=whose).first()
    form = TrainerProfileForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        update_trainer_profile(by=login, person=whose, facts=form.cleaned_data)
        messages.success(request, _("The profile was saved."))
        return redirect("certificates:trainer", whose.uuid)
    context = {"person": whose, "form": form}
    return render(request, "certificates/trainers/trainer_profile.html", context, status=422 if form.is_bound else 200)


def _branch(cascade: opening.Cascade, asked: str) -> Branch | None:
    """Return the branch an address names; raise Http404 for one that is not in sight."""
    if not asked:
        return None
    try:
        return cascade.by_person[UUID(asked)]
    except (ValueError, KeyError):
        raise Http404 from None
