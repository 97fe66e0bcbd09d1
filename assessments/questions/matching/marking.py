"""How a matching response is marked. Pure."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.credit import share


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return right pairs / pairs in whole thousandths, rounded down.

    Every pair counts alike. A wrong pair takes nothing away: each line has one match only, so nobody gains
    by choosing more, and a line that is left open earns what a wrong one does. What does not belong to the
    question counts for nothing.

    >>> pairs = [{"left": "a", "right": "x"}, {"left": "b", "right": "y"}, {"left": "c", "right": "x"}]
    >>> mark({"pairs": pairs}, {"a": "x", "b": "x", "c": "x"})
    666
    """
    given = response if isinstance(response, dict) else {}
    pairs = structure["pairs"]
    return share(sum(given.get(pair["left"]) == pair["right"] for pair in pairs), len(pairs), structure)
