"""The desk's own menu."""

from typing import Any

from django import template

from certificates.desk_menu import desk_entries

register = template.Library()


@register.inclusion_tag("certificates/_desk_menu.html", takes_context=True)
def desk_menu(context: dict[str, Any]) -> dict[str, Any]:
    """Show the parts of the desk, the one of this page marked."""
    request = context["request"]
    match = getattr(request, "resolver_match", None)
    part = getattr(match.func, "desk_part", "") if match else ""
    return {"entries": desk_entries(request.user, part)}
