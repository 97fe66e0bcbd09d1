"""A page in an author's hands, as a device shows it: a pack's files in the page, shown by the player's scripts."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sync.packs.lessons import course_value, lesson_value
from sync.views.shell import SAMPLES


def offline_preview(request: HttpRequest, context: dict[str, Any]) -> HttpResponse | None:
    """Show a course or a lesson from what its pack would hold; None for another page."""
    course, lesson = context.get("course"), context.get("lesson")
    if course is None or "sheet" in context:
        return None
    data: dict[str, Any] = {"course": course_value(course, {course.language: course.slug}, [])}
    if lesson is not None:
        data["lesson"] = lesson_value(lesson, context["body"])
    # The page knows nobody, as on a device.
    request.user = AnonymousUser()
    return render(
        request, "sync/preview.html", {"user": request.user, "samples": SAMPLES, "data": data, "is_preview": True}
    )
