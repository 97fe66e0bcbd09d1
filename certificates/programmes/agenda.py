"""An agenda as people type it: one item a line, minutes first. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

MOST_ITEMS = 40
_LONGEST_TITLE = 200
_LINE = re.compile(r"\s*(\d{1,3})\s*(?:min\.?|minutes|['’′]|د|دقيقة)?[\s:.,;–-]+(.+?)(?:\s*\|\s*(.+?))?\s*")


class AgendaError(ValueError):
    """Name the first line that is no item of an agenda."""

    def __init__(self, number: int, line: str) -> None:
        """Keep the line for the reader."""
        super().__init__(f"line {number}: {line}")
        self.number, self.line = number, line


def read_agenda(text: str) -> list[dict[str, Any]]:
    """Return the items of a text such as "30 Opening | plenary"; raise AgendaError.

    >>> read_agenda("30 min: Opening | plenary")
    [{'minutes': 30, 'title': 'Opening', 'method': 'plenary'}]
    """
    items: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        if match is None or int(match[1]) == 0 or len(line) > _LONGEST_TITLE or len(items) == MOST_ITEMS:
            raise AgendaError(number, line.strip()[:80])
        items.append({"minutes": int(match[1]), "title": match[2], "method": match[3] or ""})
    return items


def agenda_text(items: Iterable[Mapping[str, Any]]) -> str:
    """Return the text that read_agenda reads back."""
    return "\n".join(
        f"{item['minutes']} {item['title']}" + (f" | {item['method']}" if item["method"] else "") for item in items
    )


def agenda_minutes(items: Iterable[Mapping[str, Any]]) -> int:
    """Return how long the items take together."""
    return sum(int(item["minutes"]) for item in items)
