"""How a hotspot response is marked. Pure."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.credit import share


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return the right places found, of those that were asked for, in whole thousandths.

    The question says how many places to choose, so a wrong one costs the right one that it stands for and
    nothing more. Whoever chooses more than were asked for has not answered: choosing all would find all.
    Where more places are right than are asked for, any of them will do.

    >>> areas = [{"id": "a", "is_right": True}, {"id": "b", "is_right": True}, {"id": "c", "is_right": False}]
    >>> mark({"areas": areas, "choose": 2}, ["a", "c"])
    500
    >>> mark({"areas": areas, "choose": 2}, ["a", "b", "c"])
    0
    """
    if not isinstance(response, list):
        return 0
    known = [area["id"] for area in structure["areas"] if area["id"] in response]
    right = [area["id"] for area in structure["areas"] if area["is_right"]]
    if len(known) > structure["choose"]:
        return 0
    found = sum(each in right for each in known)
    return share(found, min(structure["choose"], len(right)), structure)
