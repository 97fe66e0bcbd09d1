"""One course: its lessons, its quiz, its certificate, and enrolling."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.access import course_for, enrolment_for, states_of
from courses.actions import enrol
from courses.errors import CourseError
from courses.overview import Overview, overview_of, quiz_rows
from courses.parts import notes_for, quizzes_of
from courses.views.personal import content_language, page_language, personal, urls_of

if TYPE_CHECKING:
    from courses.catalogue import CourseOutline


@require_safe
@personal("courses")
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a course to anybody, with the states of whoever is enrolled. At most six queries."""
    catalogue, outline = course_for(page_language(), slug)
    request.translations = catalogue.addresses(outline.uuid)  # type: ignore[attr-defined]
    enrolment = enrolment_for(request.user, outline.uuid)
    states = states_of([enrolment])[enrolment.pk] if enrolment else {}
    overview = overview_of(outline, enrolment, states, urls_of(catalogue, outline))
    return render(request, "courses/course.html", course_context(overview, states))


@login_required
@require_POST
@personal("courses")
def course_enrol(request: HttpRequest, slug: str) -> HttpResponse:
    """Enrol, then lead to the lesson to begin with."""
    catalogue, outline = course_for(page_language(), slug)
    urls = urls_of(catalogue, outline)
    try:
        enrolment = enrol(by=request.user, course=outline)  # type: ignore[arg-type]
    except CourseError as error:
        messages.error(request, error.text)
        return redirect(urls[None])
    overview = overview_of(outline, enrolment, states_of([enrolment])[enrolment.pk], urls)
    messages.success(request, _("You are enrolled. Your place is kept as you read."))
    return redirect(overview.here.url if overview.here else overview.url)


def course_context(overview: Overview, states: Any) -> dict[str, object]:
    """Return the context of the course page."""
    outline: CourseOutline = overview.course
    quizzes = quiz_rows(overview, quizzes_of(outline.uuid, outline.language), states)
    return {
        "overview": overview,
        "course": outline,
        "quizzes": quizzes,
        "notes": notes_for(overview.enrolment) if quizzes else [],
        "pass_mark_percent": max((row.quiz.pass_mark_percent for row in quizzes), default=0),
        "content": content_language(outline),
        "years": outline.certificate_valid_months // 12 if outline.certificate_valid_months % 12 == 0 else 0,
    }
