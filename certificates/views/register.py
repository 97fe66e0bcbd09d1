"""The register of certificates: the list, what is done with several at once, and what ends soon."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import record_audit
from accounts.models import Login
from certificates.actions import invite_to_renew, revoke_award
from certificates.awarding.expiring import DAYS, ending_for, lines_of, read_days
from certificates.course_terms import course_titles
from certificates.desk_menu import in_desk
from certificates.models import Award
from certificates.reasons import RevocationReason
from certificates.register import STATES, countries_of, names_on, narrowed, read_filter, register_for, state_of

PER_PAGE = 25
_LONGEST_LIST = 1000


@in_desk("certificates")
@require_safe
@login_required
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """Show the certificates of one's countries, searched and filtered."""
    login: Any = request.user
    asked, today = read_filter(request.GET.dict()), timezone.now().date()
    page = Paginator(narrowed(register_for(login), asked, today), PER_PAGE).get_page(request.GET.get("page"))
    if asked.text:
        record_audit(by=login, act="register.searched", detail={"found": page.paginator.count})
    context = {
        "page_obj": page,
        "lines": _lines(page, today),
        "asked": asked,
        "states": STATES,
        "countries": countries_of(login),
        "courses": _courses(login),
        "reasons": RevocationReason.choices,
    }
    return render(request, "certificates/register/register.html", context)


def _lines(page: Page[Award], today: dt.date) -> list[tuple[Award, Any, str, Any]]:
    awards = list(page)
    names = names_on(awards)
    return [(each, names.get(each.uuid), state, STATES[state]) for each in awards for state in [state_of(each, today)]]


def _courses(login: Login) -> dict[UUID, str]:
    courses = register_for(login).order_by().values_list("course_uuid", flat=True).distinct()
    titles = course_titles(set(courses), get_language() or "en")
    return dict(sorted(titles.items(), key=lambda each: each[1]))


@in_desk("certificates")
@require_POST
@login_required
def register_act(request: HttpRequest) -> HttpResponse:
    """Withdraw the chosen certificates, or invite their holders to renew; one that is not one's own is not there."""
    login: Any = request.user
    chosen = register_for(login).filter(pk__in=_uuids(request.POST.getlist("award")))[:PER_PAGE]
    back = f"{reverse('certificates:register')}?{read_filter(request.POST.dict()).query}"
    awards = list(chosen)
    if not awards:
        messages.error(request, gettext("No certificate was chosen. Nothing was changed."))
    elif request.POST.get("act") == "invite":
        _say_invited(request, invite_to_renew(by=login, awards=awards))
    elif request.POST.get("reason") in RevocationReason.values:
        stood = [each for each in awards if each.revoked_at is None]
        for award in stood:
            revoke_award(by=login, award=award, reason=request.POST["reason"])
        told = ngettext("%(count)s certificate was withdrawn.", "%(count)s certificates were withdrawn.", len(stood))
        messages.success(request, told % {"count": len(stood)})
    else:
        messages.error(request, gettext("Choose a reason. Nothing was changed."))
    return redirect(back)


@in_desk("certificates")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def expiring(request: HttpRequest) -> HttpResponse:
    """Show what ends within 30, 60 or 90 days or has just ended; one click asks the holder to renew."""
    login: Any = request.user
    days, today = read_days(request.GET.get("days", "")), timezone.now().date()
    rows = ending_for(login, days, today)
    if request.method == "POST":
        wanted = _uuids(request.POST.getlist("award"))
        chosen = rows.filter(pk__in=wanted) if wanted else rows if request.POST.get("all") else rows.none()
        _say_invited(request, invite_to_renew(by=login, awards=chosen))
        return redirect(f"{reverse('certificates:expiring')}?{request.GET.urlencode()}")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "lines": lines_of(list(page), today), "days": days, "choices": DAYS, "today": today}
    return render(request, "certificates/register/expiring.html", context)


@in_desk("certificates")
@require_safe
@login_required
@never_cache
def expiring_print(request: HttpRequest) -> HttpResponse:
    """Show the same list on one sheet for a wall or a post without a network; audited."""
    login: Any = request.user
    days, now = read_days(request.GET.get("days", "")), timezone.now()
    rows = ending_for(login, days, now.date())
    lines = lines_of(list(rows[:_LONGEST_LIST]), now.date())
    record_audit(by=login, act="register.printed", detail={"lines": len(lines), "days": days})
    context = {"lines": lines, "total": rows.count(), "days": days, "as_of": now}
    return render(request, "certificates/register/expiring_print.html", context)


def _say_invited(request: HttpRequest, told: int) -> None:
    if told:
        said = ngettext("%(count)s person was asked to renew.", "%(count)s people were asked to renew.", told)
        messages.success(request, said % {"count": told})
    else:
        messages.info(request, gettext("Nobody was asked anew: they were told today already, or nothing ends."))


def _uuids(given: list[str]) -> list[UUID]:
    found = []
    for each in given:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found
