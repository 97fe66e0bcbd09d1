"""What all kinds of blocks share: stored rich text, plain lists, the line that names sources."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.rich_text import expand_db_html

from courses.booklets.document import Box, Items, Marker, Node, Pair, Paragraph, Run, paragraph


def html_of(value: Any) -> str:
    """Return authored rich text as HTML, not sanitised yet, whether it is Wagtail's RichText or a text."""
    return str(expand_db_html(getattr(value, "source", value) or ""))


def items_of(texts: Iterable[str], marker: Marker = "dot") -> Items:
    """Return a list of plain texts."""
    return Items(tuple(paragraph(text) for text in texts), marker)


def sources(texts: Iterable[str]) -> tuple[Node, ...]:
    """Return where something is written, each source once, as one small paragraph: a run for each source."""
    split = pgettext("between two sources", "; ")
    found = list(dict.fromkeys(part for text in texts for part in re.split(f"{re.escape(split)}|; ", text) if part))
    if not found:
        return ()
    label = _("Source:") if len(found) == 1 else _("Sources:")
    between = (Run(split),)
    runs = (run for text in found for run in (*between, Run(text)))
    return (Paragraph((Run(f"{label} "), *tuple(runs)[1:]), "source"),)


def sources_at_end(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return nodes with their sources together at the end, each once: a sheet to work with is not full of them."""
    named: list[str] = []
    kept = tuple(_without_sources(nodes, named))
    return (*kept, *sources(named))


def _without_sources(nodes: Iterable[Node], named: list[str]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Paragraph) and node.role == "source":
            named += (run.text for run in node.runs[1::2])
        elif isinstance(node, Box):
            yield replace(node, children=tuple(_without_sources(node.children, named)))
        elif isinstance(node, Pair):
            first, second = (next(_without_sources([box], named)) for box in (node.first, node.second))
            assert isinstance(first, Box)  # noqa: S101  # a box stays one
            assert isinstance(second, Box)  # noqa: S101  # the same
            yield Pair(first, second)
        else:
            yield node
