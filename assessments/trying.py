"""Several tries at one question of a practice quiz: how many are used, and whether there is another. Pure.

static/relais/js/player/marking.js does the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.answering import Answer
from assessments.questions.marking import FULL_MARK_MILLI, MARKERS

MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Trying:
    """How the tries at one question stand."""

    used: int
    is_right: bool

    @property
    def left(self) -> int:
        """How many tries are left."""
        return 0 if self.is_right else max(0, MOST_TRIES - self.used)

    @property
    def is_settled(self) -> bool:
        """Tell whether no other try follows: what is right may be told."""
        return self.is_right or self.left == 0


def trying_of(kind: str, structure: Mapping[str, Any], tries: Sequence[Answer]) -> Trying:
    """Return how the tries at a question stand.

    What a person would mark has no other try: in practice nobody marks it, and its model answer is told.
    """
    marker = MARKERS.get(kind)
    if marker is None:
        return Trying(MOST_TRIES if tries else 0, is_right=False)
    is_right = bool(tries) and marker(structure, tries[-1].response) == FULL_MARK_MILLI
    return Trying(len(tries), is_right)


def began_anew(tries: Sequence[Answer], held: Answer | None) -> bool:
    """Tell whether the answer that stands was checked already: what comes next is another try."""
    return held is not None and bool(tries) and held.check > 0
