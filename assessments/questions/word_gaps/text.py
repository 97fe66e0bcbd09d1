"""A text with gaps: [[1]] stands where the first gap is, [[2]] where the second is, in any order. Pure."""

import re
from collections.abc import Mapping

_GAP = re.compile(r"\[\[\s*(\d{1,2})\s*\]\]")
_LIKE_A_GAP = re.compile(r"\[\[|\]\]")


def split_text(text: str) -> list[str | int]:
    """Return a text as its pieces: words, and the numbers of gaps.

    >>> split_text("An [[2]], then a [[1]].")
    ['An ', 2, ', then a ', 1, '.']
    """
    pieces: list[str | int] = []
    for place, piece in enumerate(_GAP.split(text)):
        if place % 2:
            pieces.append(int(piece))
        elif piece:
            pieces.append(piece)
    return pieces


def numbers_in(text: str) -> list[int]:
    """Return the numbers of the gaps, in the order of the text."""
    return [piece for piece in split_text(text) if isinstance(piece, int)]


def has_loose_brackets(text: str) -> bool:
    """Tell whether double brackets stand in a text that are no gap.

    >>> has_loose_brackets("An [[act]]"), has_loose_brackets("An [[1]]")
    (True, False)
    """
    return any(_LIKE_A_GAP.search(piece) for piece in split_text(text) if isinstance(piece, str))


def renumber(text: str, numbers: Mapping[int, int]) -> str:
    """Return a text with its gaps numbered anew; a gap that has no new number stays as it is.

    >>> renumber("An [[4]], then a [[2]].", {2: 1, 4: 2})
    'An [[2]], then a [[1]].'
    """
    return "".join(
        piece if isinstance(piece, str) else f"[[{numbers.get(piece, piece)}]]" for piece in split_text(text)
    )


def has_each_once(text: str, gaps: int) -> bool:
    """Tell whether each of the gaps 1 to `gaps` stands in a text exactly once, and no other."""
    return sorted(numbers_in(text)) == list(range(1, gaps + 1)) and not has_loose_brackets(text)
