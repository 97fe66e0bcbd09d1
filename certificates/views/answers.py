"""What learners and supervisors answer: the reaction form, and the follow-ups months later."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.shortcodes import normal_code
from certificates.actions import answer_as_supervisor, answer_follow_up, give_reaction
from certificates.actions.evaluation import may_react, open_supervisor_code
from certificates.errors import ReactionGivenError, SupervisorCodeError
from certificates.evaluation.answering import LEARNER, SUPERVISOR, open_waves
from certificates.evaluation.forms import FollowUpForm, ReactionForm, SupervisorCodeForm
from certificates.evaluation.opening import own_cohort
from certificates.models import FollowUp, ReactionGiven
from elearning.lib.navigation import in_section


@in_section("record")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def reaction(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask what somebody thought of a training, once and without a name."""
    login: Any = request.user
    cohort = own_cohort(login, uuid)
    if not may_react(login, cohort, timezone.now().date()):
        raise Http404
    is_given = ReactionGiven.objects.filter(cohort=cohort, person=login.person).exists()
    form = ReactionForm(request.POST if request.method == "POST" and not is_given else None)
    if form.is_bound and form.is_valid():
        try:
            give_reaction(by=login, cohort=cohort, answers=form.answers())
        except ReactionGivenError as error:
            messages.info(request, str(error.text))
        else:
            messages.success(request, _("Thank you. Your answers were counted without your name."))
        return redirect("certificates:reaction", cohort.uuid)
    context = {"cohort": cohort, "form": form, "is_given": is_given}
    return render(request, "certificates/evaluation/reaction.html", context, status=422 if form.is_bound else 200)


@in_section("record")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def follow_up(request: HttpRequest, uuid: UUID, months: int) -> HttpResponse:
    """Ask what somebody did with a training; without a connection the device asks the same (player/follow-up.js)."""
    login: Any = request.user
    cohort = own_cohort(login, uuid)
    if months not in open_waves(cohort.ends_on, timezone.now().date()):
        raise Http404
    given = FollowUp.objects.filter(cohort_uuid=cohort.uuid, person=login.person, months=months, by=LEARNER).first()
    form = FollowUpForm(
        request.POST if request.method == "POST" else None, who=LEARNER, initial=given.answers if given else None
    )
    if form.is_bound and form.is_valid():
        answer_follow_up(by=login, cohort=cohort, months=months, answers=form.answers())
        messages.success(
            request, _("Thank you. Your answers were saved. You can change them while the questions are open.")
        )
        return redirect("certificates:follow-up", cohort.uuid, months)
    context = {"cohort": cohort, "months": months, "form": form, "given": given}
    return render(request, "certificates/evaluation/follow_up.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def supervisor_code(request: HttpRequest) -> HttpResponse:
    """Take the code on a supervisor's paper. Open to everybody: a supervisor has no account."""
    form = SupervisorCodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            open_supervisor_code(form.cleaned_data["code"], timezone.now())
        except SupervisorCodeError as error:
            form.add_error("code", str(error.text))
        else:
            return redirect("certificates:supervisor-answer", normal_code(form.cleaned_data["code"]))
    return render(
        request, "certificates/evaluation/supervisor_code.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("code")
def supervisor_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a supervisor about one learner, once."""
    try:
        row = open_supervisor_code(code, timezone.now())
    except SupervisorCodeError:
        raise Http404 from None
    form = FollowUpForm(request.POST if request.method == "POST" else None, who=SUPERVISOR)
    if form.is_bound and form.is_valid():
        answer_as_supervisor(code=code, answers=form.answers())
        return render(request, "certificates/evaluation/supervisor_thanks.html")
    context = {"row": row, "form": form}
    return render(
        request, "certificates/evaluation/supervisor_answer.html", context, status=422 if form.is_bound else 200
    )
