"""A class and one of its quizzes, for its trainer."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.access import cohort_for_exams
from assessments.class_rules import ENOUGH_ANSWERS, SILENT, STUCK, Stage
from assessments.class_view import quizzes_of_cohort, view_class
from assessments.models import Quiz
from elearning.lib.navigation import in_section


@in_section("desk")
@require_safe
@login_required
@never_cache
def class_view(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how the learners of a cohort stand with a quiz, and which questions are hard for them."""
    login: Any = request.user
    cohort = cohort_for_exams(login, uuid)
    quizzes = quizzes_of_cohort(cohort)
    quiz = _chosen(quizzes, request.GET.get("quiz", ""))
    seen = view_class(by=login, cohort=cohort, quiz=quiz, now=timezone.now()) if quiz else None
    context = {
        "cohort": cohort,
        "quizzes": quizzes,
        "quiz": quiz,
        "seen": seen,
        "stuck_days": STUCK.days,
        "silent_days": SILENT.days,
        "enough": ENOUGH_ANSWERS,
    }
    if seen:
        context |= {
            "not_begun": seen.count(Stage.NOT_BEGUN),
            "in_progress": seen.count(Stage.IN_PROGRESS),
            "handed_in": seen.count(Stage.HANDED_IN),
            "passed": seen.count(Stage.PASSED),
        }
    return render(request, "assessments/class_view.html", context)


def _chosen(quizzes: list[Quiz], wanted: str) -> Quiz | None:
    """Return the quiz that was asked for, else the first; raise Http404 for one that is not of this class."""
    if not wanted:
        return quizzes[0] if quizzes else None
    found = next((each for each in quizzes if str(each.uuid) == wanted), None)
    if found is None:
        raise Http404
    return found
