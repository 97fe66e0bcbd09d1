"""What each award asks: the list, a new rule, a rule."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import ADMINISTRATOR, COORDINATOR
from certificates import policy
from certificates.actions import create_award_rule, delete_award_rule, update_award_rule
from certificates.course_terms import course_titles
from certificates.desk_menu import in_desk
from certificates.issuing_forms import NewRuleForm, RuleForm
from certificates.models import AwardRule, Programme
from courses.catalogue import read_catalogue


@in_desk("certificates")
@require_safe
@login_required
@never_cache
def award_rules(request: HttpRequest) -> HttpResponse:
    """List the rules one may see, with those that one may change marked."""
    login: Any = request.user
    _need_desk(login)
    rules = list(AwardRule.objects.visible_to(login).select_related("programme"))
    run = set(policy.AWARD_RULES_RUN.filter(AwardRule.objects.all(), login).values_list("pk", flat=True))
    titles = _titles()
    lines = [(rule, _about(rule, titles), rule.pk in run) for rule in rules]
    context = {"lines": lines, "may_add": _may_add(login)}
    return render(request, "certificates/issuing/rules.html", context)


@in_desk("certificates")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def award_rule_new(request: HttpRequest) -> HttpResponse:
    """Make a rule."""
    login: Any = request.user
    _need_desk(login)
    if not _may_add(login):
        raise PermissionDenied
    programmes = list(policy.PROGRAMMES_RUN.filter(Programme.objects.filter(is_historic=False), login))
    given = request.POST if request.method == "POST" else None
    form = NewRuleForm(given, courses=_titles(), programmes=programmes, everywhere=_is_everywhere(login))
    if request.method == "POST" and form.is_valid():
        try:
            create_award_rule(by=login, **form.values())
        except ValidationError:
            form.add_error(None, gettext("There is a rule for this already. Change that one instead."))
        else:
            messages.success(request, gettext("The rule is saved. Certificates that were issued stay as they are."))
            return redirect("certificates:award-rules")
    return render(request, "certificates/issuing/rule.html", {"form": form, "rule": None})


@in_desk("certificates")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def award_rule(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change what a rule asks."""
    login: Any = request.user
    rule = _rule_to_run(login, uuid)
    form = RuleForm(request.POST if request.method == "POST" else None, rule=rule)
    if request.method == "POST" and form.is_valid():
        update_award_rule(by=login, rule=rule, **form.values())
        messages.success(request, gettext("The rule is saved. Certificates that were issued stay as they are."))
        return redirect("certificates:award-rules")
    context = {"form": form, "rule": rule, "about": _about(rule, _titles())}
    return render(request, "certificates/issuing/rule.html", context)


@require_POST
@login_required
def award_rule_delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a rule away."""
    login: Any = request.user
    delete_award_rule(by=login, rule=_rule_to_run(login, uuid))
    messages.success(request, gettext("The rule is gone. The course asks again what every course asks."))
    return redirect("certificates:award-rules")


def _rule_to_run(login: Any, uuid: UUID) -> AwardRule:
    _need_desk(login)
    rule = AwardRule.objects.visible_to(login).select_related("programme").filter(uuid=uuid).first()
    if rule is None:
        raise Http404
    if not policy.AWARD_RULES_RUN.allows(login, rule):
        raise PermissionDenied
    return rule


def _need_desk(login: Any) -> None:
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied


def _is_everywhere(login: Any) -> bool:
    return any(login.scope_of(role).everywhere for role in (COORDINATOR, ADMINISTRATOR))


def _may_add(login: Any) -> bool:
    running = policy.PROGRAMMES_RUN.filter(Programme.objects.filter(is_historic=False), login)
    return _is_everywhere(login) or running.exists()


def _titles() -> dict[UUID, str]:
    return {course.uuid: course.title for course in read_catalogue().in_language(get_language() or "en")}


def _about(rule: AwardRule, titles: dict[UUID, str]) -> str:
    if rule.course_uuid is None:
        return gettext("Certified trainers")
    return titles.get(rule.course_uuid) or next(
        iter(course_titles([rule.course_uuid], get_language() or "en").values()), ""
    )
