"""The icons of the design system, drawn once in static/relais/icons.svg."""

from functools import cache, lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# fmt: off
ICONS = frozenset({
    "home", "course", "record", "documents", "check", "cross", "eye", "clock", "award", "turn", "back", "exit",
    "alert", "info", "download", "print", "flag", "people", "chart", "key", "user", "language", "shield",
    "list", "search", "plus", "edit",
})
# fmt: on
# These point along the line of writing, so they turn round with it.
TURNING = frozenset({"turn", "back", "exit", "list"})


@register.simple_tag
def icon(name: str, label: object = "", **extra: str) -> SafeString:
    """Draw an icon: hidden from screen readers, or an image with a `label`; `class` adds to its classes."""
    return _drawn(name, str(label), extra.get("class", ""))


@cache
def _sprite() -> str:
    """Return the address of the sprite. Hashed names cost a look-up, and a page has dozens of icons."""
    return static("relais/icons.svg")


@lru_cache(maxsize=512)
def _drawn(name: str, label: str, added: str) -> SafeString:
    if name not in ICONS:
        msg = f"No icon {name!r}; there are: {', '.join(sorted(ICONS))}"
        raise template.TemplateSyntaxError(msg)
    classes = " ".join(dict.fromkeys(["i", *(["i-turn"] if name in TURNING else []), *added.split()]))
    voice = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="{}" {} viewBox="0 0 24 24"><use href="{}#{}"></use></svg>',
        classes,
        SafeString(voice),
        _sprite(),
        name,
    )
