"""How a scenario is marked: over the path that was taken. Pure."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.credit import share
from assessments.questions.scenario.paths import best_total, path_of


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return the points of the path by those of the best path, never below 0, in whole thousandths, rounded down.

    What counts is the way through the case, not the single choice: a harmful choice may cost points
    (below 0) and a later one may win some back. A path that is not finished keeps what it earned so
    far; no author can make stopping pay (see problems_of in player.py).

    >>> first = [{"id": "a", "points": 2, "next": "t"}, {"id": "b", "points": -1, "next": "t"}]
    >>> second = [{"id": "c", "points": 1, "next": None}, {"id": "d", "points": 0, "next": None}]
    >>> case = {"start": "s", "steps": [{"id": "s", "choices": first}, {"id": "t", "choices": second}]}
    >>> mark(case, {"s": "a", "t": "c"}), mark(case, {"s": "a"}), mark(case, {"s": "b", "t": "c"})
    (1000, 666, 0)
    """
    points = sum(choice["points"] for _step, choice in path_of(structure, response))
    return share(points, best_total(structure), structure)
