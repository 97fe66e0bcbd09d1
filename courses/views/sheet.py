"""One page beside the lessons: a job aid, or what a trainer works with."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.access import SheetVisit, may_read, sheet_for
from courses.kinds import SheetKind
from courses.rendering import LessonBody, sheet_body
from courses.views.personal import content_language, page_language, personal


@login_required
@require_safe
@personal("courses")
def sheet(request: HttpRequest, course_slug: str, sheet_slug: str) -> HttpResponse:
    """Show a job aid to who may read the course, and trainers' sheets to staff. Three queries or so."""
    language = page_language()
    visit = sheet_for(request.user, language, course_slug, sheet_slug)
    if not may_read(request.user, visit.course, visit.enrolment):
        messages.info(request, _("Enrol first to read the job aids of this course."))
        return redirect(visit.catalogue.addresses(visit.course.uuid, edition=visit.course.edition)[language])
    addresses = visit.addresses()
    if (visit.course.slug, visit.sheet.slug) != (course_slug, sheet_slug):
        # A slug of another language: the same sheet, at its own address.
        return redirect(addresses[language])
    request.translations = addresses  # type: ignore[attr-defined]
    return render(request, "courses/sheet.html", sheet_context(visit, sheet_body(visit.sheet)))


def sheet_context(visit: SheetVisit, body: LessonBody) -> dict[str, Any]:
    """Return the context of a sheet's page, for a preview too."""
    course = visit.course
    return {
        "course": course,
        "sheet": visit.sheet,
        "kind": SheetKind(visit.sheet.kind).label,
        "body": body,
        "content": content_language(course),
        "course_url": visit.catalogue.addresses(course.uuid, edition=course.edition)[page_language()],
    }
