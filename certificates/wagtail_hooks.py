"""What certificates adds to Wagtail's admin. Wagtail looks for a module of this name."""

from typing import Any

from wagtail import hooks

from certificates.designing.viewset import DesignViewSet


@hooks.register("register_admin_viewset")
def register_certificate_designs() -> Any:
    """Add the designs of certificates and the menu entry."""
    return DesignViewSet()
