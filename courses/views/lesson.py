"""One lesson, and what a reader says of it: where I am, I have read it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.access import Visit, lesson_for
from courses.actions import complete_lesson, note_place
from courses.models import Enrolment
from courses.rendering import LessonBody, lesson_body
from courses.views.personal import content_language, page_language, personal


@login_required
@require_safe
@personal("courses")
def lesson(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Show a lesson to who is enrolled, or to staff. Three queries with the session's; changes nothing."""
    language = page_language()
    visit = lesson_for(request.user, language, course_slug, lesson_slug)
    if not visit.is_open_to(request.user):
        messages.info(request, _("Enrol first to read the lessons of this course."))
        return redirect(visit.addresses()[language])
    addresses = visit.addresses(visit.lesson)
    if visit.lesson.slug != lesson_slug or visit.course.slug != course_slug:
        # A slug of another language: the same lesson, at its own address.
        return redirect(addresses[language])
    request.translations = addresses  # type: ignore[attr-defined]
    return render(request, "courses/lesson.html", lesson_context(visit, lesson_body(visit.lesson)))


@login_required
@require_POST
@personal("courses")
def lesson_complete(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Note that the lesson is read, then lead to the next one."""
    visit = lesson_for(request.user, page_language(), course_slug, lesson_slug)
    done = complete_lesson(by=request.user, enrolment=_enrolment_of(visit), lesson_uuid=visit.lesson.uuid)  # type: ignore[arg-type]
    following = visit.course.lesson_after(visit.lesson.uuid)
    if following:
        return redirect(visit.addresses(following)[page_language()])
    if done.course_is_complete:
        messages.success(request, _("You have completed this course. It is in your record."))
    else:
        messages.success(request, _("This was the last lesson. See below what is left to do."))
    return redirect(visit.addresses()[page_language()])


@login_required
@require_POST
@personal("courses")
def lesson_place(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Remember the block that is being read. Sent by lesson.js."""
    visit = lesson_for(request.user, page_language(), course_slug, lesson_slug)
    place = request.POST.get("place", "")
    if place not in lesson_body(visit.lesson).part_of:
        return HttpResponseBadRequest("place: no block of this lesson has this id", content_type="text/plain")
    note_place(by=request.user, enrolment=_enrolment_of(visit), lesson_uuid=visit.lesson.uuid, place=UUID(place))  # type: ignore[arg-type]
    return HttpResponse(status=204)


def lesson_context(visit: Visit, body: LessonBody) -> dict[str, Any]:
    """Return the context of the lesson page; for staff and previews without an enrolment."""
    course, entry, language = visit.course, visit.lesson, page_language()
    following = course.lesson_after(entry.uuid)
    course_url = visit.addresses()[language]
    next_url = visit.addresses(following)[language] if following else course_url
    return {
        "course": course,
        "lesson": entry,
        "body": body,
        # Hard to read, or hard to act in: the reader can leave at once.
        "leaves": entry.is_sensitive or body.has_path,
        "content": content_language(course),
        # A lesson that was never saved (a preview) comes last.
        "number": course.places.get(entry.uuid, len(course.lessons) + 1),
        "count": max(len(course.lessons), course.places.get(entry.uuid, len(course.lessons) + 1)),
        "course_url": course_url,
        "next": following,
        "next_url": next_url,
        "enrolment": visit.enrolment,
        "is_counted": visit.enrolment is not None and str(entry.uuid) in visit.enrolment.outline["lessons"],
        "is_completed": visit.is_completed,
        "resume": body.part_at(visit.place) if not visit.is_completed else None,
        "place": visit.place,
        "lesson_url": visit.addresses(entry)[language],
    }


def _enrolment_of(visit: Visit) -> Enrolment:
    """Return the reader's enrolment; somebody without one cannot say anything about the lesson."""
    if visit.enrolment is None:
        raise PermissionDenied
    return visit.enrolment
