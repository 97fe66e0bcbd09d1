"""One course: its lessons, its quiz, its certificate, and enrolling."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.access import course_for, enrolment_for, is_staff, may_read, states_of
from courses.actions import enrol
from courses.catalogue import INTERNATIONAL
from courses.editions.choosing import edition_name, met_at
from courses.editions.policy import may_start_editions
from courses.errors import CourseError
from courses.kinds import SheetKind
from courses.overview import Overview, overview_of, quiz_rows
from courses.parts import notes_for, quizzes_of
from courses.views.personal import content_language, page_language, personal, urls_of

if TYPE_CHECKING:
    from courses.catalogue import Catalogue, CourseOutline


@require_safe
@personal("courses")
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a course to anybody, with the states of whoever is enrolled. At most six queries."""
    language = page_language()
    catalogue, named = course_for(request.user, language, slug)
    enrolment = enrolment_for(request.user, named.uuid)
    outline = met_at(catalogue, request.user, named, language, enrolment)
    addresses = catalogue.addresses(outline.uuid, edition=outline.edition)
    if outline.edition != named.edition:
        return redirect(addresses[language])
    request.translations = addresses  # type: ignore[attr-defined]
    states = states_of([enrolment])[enrolment.pk] if enrolment else {}
    overview = overview_of(outline, enrolment, states, urls_of(catalogue, outline))
    context = course_context(overview, states) | sheets_context(request.user, catalogue, outline, enrolment)
    context["may_adapt"] = outline.edition == INTERNATIONAL and may_start_editions(request.user)
    return render(request, "courses/course.html", context)


@login_required
@require_POST
@personal("courses")
def course_enrol(request: HttpRequest, slug: str) -> HttpResponse:
    """Enrol, then lead to the lesson to begin with."""
    language = page_language()
    catalogue, named = course_for(request.user, language, slug)
    outline = met_at(catalogue, request.user, named, language, enrolment_for(request.user, named.uuid))
    urls = urls_of(catalogue, outline)
    try:
        enrolment = enrol(by=request.user, course=outline)  # type: ignore[arg-type]
    except CourseError as error:
        messages.error(request, error.text)
        return redirect(urls[None])
    overview = overview_of(outline, enrolment, states_of([enrolment])[enrolment.pk], urls)
    messages.success(request, _("You are enrolled. Your place is kept as you read."))
    return redirect(overview.here.url if overview.here else overview.url)


def sheets_context(login: Any, catalogue: "Catalogue", course: "CourseOutline", enrolment: Any) -> dict[str, object]:
    """Return the sheets of a course that a reader may open: job aids, and for staff what trainers work with."""
    if not may_read(login, course, enrolment):
        return {}
    language = page_language()
    rows: list[dict[str, Any]] = [
        {
            "sheet": sheet,
            "kind": SheetKind(sheet.kind).label,
            "url": catalogue.sheet_addresses(course, sheet)[language],
        }
        for sheet in course.sheets
    ]
    return {
        "job_aids": [row for row in rows if not row["sheet"].is_for_staff],
        "trainer_sheets": [row for row in rows if row["sheet"].is_for_staff] if is_staff(login) else [],
    }


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
        "edition": edition_name(outline.edition, page_language()),
    }
