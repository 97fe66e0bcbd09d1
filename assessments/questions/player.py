"""What a player may know of a question, and what the kinds share in reading and showing it.

A key never comes through here: `Shown` is made from the paper's order of choices and from words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.errors import ResponseRefusedError

RESPONSE_FIELD = "response"


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """One choice as a player sees it."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One question as a player sees it, in one language."""

    kind: str
    template: str
    language: str
    case: str
    stem: str
    choices: tuple[ShownChoice, ...]


def split_stem(stem: str) -> tuple[str, str]:
    r"""Return the case that is told first, and the question itself: its last paragraph.

    >>> split_stem("It is 5:20.\n\nWhat do you do?")
    ('It is 5:20.', 'What do you do?')
    """
    case, _break, question = stem.strip().rpartition("\n\n")
    return case.strip(), question.strip()


def show_choices(text: Mapping[str, Any], order: Sequence[str]) -> tuple[ShownChoice, ...]:
    """Return the choices in the paper's order."""
    return tuple(ShownChoice(value, text["choices"][value]) for value in order)


def words_of(text: Mapping[str, Any], values: Sequence[str]) -> list[str]:
    """Return the words of some choices."""
    return [text["choices"][value] for value in values if value in text["choices"]]


def values_in(data: Any) -> list[str]:
    """Return what a form (or a plain mapping) says in the response field, blanks left out."""
    values = data.getlist(RESPONSE_FIELD) if hasattr(data, "getlist") else data.get(RESPONSE_FIELD, [])
    if isinstance(values, str):
        values = [values]
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ResponseRefusedError
    return [value for value in values if value]


def check_choices(values: Sequence[str], structure: Mapping[str, Any]) -> None:
    """Raise ResponseRefusedError for a choice of another question, or one given twice."""
    if len(set(values)) != len(values) or not set(values) <= set(structure["choices"]):
        raise ResponseRefusedError
