"""What the block templates need."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText, expand_db_html

from elearning.lib.sanitize import sanitize

register = template.Library()


@register.filter
def prose(value: Any) -> SafeString:
    """Return authored rich text as safe HTML, whoever wrote it: a pack or an editor."""
    source = value.source if isinstance(value, RichText) else str(value)
    return mark_safe(sanitize(expand_db_html(source)))  # noqa: S308  # just sanitised


@register.filter
def rows(value: Any, field: str) -> Any:
    """Return a list field of a block. In a template `value.items` would be the method of a dict."""
    return value[field]


@register.filter
def lookup(mapping: dict[Any, Any], key: Any) -> Any:
    """Return the entry of a mapping, or nothing."""
    return mapping.get(key)
