"""The main menu: each app registers its own entries, so that no app lists another's pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry of the main menu; `shown` decides from the signed-in login."""

    order: int
    label: Any
    url_name: str
    icon: str
    shown: Callable[[Any], bool]
    section: str


_entries: list[NavEntry] = []
# What lists the parts of a section: the entries of its own, second menu.
_parts: dict[str, Callable[[Any, str], list[dict[str, Any]]]] = {}


def register(entry: NavEntry) -> None:
    """Add an entry; a second registration of the same address replaces the first."""
    _entries[:] = sorted(
        [kept for kept in _entries if kept.url_name != entry.url_name] + [entry],
        key=lambda each: each.order,
    )


def entries_for(login: Any) -> list[NavEntry]:
    """Return the entries this login sees, in order."""
    return [entry for entry in _entries if entry.shown(login)]


def register_parts(section: str, listing: Callable[[Any, str], list[dict[str, Any]]]) -> None:
    """Say what lists the second menu of a section: from a login and the part that is open."""
    _parts[section] = listing


def parts_for(section: str, login: Any, part: str) -> list[dict[str, Any]]:
    """Return the second menu of a section; nothing where it has none."""
    listing = _parts.get(section)
    return listing(login, part) if listing else []


def in_section(section: str, part: str = "") -> Callable[[_View], _View]:
    """Return a decorator that says which entry of the menu a view belongs to, and which part; put it outermost."""

    def mark(view: _View) -> _View:
        view.section, view.desk_part = section, part  # type: ignore[attr-defined]  # read by elearning.context
        return view

    return mark
