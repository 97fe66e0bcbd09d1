"""What translating adds to Wagtail's admin: addresses, a report, and a badge on pages that are out of date."""

from typing import Any

from django.conf import settings
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from courses.models.pages import ActivityPage
from courses.translating import views


class EditorsMenuItem(MenuItem):
    """An entry for those who may edit some page."""

    def is_shown(self, request: Any) -> bool:
        """Tell whether the reader may edit a page somewhere."""
        from wagtail.permissions import page_permission_policy  # noqa: PLC0415  # reads the page models

        shown: bool = page_permission_policy.user_has_any_permission(request.user, {"change"})
        return shown


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Add the report, one course in one language, and setting it side by side."""
    return [
        path("reports/coverage/", views.report, name="translation_coverage"),
        path("coverage/<int:page_id>/<slug:language>/", views.course, name="course_translation"),
        path("coverage/<int:page_id>/<slug:language>/link/", views.link, name="course_translation_link"),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Add the report to the menu."""
    return EditorsMenuItem(
        _("Coverage of translations"),
        reverse("translation_coverage"),
        name="translation-coverage",
        icon_name="wagtail-localize-language",
        order=900,
    )


@hooks.register("before_edit_page")
def tell_stale(request: Any, page: Page) -> None:
    """Say on top of a translation that its original changed since it was published."""
    if request.method == "GET" and isinstance(page, ActivityPage) and (source := stale_source_of(page)):
        from wagtail.admin import messages  # noqa: PLC0415  # needs the admin's templates

        text = _("The original changed after this translation was published: “%(title)s”.") % {"title": source.title}
        address = reverse("wagtailadmin_pages:edit", args=[source.pk])
        messages.warning(request, text, buttons=[messages.button(address, _("See the original"))])


def stale_source_of(page: Any) -> Any | None:
    """Return the original of a page where it was published after the page; None where it was not. One query."""
    if page.locale.language_code == settings.LANGUAGE_CODE or page.last_published_at is None:
        return None
    originals = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE, live=True
    )
    return originals.filter(last_published_at__gt=page.last_published_at).first()
