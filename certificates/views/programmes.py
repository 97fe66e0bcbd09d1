"""Programmes: the list, one of them, and writing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import policy
from certificates.actions import CountryTarget, create_programme, update_programme
from certificates.desk_menu import in_desk
from certificates.errors import PlanningError
from certificates.models import Programme
from certificates.programmes.access import (
    cohorts_for,
    countries_to_run,
    country_rows,
    may_plan,
    programme_for,
    programme_to_run,
    programmes_for,
)
from certificates.programmes.forms import CountryTargets, ProgrammeForm, in_page_language

PER_PAGE = 20


@in_desk("programmes")
@require_safe
@login_required
@never_cache
def programme_list(request: HttpRequest) -> HttpResponse:
    """List the programmes that concern this login's countries and cohorts."""
    login: Any = request.user
    rows = programmes_for(login).prefetch_related("countries__country")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "certificates/programmes/programme_list.html", {"page_obj": page, "may_plan": may_plan(login)}
    )


@in_desk("programmes")
@require_safe
@login_required
@never_cache
def programme(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a programme: what it is for, who pays, where, and its cohorts within this login's scope."""
    login: Any = request.user
    row = programme_for(login, uuid)
    countries = country_rows(login, row)
    language = in_page_language()
    context = {
        "programme": row,
        "objectives": [(each["code"], each["text"]) for each in row.objectives],
        "language": language,
        "note": row.note.get(language) or row.note.get("en", ""),
        "countries": countries,
        "actual": sum(each.is_actual for each, _seen in countries),
        "cohorts": Paginator(cohorts_for(login).filter(plan__programme=row), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "may_run": policy.PROGRAMMES_RUN.allows(login, row),
    }
    return render(request, "certificates/programmes/programme.html", context)


@in_desk("programmes")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def programme_new(request: HttpRequest) -> HttpResponse:
    """Write a new programme."""
    login: Any = request.user
    countries_to_run(login)
    return _write(request, None)


@in_desk("programmes")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def programme_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a programme all of whose countries this login runs."""
    login: Any = request.user
    return _write(request, programme_to_run(login, uuid))


def _write(request: HttpRequest, row: Programme | None) -> HttpResponse:
    login: Any = request.user
    data = request.POST if request.method == "POST" else None
    form = ProgrammeForm(data, programme=row)
    rows = CountryTargets(
        data,
        prefix="country",
        initial=_targets_of(row) if row else [],
        form_kwargs={"countries": countries_to_run(login)},
    )
    if data is not None and form.is_valid() and rows.is_valid():
        try:
            with transaction.atomic():
                saved = _save(login, row, form.facts(), _targets(rows))
        except PlanningError as error:
            form.add_error(None, str(error.text))
        except IntegrityError:
            form.add_error("code", _("Another programme has this code. Choose a different one."))
        else:
            messages.success(request, _("The programme is saved."))
            return redirect("certificates:programme", saved.uuid)
    return render(
        request, "certificates/programmes/programme_edit.html", {"form": form, "rows": rows, "programme": row}
    )


def _save(login: Any, row: Programme | None, facts: dict[str, Any], countries: list[CountryTarget]) -> Programme:
    if row is None:
        if Programme.objects.filter(code=facts["code"]).exists():
            raise IntegrityError
        return create_programme(by=login, facts=facts, countries=countries)
    return update_programme(by=login, programme=row, facts=facts, countries=countries)


def _targets(rows: Any) -> list[CountryTarget]:
    return [CountryTarget(**each) for each in rows.cleaned_data if each.get("country")]


def _targets_of(row: Programme) -> list[dict[str, Any]]:
    names = ("country", "is_planned", "is_actual", "target_officers", "target_trainers", "target_on")
    return list(row.countries.values(*names))
