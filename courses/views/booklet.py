"""Courses, lessons and sheets to print or to read in an app: for whoever may read them on the site."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.access import course_for, enrolment_for, lesson_for, may_read, sheet_for
from courses.booklets.making import CONTENT_TYPES, FORMS, Form, booklet_file
from courses.booklets.pdf import SIZES, Size
from courses.catalogue import CourseOutline, LessonEntry, SheetEntry
from courses.editions.choosing import met_at
from courses.views.personal import page_language, personal
from elearning.lib.typesetting import TypesettingError

logger = logging.getLogger(__name__)


@login_required
@require_safe
@personal("courses")
def course_booklet(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send a whole course."""
    language = page_language()
    catalogue, named = course_for(request.user, language, slug)
    enrolment = enrolment_for(request.user, named.uuid)
    course = met_at(catalogue, request.user, named, language, enrolment)
    back = catalogue.addresses(course.uuid, edition=course.edition)[language]
    if not may_read(request.user, course, enrolment):
        return _enrol_first(request, back)
    return _send(request, course, None, form, back)


@login_required
@require_safe
@personal("courses")
def lesson_booklet(request: HttpRequest, course_slug: str, lesson_slug: str, form: str) -> HttpResponse:
    """Send one lesson."""
    visit = lesson_for(request.user, page_language(), course_slug, lesson_slug)
    if not visit.is_open_to(request.user):
        return _enrol_first(request, visit.addresses()[page_language()])
    return _send(request, visit.course, visit.lesson, form, visit.addresses(visit.lesson)[page_language()])


@login_required
@require_safe
@personal("courses")
def sheet_booklet(request: HttpRequest, course_slug: str, sheet_slug: str, form: str) -> HttpResponse:
    """Send one sheet; a job aid comes on one page of A4."""
    language = page_language()
    visit = sheet_for(request.user, language, course_slug, sheet_slug)
    if not may_read(request.user, visit.course, visit.enrolment):
        return _enrol_first(
            request, visit.catalogue.addresses(visit.course.uuid, edition=visit.course.edition)[language]
        )
    return _send(request, visit.course, visit.sheet, form, visit.addresses()[language])


def _enrol_first(request: HttpRequest, back: str) -> HttpResponse:
    messages.info(request, _("Enrol first to read the lessons of this course."))
    return redirect(back)


def _send(
    request: HttpRequest, course: CourseOutline, entry: LessonEntry | SheetEntry | None, form: str, back: str
) -> HttpResponse:
    """Send the file; where it can't be made, lead back and say so."""
    wanted_form, size = _wanted(form, request.GET.get("size", ""))
    try:
        content = booklet_file(course, entry, wanted_form, size)
    except TypesettingError:
        logger.exception("booklet of %s was not made", (entry or course).uuid)
        messages.error(request, _("The booklet could not be made. Everything in it is on this page. Tell the site."))
        return redirect(back)
    response = HttpResponse(content, content_type=CONTENT_TYPES[wanted_form])
    response["Content-Disposition"] = f'attachment; filename="{_file_name(course, entry, wanted_form, size)}"'
    return response


def _wanted(form: str, size: str) -> tuple[Form, Size]:
    """Return what is asked for; a form that there is not raises Http404, a size that there is not is A4."""
    found: Any = next((each for each in FORMS if each == form), None)
    if found is None:
        raise Http404
    return found, next((each for each in SIZES if each == size), "a4")


def _file_name(course: CourseOutline, entry: LessonEntry | SheetEntry | None, form: Form, size: Size) -> str:
    """Return an ASCII name: slugs have no other letters."""
    parts = [course.slug, entry.slug if entry else "", course.language, "a5" if (form, size) == ("pdf", "a5") else ""]
    return "-".join(filter(None, parts)) + f".{form}"
