"""What a person has done and earned, for that person."""

from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Message
from assessments.models import Attempt, Quiz
from certificates.access import own_attempts, own_awards
from certificates.awarding.renewals import renewals_of
from certificates.course_terms import course_titles
from certificates.validity import validity_on
from elearning.lib.navigation import in_section
from elearning.lib.points import points_text


@in_section("record")
@require_safe
@login_required
@never_cache
def record(request: HttpRequest) -> HttpResponse:
    """Show my certificates, and my attempts by course."""
    login: Any = request.user
    today = timezone.now().date()
    mine = list(own_awards(login))
    awards = [
        (award, validity_on(today, award.valid_until, award.revoked_at), renewal, way)
        for award, (renewal, way) in zip(mine, renewals_of(mine, today), strict=True)
    ]
    context = {
        "awards": awards,
        "courses": _by_course(list(own_attempts(login))),
        "unread": Message.objects.filter(person=login.person_id).unread().count(),
    }
    return render(request, "certificates/record.html", context)


def _by_course(attempts: list[Attempt]) -> list[dict[str, Any]]:
    """Group attempts by course, in order of title."""
    titles = course_titles({each.enrolment.course_uuid for each in attempts}, get_language() or "en")
    quizzes = Quiz.objects.in_bulk([each.quiz_uuid for each in attempts], field_name="uuid")
    ordered = sorted(attempts, key=lambda each: (titles[each.enrolment.course_uuid], each.enrolment.course_uuid))
    return [
        {"title": titles[course], "attempts": [_row(each, quizzes.get(each.quiz_uuid)) for each in rows]}
        for course, rows in groupby(ordered, key=lambda each: each.enrolment.course_uuid)
    ]


def _row(attempt: Attempt, quiz: Quiz | None) -> dict[str, Any]:
    return {
        "attempt": attempt,
        "quiz": str(quiz) if quiz else "",
        "points": None if attempt.points_milli is None else points_text(attempt.points_milli),
        "out_of": None if attempt.out_of_milli is None else points_text(attempt.out_of_milli),
    }
