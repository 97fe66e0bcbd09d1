"""Practice on the site: each question says at once what is right. Works without JavaScript."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from assessments.access import Sitting, quiz_for
from assessments.answering import AttemptLog
from assessments.drawing import TRIES
from assessments.errors import AssessmentError
from assessments.questions.kind import Draft
from assessments.scoring import mark_item, score_paper
from assessments.standing import answers_that_stand
from assessments.trying import trying_of
from assessments.versions import versions_of
from assessments.views.explaining import explain, explain_all
from assessments.views.pages import QuestionPage, counts_of, question_pages
from courses.catalogue import read_catalogue
from elearning.lib.points import points_text


def practice_page(
    request: HttpRequest,
    sitting: Sitting,
    log: AttemptLog,
    number: int,
    error: AssessmentError | None = None,
    status: int = 200,
    drafts: Mapping[int, Draft] | None = None,
) -> HttpResponse:
    """Show one practice question, or all of them, and what is right and why of those that are answered."""
    language = get_language() or "en"
    pages = question_pages(sitting, log, language, drafts)
    page = pages[number - 1]
    told = [(each, _tell(sitting, log, each, language)) for each in (pages if sitting.sheet.is_on_one_page else [page])]
    context = {"sitting": sitting, "page": page, "told_pages": told, "error": error, **counts_of(pages)}
    return render(request, "assessments/practice.html", context, status=status)


def _tell(sitting: Sitting, log: AttemptLog, page: QuestionPage, language: str) -> dict[str, Any] | None:
    """Return what is told of a question: nothing before it is answered, and no key while another try is left."""
    item, sheet = sitting.item(page.number), sitting.sheet
    version = versions_of([item.version])[item.version]
    tries = log.tries.get(item.question, ())
    trying = trying_of(version.kind, version.structure, tries) if sheet.marking == TRIES else None
    if not (page.is_answered if trying is None else tries):
        return None
    if trying and not trying.is_settled:
        return {"right": False, "is_settled": False, "left": trying.left, "penalty_percent": sheet.penalty_percent}
    response = tries[-1].response if trying else log.responses[item.question]
    mark_milli = mark_item(sheet, item, {item.version: version}, answers_that_stand(log, sheet))
    told = explain(page.number, version, response, mark_milli, language) | {"is_settled": True}
    return told | ({"right": trying.is_right, "used": trying.used} if trying else {})


def practice_result(request: HttpRequest, sitting: Sitting, log: AttemptLog) -> HttpResponse:
    """Show how a practice went: every question with its answer, and no pass mark."""
    language = get_language() or "en"
    catalogue = read_catalogue()
    course = catalogue.course(sitting.course, language)
    versions = versions_of(item.version for item in sitting.sheet.items)
    score = score_paper(sitting.sheet, versions, answers_that_stand(log, sitting.sheet))
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
