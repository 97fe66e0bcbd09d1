"""How an ordering response is marked. Pure."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from assessments.questions.credit import share


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return (pairs in the right order - pairs in the wrong order) / pairs, never below 0, in whole thousandths.

    The pairs are all pairs of items, neighbours or not: what an officer has to know is what comes before what,
    and one item in a wrong place must not spoil the whole, as it would if only exact places counted. A pair in
    the wrong order takes back what one in the right order gives, as a wrong choice does in multiple choice:
    an order by chance has half of its pairs right and earns 0 on average (below 0 counts as 0), the reverse
    order earns 0, and every swap of two neighbours that mends their order earns more. This is Kendall's tau
    (Kendall 1938), without its negative half.

    An order that lacks an item, or names one twice or a foreign one, is no order and earns 0.

    >>> mark({"items": ["a", "b", "c", "d", "e"]}, ["a", "c", "b", "d", "e"])
    800
    >>> mark({"items": ["a", "b", "c"]}, ["c", "b", "a"])
    0
    """
    items = structure["items"]
    if not isinstance(response, list) or not all(isinstance(each, str) for each in response):
        return 0
    if sorted(response) != sorted(items):
        return 0
    place = {each: number for number, each in enumerate(response)}
    pairs = list(combinations(items, 2))
    right = sum(place[first] < place[second] for first, second in pairs)
    return share(2 * right - len(pairs), len(pairs), structure)
