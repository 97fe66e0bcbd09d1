"""The second row of the desk's menu: each subject registers its own entry, from AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.urls import reverse

from elearning.lib.navigation import in_section

_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One entry: `waiting` counts what waits for a decision of this login, where there is such a thing."""

    order: int
    label: Any
    url_name: str
    part: str
    shown: Callable[[Any], bool]
    waiting: Callable[[Any], int] | None = None


_entries: list[DeskEntry] = []


def register_desk(entry: DeskEntry) -> None:
    """Add an entry; a second registration of the same address replaces the first."""
    others = [kept for kept in _entries if kept.url_name != entry.url_name]
    _entries[:] = sorted([*others, entry], key=lambda each: each.order)


def in_desk(part: str) -> Callable[[_View], _View]:
    """Return a decorator that says which part of the desk a view belongs to; put it outermost."""
    return in_section("desk", part)


def desk_entries(login: Any, part: str) -> list[dict[str, Any]]:
    """Return what `_desk_menu.html` shows this login."""
    return [
        {
            "label": entry.label,
            "url": reverse(entry.url_name),
            "current": entry.part == part,
            "waiting": entry.waiting(login) if entry.waiting else 0,
        }
        for entry in _entries
        if entry.shown(login)
    ]
