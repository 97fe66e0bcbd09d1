"""The settings of partial credit that the kinds share. Pure; static/relais/js/kinds/credit.js does the same.

{"partial": "all"} in a structure: all right or nothing. {"wrong": "free"}: a wrong choice takes nothing away.
Neither is the usual: every part counts, and a wrong choice cancels a right one.
"""

from collections.abc import Mapping
from typing import Any

FULL_MARK_MILLI = 1000


def share(right: int, out_of: int, structure: Mapping[str, Any]) -> int:
    """Return right / out_of in whole thousandths, rounded down, from 0 to 1000; by the structure's rule.

    >>> share(2, 3, {}), share(2, 3, {"partial": "all"}), share(-1, 3, {})
    (666, 0, 0)
    """
    if out_of <= 0:
        return 0
    milli = min(max(0, right), out_of) * FULL_MARK_MILLI // out_of
    return milli if milli == FULL_MARK_MILLI or structure.get("partial") != "all" else 0


def wrong_costs(structure: Mapping[str, Any]) -> bool:
    """Tell whether a wrong choice cancels a right one."""
    return structure.get("wrong") != "free"
