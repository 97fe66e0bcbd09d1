"""Files of a pack that upper apps read and write: questions.yaml, quiz.yaml."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.packs.model import Pack

# Named by the format, so never refused as unknown, whichever apps are installed.
NAMES = ("questions.yaml", "quiz.yaml")


@dataclass(frozen=True, slots=True)
class Part:
    """How one more file of a pack is read (raising PackErrors) and written (in the pack's transaction)."""

    filename: str
    read: Callable[[Path, Pack], Any]
    write: Callable[[Any, Pack], object]


_parts: dict[str, Part] = {}


def register_part(filename: str, reader: Callable[[Path, Pack], Any], writer: Callable[[Any, Pack], object]) -> None:
    """Add a part; AppConfig.ready calls this. Parts are written in the order they were registered.

    `reader` gets the path of the file and the pack without its parts, is pure, and returns what
    `writer` takes or raises PackErrors. `writer` runs in the transaction that writes the pages and
    returns how many rows it changed, or None.
    """
    _parts[filename] = Part(filename, reader, writer)


def registered_parts() -> list[Part]:
    """Return the parts in order."""
    return list(_parts.values())
