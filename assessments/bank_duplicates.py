"""Questions that say nearly the same. Pure: words in, pairs out, the same for the same bank whatever its order.

Two texts are as alike as the share of their words and pairs of neighbouring words that both have (Jaccard).
All pairs of a bank are found without comparing each with each: a text is looked up only by its rarest
features, as many as a text that is alike enough cannot do without (prefix filtering: Chaudhuri, Ganti and
Kaushik 2006; Bayardo, Ma and Srikant 2007).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from assessments.bank_words import words_of

ALIKE = 0.5
# A word or two say nothing: "Right", "What do you do?".
FEWEST_FEATURES = 7

Features = frozenset[str]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, by their keys, and how alike they are: 0 to 1."""

    first: Hashable
    second: Hashable
    likeness: float


def features_of(texts: Iterable[str]) -> Features:
    """Return the words of some texts, and the pairs of neighbouring words within each.

    >>> sorted(features_of(["Stop the bus!"]))
    ['bus', 'stop', 'stop the', 'the', 'the bus']
    """
    found: set[str] = set()
    for text in texts:
        words = words_of(text)
        found.update(words, (f"{one} {other}" for one, other in pairwise(words)))
    return frozenset(found)


def likeness(one: Features, other: Features) -> float:
    """Return the share of all features that both have.

    >>> likeness(frozenset("ab"), frozenset("bc"))
    0.3333333333333333
    """
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def find_alike(asked: Features, bank: Mapping[Key, Features], at_least: float = ALIKE) -> list[tuple[Key, float]]:
    """Return what is like one text, the most alike first."""
    if len(asked) < FEWEST_FEATURES:
        return []
    found = ((key, likeness(asked, each)) for key, each in bank.items() if len(each) >= FEWEST_FEATURES)
    return sorted(((key, share) for key, share in found if share >= at_least), key=lambda each: (-each[1], each[0]))


def find_pairs(bank: Mapping[Key, Features], at_least: float = ALIKE) -> list[Pair]:
    """Return all pairs that are alike, the most alike first; a pair names the smaller key first."""
    if not 0 < at_least <= 1:
        msg = f"at_least is {at_least}. Accepted: above 0, up to 1"
        raise ValueError(msg)
    texts = {key: each for key, each in bank.items() if len(each) >= FEWEST_FEATURES}
    commonness = Counter(feature for each in texts.values() for feature in each)
    index: dict[str, list[tuple[Key, int, int]]] = defaultdict(list)
    pairs = []
    # The shorter first: of two that are alike, the shorter has this share of the longer at least.
    for key in sorted(texts, key=lambda key: (len(texts[key]), key)):
        mine = texts[key]
        size = len(mine)
        rare = sorted(mine, key=lambda feature: (commonness[feature], feature))
        needed = rare[: size - math.ceil(at_least * size) + 1]
        for other in _candidates(needed, size, index, at_least):
            share = likeness(mine, texts[other])
            if share >= at_least:
                first, second = sorted((key, other))  # type: ignore[type-var]  # keys of one bank compare
                pairs.append(Pair(first, second, share))
        for place, feature in enumerate(needed):
            index[feature].append((key, len(mine), place))
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def _candidates(
    needed: Iterable[str], size: int, index: Mapping[str, list[tuple[Key, int, int]]], at_least: float
) -> set[Key]:
    """Return the texts that share a rare feature, and have enough left after it to be alike enough."""
    found: set[Key] = set()
    shortest = at_least * size
    share = at_least / (1 + at_least)
    for place, feature in enumerate(needed):
        left = size - place
        for key, other_size, other_place in index.get(feature, ()):
            if other_size >= shortest and min(left, other_size - other_place) >= share * (size + other_size):
                found.add(key)
    return found
