"""Mark a question anew: choose how, see whose result changes, do it; and what was done, with the awards at stake."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions import keep_award, preview_question, regrade_question
from assessments.desk import question_to_regrade, regrade_for, regrades_for
from assessments.errors import RegradeRefusedError
from assessments.models import Question
from assessments.regrade_forms import RULE_WORDS, RegradeForm
from assessments.regrades import awards_at_stake, lines_of, versions_to_regrade
from elearning.lib.navigation import in_section

_MOST_LISTED = 100


@in_section("desk")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def regrade_question_view(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask how to mark a question anew, show what that changes, and do it when it is sent once more."""
    login: Any = request.user
    question = question_to_regrade(login, uuid)
    versions, keys = versions_to_regrade(question)
    initial = {"version": versions[0][0] if versions else "", "to": question.version_sha256}
    data = request.POST if request.method == "POST" else None
    form = RegradeForm(data, versions=versions, keys=keys, initial=initial)
    context: dict[str, Any] = {"question": question, "form": form, "versions": versions}
    if form.is_bound and form.is_valid():
        ruled = form.ruled(question.uuid)
        try:
            if "apply" in request.POST:
                done = regrade_question(
                    by=login,
                    regrade=_uuid_in(request.POST.get("regrade", "")),
                    question=question,
                    ruled=ruled,
                    reason=form.cleaned_data["reason"],
                )
                messages.success(request, _("The question is marked anew. The learners see it on their result page."))
                return redirect("assessments:regrade", done.pk)
            found = preview_question(by=login, question=question, ruled=ruled)
        except RegradeRefusedError as error:
            form.add_error("to", str(error.text))
        else:
            lines, others = lines_of(login, found.changes)
            context |= {"regrade": uuid4(), "counts": found.counts, "lines": lines, "others": others}
            context |= {"rule_words": RULE_WORDS[ruled.rule], "version_words": dict(versions)[ruled.version]}
            return render(request, "assessments/regrade_preview.html", context)
    return render(request, "assessments/regrade_question.html", context, status=422 if form.errors else 200)


@in_section("desk")
@require_safe
@login_required
@never_cache
def regrade_list(request: HttpRequest) -> HttpResponse:
    """List what was marked anew, the newest first."""
    rows = list(regrades_for(request.user)[:_MOST_LISTED])
    questions = {each.uuid: each for each in Question.objects.filter(uuid__in={row.question_uuid for row in rows})}
    described = [
        {"regrade": row, "question": questions.get(row.question_uuid), "rule": RULE_WORDS.get(row.rule, "")}
        for row in rows
    ]
    return render(request, "assessments/regrade_list.html", {"rows": described})


@in_section("desk")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def regrade(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what one act did, and take the decision that an award stays."""
    login: Any = request.user
    row = regrade_for(login, uuid)
    lines, others = awards_at_stake(login, row)
    if request.method == "POST":
        wanted = _uuid_in(request.POST.get("keep", ""))
        line = next((each for each in lines if each.attempt == wanted and each.award.withdraw_url), None)
        if line is None:
            raise Http404
        keep_award(by=login, regrade=row, attempt=line.attempt, serial=line.award.serial)
        messages.success(request, _("The certificate stays. That you decided so is written down."))
        return redirect("assessments:regrade", row.pk)
    context = {
        "regrade": row,
        "question": Question.objects.filter(uuid=row.question_uuid).first(),
        "rule_words": RULE_WORDS.get(row.rule, ""),
        "summary": row.summary,
        "waiting": [each for each in lines if not each.is_kept],
        "kept": [each for each in lines if each.is_kept],
        "others": others,
    }
    return render(request, "assessments/regrade.html", context)


def _uuid_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
