"""In Wagtail's admin: how far each course is translated, and pages side by side for translators."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale

from courses.models import CoursePage
from courses.translating.coverage import coverage_of, source_courses
from courses.translating.linking import link_subtree


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show every course that the reader may edit, with each language."""
    courses = [course for course in source_courses() if _may_edit(request, course)]
    if not courses and not request.user.is_superuser:
        raise PermissionDenied
    return render(request, "courses/admin/translations.html", {"rows": coverage_of(courses)})


@require_safe
def course(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Show the pages of one course in one language: missing, out of date, side by side."""
    page, locale = _asked(request, page_id, language)
    [found] = coverage_of([page])
    coverage = next(each for each in found.languages if each.language == locale.language_code)
    context = {"course": page, "locale": locale, "coverage": coverage}
    return render(request, "courses/admin/translation.html", context)


@require_POST
def link(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Set the pages of a course and their translations side by side."""
    page, locale = _asked(request, page_id, language)
    found = link_subtree(page, locale)
    told = ngettext("%(pages)d page stands side by side.", "%(pages)d pages stand side by side.", found.pages)
    text = told % {"pages": found.pages}
    if found.unmatched:
        left = ngettext(
            "%(texts)d text has no counterpart yet: the two say it in another number of sentences.",
            "%(texts)d texts have no counterpart yet: the two say it in another number of sentences.",
            found.unmatched,
        )
        text = f"{text} {left % {'texts': found.unmatched}}"
    messages.success(request, text)
    return redirect(reverse("course_translation", args=[page.pk, language]))


def _asked(request: HttpRequest, page_id: int, language: str) -> tuple[Any, Locale]:
    """Return a course that the reader may edit and a language that the site knows. Raise Http404, PermissionDenied."""
    page = get_object_or_404(CoursePage.objects.select_related("locale"), pk=page_id)
    if not _may_edit(request, page):
        raise PermissionDenied
    locale = get_object_or_404(Locale.objects.exclude(pk=page.locale_id), language_code=language)
    return page, locale


def _may_edit(request: HttpRequest, page: Any) -> bool:
    allowed: bool = page.permissions_for_user(request.user).can_edit()
    return allowed
