"""What may be told to everybody about counts of people. Pure.

No number gives away another. Each count is rounded to the nearest multiple of five, always the same way, so that
asking again tells nothing new. A count under five is "fewer than five", whether it is one, four or none: a nought
would be a statement about somebody, too. The groups of one population add up to the same whole in every table;
`withheld` works out what that alone tells, and names the tables from which a small group could be read exactly:
they are not published. Source: the rounding of the United Kingdom's Higher Education Statistics Agency (nearest
five, small numbers hidden); the check of sums is interval arithmetic over one linear equation for each table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BASE = 5
# The last count that is not told: fewer than five.
_SMALL = BASE - 1
# How many values a count under ten must still be able to have, for all that anybody can work out.
_AMBIGUITY = 3
_SENSITIVE = 2 * BASE


@dataclass(frozen=True, slots=True)
class Told:
    """One published count: a multiple of five, or "fewer than five"."""

    value: int
    is_small: bool = False

    @property
    def lowest(self) -> int:
        """The smallest count that is told so."""
        return 0 if self.is_small else max(self.value - BASE // 2, BASE)

    @property
    def highest(self) -> int:
        """The largest count that is told so."""
        return _SMALL if self.is_small else self.value + BASE // 2


def tell(count: int) -> Told:
    """Return how a count is published.

    >>> tell(0), tell(4), tell(7), tell(8)
    (Told(value=0, is_small=True), Told(value=0, is_small=True), Told(value=5, is_small=False), \
Told(value=10, is_small=False))
    """
    if count <= _SMALL:
        return Told(0, is_small=True)
    return Told((count + BASE // 2) // BASE * BASE)


def feasible(tables: Mapping[str, Sequence[Told]]) -> dict[str, list[tuple[int, int]]]:
    """Return for each count of each table the smallest and largest value that all tables together leave it.

    All tables part one and the same population, so that their sums are one number.
    """
    lowest = max((sum(told.lowest for told in row) for row in tables.values()), default=0)
    highest = min((sum(told.highest for told in row) for row in tables.values()), default=0)
    return {name: [_range_of(told, row, lowest, highest) for told in row] for name, row in tables.items()}


def withheld(tables: Mapping[str, Sequence[int]]) -> set[str]:
    """Return the tables that may not be published: a small group could be worked out from them.

    One table after the other is taken away, that with most groups first, until nothing can be worked out.
    """
    kept = {name: [tell(count) for count in row] for name, row in tables.items()}
    away: set[str] = set()
    while kept and (risky := [name for name, ranges in feasible(kept).items() if any(map(_is_too_narrow, ranges))]):
        worst = max(risky, key=lambda name: (len(kept[name]), name))
        away.add(worst)
        del kept[worst]
    return away


def _range_of(told: Told, row: Sequence[Told], lowest: int, highest: int) -> tuple[int, int]:
    others_low = sum(each.lowest for each in row) - told.lowest
    others_high = sum(each.highest for each in row) - told.highest
    return max(told.lowest, lowest - others_high), min(told.highest, highest - others_low)


def _is_too_narrow(possible: tuple[int, int]) -> bool:
    low, high = possible
    return low < _SENSITIVE and high - low + 1 < _AMBIGUITY
