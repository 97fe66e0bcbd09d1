"""Files of a pack that upper apps read, write and export: questions.yaml, quiz.yaml."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.packs.model import Pack

# Named by the format, so never refused as unknown, whichever apps are installed.
NAMES = ("questions.yaml", "quiz.yaml")


# The files of a pack as they are on this site, by name; a part may bring pictures with it.
Exporter = Callable[[Pack], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class Part:
    """How one more file of a pack is read (raising PackErrors), written (in the pack's transaction) and exported."""

    filename: str
    read: Callable[[Path, Pack], Any]
    write: Callable[[Any, Pack], object]
    export: Exporter | None = None


_parts: dict[str, Part] = {}


def register_part(
    filename: str,
    reader: Callable[[Path, Pack], Any],
    writer: Callable[[Any, Pack], object],
    exporter: Exporter | None = None,
) -> None:
    """Add a part; AppConfig.ready calls this. Parts are written in the order they were registered.

    `reader` gets the path of the file and the pack without its parts, is pure, and returns what
    `writer` takes or raises PackErrors. `writer` runs in the transaction that writes the pages and
    returns how many rows it changed, or None. `exporter` gets a pack without parts and reads the rows.
    """
    _parts[filename] = Part(filename, reader, writer, exporter)


def registered_parts() -> list[Part]:
    """Return the parts in order."""
    return list(_parts.values())
