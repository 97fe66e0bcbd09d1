"""What is held back: the list, and one line with its decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from elearning.lib.navigation import in_section
from records.models import QuarantinedStatement
from sync.access import held_for, held_one
from sync.errors import DecidedAlreadyError, NotAcceptableError, StillRefusedError
from sync.forms import DecisionForm
from sync.quarantine import Decided, alike_to, content_of, decide_held, groups_of, people_of
from sync.reasons import ACCEPTABLE, explanation_of, label_of

PER_PAGE = 25
_NEWEST_DECIDED = 25
_MOST_UNDECIDED = 5000
_LONGEST_SHOWN = 4000


@in_section("desk", "devices")
@require_safe
@login_required
@never_cache
def held_list(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision, by person and reason; and what was decided last."""
    rows = held_for(request.user)
    waiting = rows.filter(decision="").defer("text")
    page = Paginator(groups_of(waiting[:_MOST_UNDECIDED]), PER_PAGE).get_page(request.GET.get("page"))
    decided = list(rows.exclude(decision="").defer("text").order_by("-decided_at")[:_NEWEST_DECIDED])
    people = people_of([*(group.first for group in page), *decided])
    context = {
        "page_obj": page,
        "groups": [(group, people.get(group.first.uuid)) for group in page],
        "decided": [(row, people.get(row.uuid), label_of(row.reason)) for row in decided],
        "lines": waiting.count(),
    }
    return render(request, "sync/held_list.html", context)


@in_section("desk", "devices")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def held(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one held line: what happened, what is safe, what a decision does; and take the decision."""
    login: Any = request.user
    row = held_one(login, uuid)
    others = alike_to(held_for(login), row).exclude(pk=row.pk).count()
    may_accept = row.reason in ACCEPTABLE
    form = DecisionForm(request.POST if request.method == "POST" else None, may_accept=may_accept, others=others)
    if request.method == "POST" and form.is_valid() and _decide(request, row, form):
        return redirect("sync:held-list")
    context = {
        "row": row,
        "person": people_of([row]).get(row.uuid),
        "content": content_of(row),
        "label": label_of(row.reason),
        "explanation": explanation_of(row.reason),
        "may_accept": may_accept,
        "shown": row.text[:_LONGEST_SHOWN],
        "form": form,
    }
    return render(request, "sync/held.html", context)


def _decide(request: HttpRequest, row: QuarantinedStatement, form: DecisionForm) -> bool:
    login: Any = request.user
    given = form.cleaned_data
    accept = given["decision"] == "accepted"
    try:
        decided = decide_held(by=login, row=row, accept=accept, note=given["note"], alike=given.get("alike", False))
    except StillRefusedError as error:
        form.add_error("decision", f"{error} {label_of(str(error.args[0]))}")
        return False
    except (NotAcceptableError, DecidedAlreadyError) as error:
        form.add_error(None, str(error))
        return False
    _tell(request, decided, accept=accept)
    return True


def _tell(request: HttpRequest, decided: Decided, *, accept: bool) -> None:
    if accept:
        text = ngettext(
            "%(count)d piece of work was accepted. It counts now.",
            "%(count)d pieces of work were accepted. They count now.",
            decided.done,
        )
    else:
        text = ngettext(
            "%(count)d piece of work was set aside. It stays kept here.",
            "%(count)d pieces of work were set aside. They stay kept here.",
            decided.done,
        )
    messages.success(request, text % {"count": decided.done})
    if left := sum(decided.refused.values()):
        words = _("%(count)d could not be accepted and wait for another decision.") % {"count": left}
        messages.warning(request, words)
