"""How a single choice response is marked. Pure."""

from collections.abc import Mapping
from typing import Any


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return 1000 for the right choice, 0 for any other response or none, whatever its form.

    >>> mark({"choices": ["a", "b"], "right": ["b"]}, "b")
    1000
    """
    return 1000 if isinstance(response, str) and [response] == structure["right"] else 0
