"""Two content security policies: the public side's, and Wagtail's admin's own."""

from typing import Any

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    """django-csp's middleware, with another policy under the admin's path."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """Send the header that fits the path."""
        if request.path.startswith(f"/{settings.ADMIN_PATH}"):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]  # type: ignore[attr-defined]  # noqa: SLF001
        elif getattr(request, "is_preview", False):
            # Wagtail shows a page's preview in a frame of the admin: its request pretends to be a public one.
            response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]  # noqa: SLF001
        return super().process_response(request, response)
