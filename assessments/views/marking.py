"""Marking at the desk: the queue, and one answer with its rubric. Works without JavaScript."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions import Marked, mark_answer
from assessments.errors import AnswerChangedError, AssessmentError, NotWaitingForMarksError
from assessments.marking_desk import OpenAnswer, Wanted, group_waiting, list_waiting, next_to_mark, open_answer
from assessments.marking_form import MarkForm
from elearning.lib.navigation import in_section


@in_section("desk")
@require_safe
@login_required
@never_cache
def marking(request: HttpRequest) -> HttpResponse:
    """List the answers that wait to be marked, the oldest first, and how many there are by question."""
    login: Any = request.user
    wanted = _wanted(request)
    groups = group_waiting(by=login)
    rows = list_waiting(by=login, wanted=wanted)
    context = {
        "groups": [(each, _query(Wanted(each.quiz_uuid, each.question_uuid))) for each in groups],
        "rows": rows,
        "total": sum(each.total for each in groups if _is_wanted(each, wanted)),
        "all": sum(each.total for each in groups),
        "is_narrowed": wanted != Wanted(),
        "wanted": wanted,
        "query": _query(wanted),
    }
    return render(request, "assessments/marking.html", context)


@in_section("desk")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def mark(request: HttpRequest, marking: UUID) -> HttpResponse:
    """Show one answer without its author, and take the points."""
    login: Any = request.user
    answer = open_answer(by=login, marking=marking)
    form = MarkForm(
        request.POST if request.method == "POST" else None,
        rubric=answer.rubric,
        own=answer.own,
        initial={"seen": answer.seen},
    )
    error: AssessmentError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            marked = mark_answer(
                by=login,
                marking=answer.row,
                seen=form.cleaned_data["seen"],
                points=form.points,
                comment=form.cleaned_data["comment"],
            )
        except NotWaitingForMarksError as refused:
            messages.warning(request, str(refused.text))
            return _to_next(request)
        except AnswerChangedError as refused:
            # What is read next is the new answer; the points that were given stay in the form.
            error, form = refused, _with_new_answer(form, answer)
        else:
            messages.success(request, _done(marked))
            return _to_next(request)
    context = {"answer": answer, "form": form, "error": error, "query": _query(_wanted(request))}
    status = 409 if error else 422 if form.errors else 200
    return render(request, "assessments/mark.html", context, status=status)


def _with_new_answer(form: MarkForm, answer: OpenAnswer) -> MarkForm:
    return MarkForm({**form.data.dict(), "seen": answer.seen}, rubric=answer.rubric)  # type: ignore[attr-defined]


def _to_next(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the next answer of the same choice, else back to the queue."""
    login: Any = request.user
    wanted = _wanted(request)
    found = next_to_mark(by=login, wanted=wanted)
    if found is None:
        return redirect("assessments:marking")
    return HttpResponseRedirect(reverse("assessments:mark", args=[found]) + _query(wanted))


def _done(marked: Marked) -> str:
    if not marked.was_new:
        return _("These marks were saved before. Nothing was changed.")
    if marked.awaits_another:
        return _("Your marks are saved. Another person marks this answer too.")
    return _("Your marks are saved. This answer is marked.")


def _wanted(request: HttpRequest) -> Wanted:
    return Wanted(_read_uuid(request.GET.get("quiz", "")), _read_uuid(request.GET.get("question", "")))


def _read_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _query(wanted: Wanted) -> str:
    named = {"quiz": wanted.quiz, "question": wanted.question}
    query = urlencode({name: str(uuid) for name, uuid in named.items() if uuid})
    return f"?{query}" if query else ""


def _is_wanted(group: Any, wanted: Wanted) -> bool:
    return wanted.quiz in {None, group.quiz_uuid} and wanted.question in {None, group.question_uuid}
