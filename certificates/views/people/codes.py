"""Codes on paper: the QR sheet of an invitation, and one-time codes for people who have not signed in yet."""

import math
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import issue_one_time_code
from accounts.errors import AccountError
from accounts.joining.guessing import proof_of
from accounts.models import Cohort, CohortMember, InvitationCode, Login, Person
from accounts.policy import LOGIN_HELP
from accounts.shortcodes import spaced_code
from certificates.access import cohort_for, open_codes_of
from certificates.desk_menu import in_desk
from courses.catalogue import read_catalogue

_MOST_CARDS, _CARDS = 48, 12
# Each code is hashed slowly on purpose: fifty take a few seconds.
MOST_CODES = 50


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def invitation_sheet(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """Show an invitation code to print: one large for the wall, and cards to hand out."""
    cohort = cohort_for(request.user, uuid)
    invitation = open_codes_of(cohort).filter(code=code).first()
    if invitation is None:
        raise Http404
    link = join_link(cohort, invitation)
    course = read_catalogue().course(invitation.course_uuid, cohort.language)
    context = {
        "cohort": cohort,
        "invitation": invitation,
        "spaced": spaced_code(invitation.code),
        "qr": _drawn(link),
        "address": link.partition("?")[0],
        "course": course,
        "cards": range(_cards(request, invitation)),
        "chosen": _cards(request, invitation),
    }
    return render(request, "certificates/people/invitation_sheet.html", context)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def sign_in_codes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List who has not signed in yet; a POST issues one-time codes for those chosen, and shows them once."""
    login: Any = request.user
    cohort = cohort_for(login, uuid)
    people = _newcomers(login, cohort)
    if request.method != "POST":
        context = {"cohort": cohort, "people": people[:MOST_CODES], "more": max(len(people) - MOST_CODES, 0)}
        return render(request, "certificates/people/sign_in_codes.html", context)
    chosen = set(request.POST.getlist("person"))
    slips = []
    for person in [each for each in people if str(each.uuid) in chosen][:MOST_CODES]:
        try:
            issued = issue_one_time_code(by=login, person=person)
        except AccountError:  # suspended meanwhile: without a slip
            continue
        short_code = Login.objects.filter(person=person).values_list("short_code", flat=True).first()
        slips.append((person, spaced_code(issued.code), short_code, issued.row.expires_at))
    address = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('accounts:code-redeem')}"
    context = {"cohort": cohort, "slips": slips, "address": address}
    return render(request, "certificates/people/sign_in_slips.html", context)


def join_link(cohort: Cohort, invitation: InvitationCode) -> str:
    """Return the address that opens the join page with the code filled in, in the cohort's language."""
    with override(cohort.language):
        path = reverse("courses:join")
    query = urlencode({"code": invitation.code, "k": proof_of(invitation.code)})
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}?{query}"


def _drawn(link: str) -> SafeString:
    # Nothing in it is typed by anybody: segno draws it from an address made here.
    drawn = segno.make_qr(link, error="m").svg_inline(border=2, omitsize=True, dark="#000", light="#fff")
    return mark_safe(drawn)  # noqa: S308


def _cards(request: HttpRequest, invitation: InvitationCode) -> int:
    """Return how many cards to print: as many as are asked for, within the uses that are left; whole rows of three."""
    asked = request.GET.get("cards", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else _CARDS  # noqa: PLR2004
    return min(max(wanted, 0), _MOST_CARDS, math.ceil(invitation.uses_left / 3) * 3)


def _newcomers(login: Login, cohort: Cohort) -> list[Person]:
    """Return the learners of a cohort who never signed in and whom this login may help with that, by name."""
    here = CohortMember.objects.learners().active().filter(cohort=cohort).values("person")
    rows = Person.objects.filter(LOGIN_HELP.q(login), pk__in=here, login__last_login__isnull=True)
    return list(rows.select_related("agency").order_by("full_name", "pk"))
