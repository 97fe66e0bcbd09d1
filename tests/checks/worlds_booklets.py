"""What addresses of booklets and posters name: a form of file, and a poster."""

from typing import Any


def add_booklets(arguments: dict[str, Any]) -> None:
    """Add the arguments; posters are data of the site, the same in every language."""
    arguments |= {"booklet": "epub", "poster": "first-hour", "poster_form": "svg"}
