"""How a multiple choice response is marked. Pure."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.credit import share, wrong_costs


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return (right chosen - wrong chosen) / right in all, never below 0, in whole thousandths.

    An officer who sees two of three signs has seen something, so a part counts. A wrong choice takes
    away what a right one gives (unless the author says it is free), so choosing everything earns nothing
    where half is wrong. It never goes below 0, so one question cannot eat another's points. Rounded down,
    so parts never add up to more than the whole.

    >>> mark({"choices": ["a", "b", "c", "d"], "right": ["a", "b", "c"]}, ["a", "b"])
    666
    >>> mark({"choices": ["a", "b", "c", "d"], "right": ["a", "b", "c"]}, ["a", "d"])
    0
    """
    if not isinstance(response, list):
        return 0
    chosen = {choice for choice in response if isinstance(choice, str)}
    right = set(structure["right"])
    wrong = chosen & set(structure["choices"]) - right
    found = len(chosen & right) - (len(wrong) if wrong_costs(structure) or structure.get("partial") == "all" else 0)
    return share(found, len(right), structure)
