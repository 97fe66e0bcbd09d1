"""Which entry of the main menu a page belongs to."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def in_section(name: str) -> Callable[[View], View]:
    """Mark a view with its section; goes outermost, above the other decorators."""

    def mark(view: View) -> View:
        view.section = name  # type: ignore[attr-defined]
        return view

    return mark
