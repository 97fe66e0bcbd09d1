"""Who may take a course away as a pack, and who may bring one in."""

from typing import Any

from django.http import Http404
from wagtail.models import Page

from courses.models import CoursePage


def course_to_export(login: Any, number: int) -> CoursePage:
    """Return a course page that a login may edit: its pack has the questions with their keys. Raise Http404."""
    page: CoursePage | None = CoursePage.objects.filter(pk=number).first()
    if page is None or not may_export(login, page):
        raise Http404
    return page


def may_export(login: Any, page: CoursePage) -> bool:
    """Tell whether a login may download a course's pack."""
    return bool(page.live and page.permissions_for_user(login).can_edit())


def may_import(login: Any) -> bool:
    """Tell whether a login may load packs: who may publish at the root, so courses of every country and language."""
    return bool(Page.get_first_root_node().permissions_for_user(login).can_publish_subpage())
