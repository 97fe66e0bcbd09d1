"""The addresses of designs in Wagtail's admin, and their menu entry."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from assessments.admin.doors import strict_policy
from certificates.designing.views import DesignListView, DesignPictureView, DesignView, designs_something


class DesignMenuItem(MenuItem):
    """The menu entry, for those who design something."""

    def is_shown(self, request: Any) -> bool:
        """Tell whether the login designs anything."""
        return designs_something(request.user)


class DesignViewSet(ViewSet):
    """The list, the form with its picture, the picture. No other address of Wagtail's leads to a design."""

    name = "certificate-designs"
    icon = "image"
    menu_label = _("Certificates")
    menu_order = 216
    add_to_admin_menu = True
    menu_item_class = DesignMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        form, picture = strict_policy(DesignView.as_view()), strict_policy(DesignPictureView.as_view())
        return [
            path("", strict_policy(DesignListView.as_view()), name="index"),
            path("usual/", form, name="usual"),
            path("usual/picture/", picture, name="usual-picture"),
            path("<uuid:programme>/", form, name="edit"),
            path("<uuid:programme>/picture/", picture, name="picture"),
        ]
