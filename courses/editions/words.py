"""Two texts side by side, word by word, and a page's parts as text that people read. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import Any

# With the space behind it: else texts that share nothing would agree in their spaces.
_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_BREAK = re.compile(r"</(?:p|li|h\d|ul|ol)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]+>")
# Names of blocks' fields that say nothing to a reader of two texts.
_SILENT = frozenset({"id", "type"})
# What a reader meets first. PostgreSQL keeps no order among the fields of a block, so it is said here.
_ORDER = ("title", "heading", "question", "instrument", "article", "text", "body")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that stands in both, or in this one only."""

    text: str
    is_new: bool


def word_diff(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, those marked that the other has not.

    >>> [piece.text for piece in word_diff("a red van", "a white van")[1] if piece.is_new]
    ['white ']
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        _add(left, "".join(old[start:end]), tag != "equal")
        _add(right, "".join(new[from_:to]), tag != "equal")
    return left, right


def readable(value: Any) -> str:
    """Return a field or a block as lines of plain text, in the order in which it is read.

    >>> readable({"type": "text", "value": {"heading": "Signs", "body": "<p>One &amp; two</p>"}}).splitlines()
    ['Signs', 'One & two']
    """
    return "\n".join(line for line in _lines(value) if line.strip())


def _add(pieces: list[Piece], text: str, is_new: bool) -> None:  # noqa: FBT001  # a piece's own two facts
    if text:
        pieces.append(Piece(text, is_new))


def _place(field: tuple[str, Any]) -> tuple[int, str]:
    name = field[0]
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def _lines(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        if set(value) >= {"type", "value"}:
            yield from _lines(value["value"])
            return
        for key, each in sorted(value.items(), key=_place):
            if key not in _SILENT:
                yield from _lines(each, key)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from _lines(each)
    elif value is True:
        yield f"✓ {name.replace('_', ' ')}".rstrip()
    elif isinstance(value, str):
        yield from unescape(_TAG.sub("", _BREAK.sub("\n", value))).strip().splitlines()
    elif value is not None and value is not False:
        yield f"{name.replace('_', ' ')} {value}".strip()
