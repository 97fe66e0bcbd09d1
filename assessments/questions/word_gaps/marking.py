"""How the words in the gaps of a text are marked. Pure."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.credit import share


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return gaps with their right word / gaps in whole thousandths, rounded down.

    Every gap counts alike. A wrong word takes nothing away: a gap holds one word only, so nobody gains by
    trying more, and an empty gap earns what a wrong word does. What does not belong to the question counts
    for nothing.

    >>> gaps = [{"id": "1", "right": "act"}, {"id": "2", "right": "means"}, {"id": "3", "right": "purpose"}]
    >>> mark({"gaps": gaps, "words": ["act", "means", "purpose"]}, {"1": "act", "2": "purpose", "3": "purpose"})
    666
    """
    given = response if isinstance(response, dict) else {}
    gaps = structure["gaps"]
    return share(sum(given.get(gap["id"]) == gap["right"] for gap in gaps), len(gaps), structure)
