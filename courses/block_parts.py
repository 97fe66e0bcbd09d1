"""What several blocks are made of."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PROSE = ["bold", "italic", "ol", "ul", "link"]


def source_field(*, required: bool = True) -> blocks.CharBlock:
    """Return the field that says where something is written."""
    return blocks.CharBlock(
        label=_("Source"),
        required=required,
        max_length=600,
        help_text=_("Where this is written, as a reader looks it up."),
    )


def items_field(name: Any, *, at_least: int = 1, **children: Any) -> blocks.ListBlock:
    """Return a list of items with these fields."""
    return blocks.ListBlock(blocks.StructBlock(list(children.items())), label=name, min_num=at_least)


def sourced_items_field(name: Any) -> blocks.ListBlock:
    """Return a list of texts, each with a source of its own."""
    return items_field(name, text=blocks.CharBlock(label=_("Text")), source=source_field(required=False))
