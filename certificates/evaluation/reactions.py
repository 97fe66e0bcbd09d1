"""The reaction form at the end of a cohort: its questions, and what is shown of the answers. Pure.

Answers are from 1 (not at all) to 5 (fully). Results are shown in groups of SHOWN_TOGETHER forms at least: see
ReactionTally.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

ITEMS = ("relevant", "clear", "level", "trainers", "practice", "safe", "material", "will-use")
BEST = 5
SCALE = range(1, BEST + 1)
AGREES_FROM = 4
SHOWN_TOGETHER = 5


@dataclass(frozen=True, slots=True)
class Reaction:
    """What the forms say to one question: how often each answer of the scale was given, 1 to 5."""

    item: str
    counts: tuple[int, ...]

    @property
    def forms(self) -> int:
        """How many answered."""
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """The mean answer; None where nobody answered."""
        total = sum(value * count for value, count in zip(SCALE, self.counts, strict=True))
        return float(Fraction(total, self.forms)) if self.forms else None

    @property
    def agreeing(self) -> int:
        """How many gave one of the two best answers."""
        return sum(self.counts[AGREES_FROM - 1 :])


def are_reactions(answers: Mapping[str, int]) -> bool:
    """Tell whether every question is answered, by a number of the scale."""
    return answers.keys() == set(ITEMS) and all(type(value) is int and value in SCALE for value in answers.values())


def reactions_of(tallies: Iterable[tuple[str, int, int]]) -> Sequence[Reaction]:
    """Return the reactions in the order of the form, from (item, value, count)."""
    counts = {(item, value): count for item, value, count in tallies}
    return [Reaction(item, tuple(counts.get((item, value), 0) for value in SCALE)) for item in ITEMS]
