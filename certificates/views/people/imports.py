"""Bring a list of people into a cohort: choose a file, look at every line, write, take back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import confirm_import, decide_lines, preview_import, set_aside_import, undo_import
from accounts.errors import AccountError, OutOfScopeError
from accounts.joining.sheets import read_upload
from accounts.models import PeopleImport
from accounts.policy import ADMINISTRATOR, COORDINATOR
from certificates.desk_menu import in_desk
from certificates.import_pages import preview_lines, result_lines
from certificates.joining_forms import UploadForm
from certificates.programmes.access import cohort_to_run
from elearning.lib.csvsafe import csv_text

_MOST_SHOWN = 20


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask for a list and read it; nothing is written but the preview."""
    login: Any = request.user
    cohort = cohort_to_run(login, uuid)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            source = preview_import(by=login, cohort=cohort, file_name=file.name, content=read_upload(file))
        except OutOfScopeError:
            raise
        except AccountError as error:
            form.add_error("file", str(error))
        else:
            return redirect("certificates:people-import", source.uuid)
    earlier = PeopleImport.objects.filter(cohort=cohort).exclude(state=PeopleImport.State.SET_ASIDE)[:_MOST_SHOWN]
    context = {"cohort": cohort, "form": form, "earlier": earlier}
    return render(request, "certificates/people/import.html", context, status=422 if form.errors else 200)


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def import_template(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send an empty list with the columns that are understood, in the cohort's language."""
    cohort = cohort_to_run(request.user, uuid)
    with override("fr" if cohort.language == "fr" else "en"):
        french = cohort.language == "fr"
    names = (
        ("Nom et prénom", "Matricule", "Service", "Sexe", "Année de naissance", "Grade", "Affectation", "Langue")
        if french
        else ("Full name", "Service number", "Agency", "Sex", "Year of birth", "Rank band", "Place of duty", "Language")
    )
    response = HttpResponse(csv_text(names, [], bom=True).encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="relais-{"liste" if french else "list"}.csv"'
    return response


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def people_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what a list would do, or did; write it, set it aside, take it back."""
    login: Any = request.user
    source = _import_for(login, uuid)
    if request.method == "POST":
        return _act(request, source)
    is_preview = source.state == PeopleImport.State.PREVIEW
    page = preview_lines(login, source) if is_preview else result_lines(login, source)
    template = "import_preview" if is_preview else "import_result"
    return render(
        request, f"certificates/people/{template}.html", {"source": source, "cohort": source.cohort, "page": page}
    )


def _import_for(login: Any, uuid: UUID) -> PeopleImport:
    if not login.holds(COORDINATOR, ADMINISTRATOR):
        raise PermissionDenied
    rows = PeopleImport.objects.visible_to(login).select_related("cohort__country")
    source = rows.filter(uuid=uuid).first()
    if source is None:
        raise Http404
    return source


def _act(request: HttpRequest, source: PeopleImport) -> HttpResponse:
    by: Any = request.user
    act = request.POST.get("act", "")
    try:
        if act == "confirm":
            choices = {name[5:]: request.POST[name] for name in request.POST if name.startswith("line:")}
            if source.state == PeopleImport.State.PREVIEW:
                decide_lines(by=by, source=source, choices=choices)
            done = confirm_import(by=by, source=source)
            told = _told(done)
        elif act == "undo":
            undo_import(by=by, source=source)
            told = _("The import is taken back. Below stands who was kept, and why.")
        elif act == "set-aside":
            set_aside_import(by=by, source=source)
            messages.success(request, _("The list is forgotten. Nothing was written."))
            return redirect("certificates:cohort-import", source.cohort.uuid)
        else:
            raise Http404
    except OutOfScopeError:
        raise
    except AccountError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return redirect("certificates:people-import", source.uuid)


def _told(done: PeopleImport) -> str:
    n = done.people.filter(did__in=("made", "joined")).count()
    return ngettext("%(n)d person came into the cohort.", "%(n)d people came into the cohort.", n) % {"n": n}
