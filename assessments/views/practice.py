"""Practice on the site: each question says at once what is right. Works without JavaScript."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from assessments.access import Sitting, quiz_for
from assessments.answering import AttemptLog
from assessments.errors import AssessmentError
from assessments.questions.registry import kind_named
from assessments.scoring import score_paper
from assessments.versions import versions_of
from assessments.views.explaining import explain, explain_all
from assessments.views.pages import counts_of, question_pages
from courses.catalogue import read_catalogue
from elearning.lib.points import points_text


def practice_page(
    request: HttpRequest,
    sitting: Sitting,
    log: AttemptLog,
    number: int,
    error: AssessmentError | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show one practice question and, once it is answered, what is right and why."""
    language = get_language() or "en"
    pages = question_pages(sitting, log, language)
    page = pages[number - 1]
    context: dict[str, Any] = {"sitting": sitting, "page": page, "error": error, **counts_of(pages)}
    if page.is_answered:
        item = sitting.item(number)
        version, response = versions_of([item.version])[item.version], log.responses[item.question]
        mark_milli = kind_named(version.kind).mark(version.structure, response)
        context["told"] = explain(number, version, response, mark_milli, language)
    return render(request, "assessments/practice.html", context, status=status)


def practice_result(request: HttpRequest, sitting: Sitting, log: AttemptLog) -> HttpResponse:
    """Show how a practice went: every question with its answer, and no pass mark."""
    language = get_language() or "en"
    catalogue = read_catalogue()
    course = catalogue.course(sitting.course, language)
    versions = versions_of(item.version for item in sitting.sheet.items)
    score = score_paper(sitting.sheet, versions, log.responses)
    context = {
        "quiz_title": quiz_for(sitting.quiz).title_in(language),
        "course_title": course.title if course else "",
        "course_url": catalogue.addresses(sitting.course)[language] if course else "",
        "start_url": reverse("assessments:attempt-start", args=[sitting.quiz]),
        "points": points_text(score.points_milli),
        "out_of": points_text(score.out_of_milli),
        **explain_all(sitting, log, score, language),
    }
    return render(request, "assessments/practice_result.html", context)
