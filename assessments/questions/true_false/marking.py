"""How a true or false response is marked. Pure."""

from collections.abc import Mapping
from typing import Any


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return 1000 for the right judgement, else 0.

    >>> mark({"is_true": False}, False)
    1000
    """
    return 1000 if response is structure["is_true"] else 0
