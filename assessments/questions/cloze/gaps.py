"""The gaps of a cloze text, and the kinds that may stand in them.

A kind that is embeddable (BaseKind.is_embeddable) has in its folder `gap.html`, which gets a `gap`: a ShownGap; and
`gap.py`, by which an author writes the key of a gap in lines:

* LABEL and HELP: what the kind is called in a list of kinds, and how its lines are written;
* `read_gap(lines, before, words)` returns (structure, words by language) of the lines by language; `before` and
  `words` are what the gap held: what lines cannot say is kept, and a line with the same words keeps its id;
* `write_gap(structure, words)` returns the lines by language, "" for what is the same in all of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.questions.kind import BaseKind, Shown

MOST_GAPS = 10
HEAVIEST = 10
_MARKER = re.compile(r"\[\[([1-9][0-9]?)\]\]")
# Keeps a full stop on the line of the gap before it.
_JOINER = "\u2060"
_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class ShownGap:
    """One gap as a player sees it: its place in the text, the name of its field, and a question of its kind."""

    id: str
    number: int
    field: str
    label: str
    # How its answer is told, with a place for {words}.
    line: str
    template: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text: words, or a gap."""

    words: str = ""
    gap: ShownGap | None = None


def kind_in_gap(name: Any) -> BaseKind | None:
    """Return the kind of a gap; None for one that is no kind, or may not stand in a text."""
    # The registry imports every kind, this one too: at the top there is none yet.
    from assessments.questions.registry import KINDS  # noqa: PLC0415

    kind = KINDS.get(name) if isinstance(name, str) else None
    return kind if kind and kind.is_embeddable else None


def embeddable_kinds() -> list[BaseKind]:
    """Return the kinds that may stand in a gap, by name."""
    from assessments.questions.registry import KINDS  # noqa: PLC0415  # as above

    return [KINDS[name] for name in sorted(KINDS) if KINDS[name].is_embeddable]


def gaps_of(structure: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any], BaseKind]]:
    """Yield each gap with its number and its kind; a gap of a kind that is none is left out."""
    for number, gap in enumerate(structure.get("gaps", ()), 1):
        if kind := kind_in_gap(gap.get("kind")):
            yield number, gap, kind


def markers_in(text: str) -> list[int]:
    """Return the numbers of the gaps that a text names, in its order.

    >>> markers_in("From [[2]] to [[1]].")
    [2, 1]
    """
    return [int(each) for each in _MARKER.findall(text)]


def paragraphs_of(text: str, gaps: Mapping[int, ShownGap]) -> list[list[Piece]]:
    """Return the text as paragraphs of pieces. A marker of no gap stays as it is written."""
    return [list(_pieces(each, gaps)) for each in _BREAK.split(text.strip()) if each.strip()]


def _pieces(paragraph: str, gaps: Mapping[int, ShownGap]) -> Iterator[Piece]:
    place = 0
    for marker in _MARKER.finditer(paragraph):
        if gap := gaps.get(int(marker[1])):
            yield _words(paragraph[place : marker.start()], is_first=not place)
            yield Piece(gap=gap)
            place = marker.end()
    yield _words(paragraph[place:], is_first=not place)


def _words(words: str, *, is_first: bool) -> Piece:
    return Piece(words if is_first or words[:1].isspace() or not words else f"{_JOINER}{words}")
