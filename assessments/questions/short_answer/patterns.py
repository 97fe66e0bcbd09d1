r"""Accepted forms: plain words, in which * stands for any text, none too, and \* for a star. Pure.

Matching looks for the pieces between the stars one after the other, each as early as it can be, and never goes
back: the time is bounded by the length of the answer times that of the form, whatever an author writes.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from assessments.questions.short_answer.folding import fold

_PIECE = re.compile(r"\\\*|\*|[^*\\]+|\\", re.DOTALL)
_STAR = "*"


@lru_cache(maxsize=4096)
def pieces_of(pattern: str, *, case: bool, accents: bool) -> tuple[str, ...]:
    r"""Return the folded texts between the stars of a pattern: one where it has no star.

    >>> pieces_of(r"Traffic* in persons\*", case=False, accents=False)
    ('traffic', ' in persons*')
    """
    pieces = [""]
    for part in _PIECE.findall(fold(pattern, case=case, accents=accents)):
        if part == _STAR:
            pieces.append("")
        else:
            pieces[-1] += _STAR if part == r"\*" else part
    return tuple(pieces)


def is_match(folded: str, pieces: Sequence[str]) -> bool:
    """Tell whether a folded answer has the pieces in their order, the first at its start, the last at its end.

    >>> is_match("trafficking in persons", ("traffic", " in persons")), is_match("a", ("a", "a"))
    (True, False)
    """
    if len(pieces) == 1:
        return folded == pieces[0]
    first, *middle, last = pieces
    if len(folded) < len(first) + len(last) or not folded.startswith(first) or not folded.endswith(last):
        return False
    place, end = len(first), len(folded) - len(last)
    for piece in middle:
        found = folded.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def plain_form(pattern: str) -> str:
    r"""Return the shortest text that a pattern is meant to accept: its stars left out.

    >>> plain_form(r"traffic* in persons"), plain_form(r"5 \* 3")
    ('traffic in persons', '5 * 3')
    """
    return "".join(_STAR if part == r"\*" else part for part in _PIECE.findall(pattern) if part != _STAR)
