"""What editions add to Wagtail's admin: addresses, buttons on a page's header, and a narrower page chooser."""

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.signals import init_new_page

from courses.editions.admin.doors import only_lookable
from courses.editions.admin.views import UPSTREAM, CopyModuleView, UpstreamView, course_of, is_edition
from courses.editions.policy import may_adopt
from courses.models import CoursePage, ModulePage
from courses.models.pages import ActivityPage

_LATE = 75
urlpatterns = [
    path("<int:page_id>/upstream/", UpstreamView.as_view(), name="upstream"),
    path("modules/<int:page_id>/copy/", CopyModuleView.as_view(), name="copy-module"),
]

hooks.register("construct_page_chooser_queryset", only_lookable)


@hooks.register("register_admin_urls")
def register_editions() -> list[URLPattern | URLResolver]:
    """Add the pages of editions."""
    return [path("editions/", include((urlpatterns, "courses_editions")))]


@hooks.register("register_page_header_buttons")
def edition_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead to what changed upstream, to making an edition, to copying a module."""
    del view_name, next_url
    course = course_of(page)
    if course is not None and is_edition(page) and may_adopt(user, course):
        yield Button(
            _("What changed upstream"), reverse(UPSTREAM, args=[course.pk]), icon_name="history", priority=_LATE
        )
    if page.specific_class is CoursePage and page.live and page.specific.edition == "international":
        yield Button(
            _("Make a national edition"), reverse("courses:adapt", args=[page.slug]), icon_name="globe", priority=_LATE
        )
    if page.specific_class is ModulePage and page.live:
        address = reverse("courses_editions:copy-module", args=[page.pk])
        yield Button(_("Copy this module to a course"), address, icon_name="copy", priority=_LATE)


@hooks.register("before_copy_page")
def refuse_plain_copy(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Do not let Wagtail copy a page of a course: the copy would carry the ids of another activity."""
    if not issubclass(page.specific_class or type(page), ActivityPage):
        return None
    if issubclass(page.specific_class, ModulePage) and page.live:
        return redirect(reverse("courses_editions:copy-module", args=[page.pk]))
    messages.error(
        request, _("A course is copied as a national edition, and a module into another course. Nothing was changed.")
    )
    return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


@receiver(init_new_page)
def take_edition_of_parent(page: Any, parent: Any, **_kwargs: Any) -> None:
    """Let a page that somebody adds belong to the edition it is added to."""
    above = parent.specific
    if isinstance(page, ActivityPage) and isinstance(above, ActivityPage):
        page.edition, page.source_version = above.edition, above.source_version
