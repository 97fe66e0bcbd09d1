"""What packs add to Wagtail's admin: two addresses, a button on a course, an entry in the menu."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from courses.models import CoursePage
from courses.packs.admin.doors import may_export, may_import
from courses.packs.admin.views import IMPORT, ImportView, export

_AFTER_OTHERS = 90
urlpatterns = [
    path("import/", ImportView.as_view(), name="import"),
    path("<int:page_id>/download/", export, name="download"),
]


class ImportMenuItem(MenuItem):
    """An entry for those who may load packs."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the reader may."""
        return may_import(request.user)


@hooks.register("register_admin_urls")
def register_packs() -> list[URLPattern | URLResolver]:
    """Add the two addresses."""
    return [path("packs/", include((urlpatterns, "course_packs")))]


@hooks.register("register_settings_menu_item")
def register_menu_item() -> MenuItem:
    """Add loading a pack to the settings."""
    return ImportMenuItem(_("Load a course pack"), reverse(IMPORT), name="load-pack", icon_name="upload", order=950)


@hooks.register("register_page_header_buttons")
def pack_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer the pack of a course to who may edit it."""
    del view_name, next_url
    if page.specific_class is CoursePage and may_export(user, page.specific):
        address = reverse("course_packs:download", args=[page.pk])
        yield Button(_("Download as a pack"), address, icon_name="download", priority=_AFTER_OTHERS)
