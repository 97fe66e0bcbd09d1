"""The words that a reader sees in a lesson: everything but addresses, ids and sources."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from courses.packs.model import Block, SheetText
from courses.packs.prose import plain_text

# Fields that name something or say where it comes from.
_UNSEEN = frozenset(
    {"source", "sources", "image", "file", "captions", "audio", "id", "to", "start", "ending", "code", "invented"}
)
_HEADINGS = frozenset({"heading", "title", "term", "label", "columns"})
_WORD = re.compile(r"[^\W_]+(?:[’'.\-‑][^\W_]+)*")
_BREAK = re.compile(r"</(?:p|li)>|<br ?/?>")


@dataclass(frozen=True, slots=True)
class Said:
    """One run of visible text with the line of its block; `is_heading` for what is no sentence."""

    text: str
    line: int
    is_heading: bool = False


def words_in(text: str) -> int:
    """Count words: an elision or a compound is one.

    >>> words_in("L’affaire, un porte-clés et 18 ans")
    6
    """
    return len(_WORD.findall(text))


def said_in(text: SheetText) -> Iterator[Said]:
    """Yield the opening paragraph and what each block shows."""
    yield Said(text.lede, 1)
    for block in text.blocks:
        yield from said_by(block)


def said_by(block: Block) -> Iterator[Said]:
    """Yield what one block shows."""
    for key, value in block.fields.items():
        yield from _runs(key, value, block.line)


def count_words(text: SheetText) -> int:
    """Return how many words a reader sees."""
    return sum(words_in(said.text) for said in said_in(text))


def _runs(key: str, value: Any, line: int) -> Iterator[Said]:
    if key in _UNSEEN:
        return
    if isinstance(value, str):
        for part in _BREAK.split(value):
            if shown := plain_text(part):
                yield Said(shown, line, key in _HEADINGS)
    elif isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _runs(inner, each, line)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _runs(key, each, line)
