"""What changed between two texts, word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stay, that are gone, or that are new."""

    change: Literal["same", "gone", "new"]
    text: str


def word_difference(before: str, after: str) -> list[Piece]:
    """Return the pieces in the order of reading: what is gone stands before what came in its place.

    >>> [(piece.change, piece.text) for piece in word_difference("Stop the bus.", "Stop the car.")]
    [('same', 'Stop the '), ('gone', 'bus'), ('new', 'car'), ('same', '.')]
    """
    return list(_joined(list(_pieces(_TOKEN.findall(before), _TOKEN.findall(after)))))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for change, gone_from, gone_to, new_from, new_to in matcher.get_opcodes():
        gone, new = "".join(before[gone_from:gone_to]), "".join(after[new_from:new_to])
        if change == "equal":
            yield Piece("same", gone)
        else:
            yield from _changed(gone, new)


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces; a space between two changes is part of both, so that a phrase reads in one go."""
    gone = new = ""
    for place, piece in enumerate(pieces):
        is_between = bool(gone or new) and place + 1 < len(pieces)
        if piece.change == "same" and not (is_between and piece.text.isspace()):
            yield from _changed(gone, new)
            yield piece
            gone = new = ""
            continue
        gone += piece.text if piece.change != "new" else ""
        new += piece.text if piece.change != "gone" else ""
    yield from _changed(gone, new)


def _changed(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)
