"""What a group gained between a test before and a test after, matched by person. Pure.

Which attempts are compared: of the test before, the first that was scored; of the test after, the last that was
scored and was begun no earlier than the one before was handed in. The last and not the best: the best of several
tries would call luck learning. Somebody with one of the two is counted as unmatched and left out of every figure.

The interval is that of the mean difference (Student's t, n - 1 degrees of freedom). The normalised gain is the
class's own: what was gained of what could be gained, (post - pre) / (100 - pre) of the means (Hake 1998, eq. 1).
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from certificates.evaluation.student import t_quantile

CONFIDENCE = 0.95
FEWEST = 2
_FULL = 100.0


@dataclass(frozen=True, slots=True)
class Scored:
    """One scored attempt of one person: when it was begun and handed in, and the share of points in percent."""

    attempt: UUID
    person: UUID
    begun_at: dt.datetime
    handed_in_at: dt.datetime
    percent: float


@dataclass(frozen=True, slots=True)
class Pair:
    """One person before and after."""

    person: UUID
    pre: float
    post: float
    # The attempts it was read from, where the caller wants to look closer.
    pre_attempt: UUID | None = None
    post_attempt: UUID | None = None

    @property
    def gain(self) -> float:
        """What the person gained, in points of percent; less than nothing where it was lost."""
        return self.post - self.pre


@dataclass(frozen=True, slots=True)
class Gain:
    """What a group gained. The figures are None where fewer than two people are matched: one is no group."""

    matched: int
    pre_only: int
    post_only: int
    pre_mean: float | None = None
    post_mean: float | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    normalised: float | None = None
    pairs: tuple[Pair, ...] = ()

    @property
    def has_figures(self) -> bool:
        """Tell whether enough people are matched to say anything."""
        return self.mean is not None


def match(pre: Iterable[Scored], post: Iterable[Scored]) -> tuple[list[Pair], set[UUID], set[UUID]]:
    """Return the pairs, by person, and who has only a test before, and only one after it."""
    first = _first_of(pre)
    after: dict[UUID, Scored] = {}
    only_after: set[UUID] = set()
    for each in sorted(post, key=_order):
        before = first.get(each.person)
        if before is None:
            only_after.add(each.person)
        elif each.attempt != before.attempt and each.begun_at >= before.handed_in_at:
            after[each.person] = each
    pairs = [_pair(first[person], after[person]) for person in sorted(after, key=str)]
    return pairs, first.keys() - after.keys(), only_after


def gain_of(pre: Iterable[Scored], post: Iterable[Scored]) -> Gain:
    """Return what a group gained between two tests."""
    pairs, pre_only, post_only = match(pre, post)
    return gain_of_pairs(pairs, pre_only=len(pre_only), post_only=len(post_only))


def gain_of_pairs(pairs: Sequence[Pair], *, pre_only: int = 0, post_only: int = 0) -> Gain:
    """Return the figures of matched people; no figure but the counts for fewer than FEWEST.

    >>> one = gain_of_pairs([Pair(UUID(int=n), 40, 40 + n) for n in (10, 20, 30)])
    >>> one.mean, round(one.low, 2), round(one.high, 2), round(one.normalised, 3)
    (20.0, -4.84, 44.84, 0.333)
    """
    n = len(pairs)
    if n < FEWEST:
        return Gain(n, pre_only, post_only, pairs=tuple(pairs))
    gains = [pair.gain for pair in pairs]
    pre_mean = math.fsum(pair.pre for pair in pairs) / n
    post_mean = math.fsum(pair.post for pair in pairs) / n
    mean = math.fsum(gains) / n
    deviation = math.sqrt(math.fsum((gain - mean) ** 2 for gain in gains) / (n - 1))
    half = t_quantile((1 + CONFIDENCE) / 2, n - 1) * deviation / math.sqrt(n)
    return Gain(
        n,
        pre_only,
        post_only,
        pre_mean=pre_mean,
        post_mean=post_mean,
        mean=mean,
        low=mean - half,
        high=mean + half,
        # Nobody can gain on full marks: there the share has no meaning.
        normalised=(post_mean - pre_mean) / (_FULL - pre_mean) if pre_mean < _FULL else None,
        pairs=tuple(pairs),
    )


def gain_by_part(pre: Mapping[UUID, Mapping[str, float]], post: Mapping[UUID, Mapping[str, float]]) -> dict[str, Gain]:
    """Return the gain in each part of the subject: person -> part -> percent, before and after.

    A person whose two papers did not both ask about a part is unmatched there.
    """
    people = pre.keys() & post.keys()
    parts = sorted({part for shares in (*pre.values(), *post.values()) for part in shares})
    found = {}
    for part in parts:
        both = sorted((each for each in people if part in pre[each] and part in post[each]), key=str)
        pairs = [Pair(each, pre[each][part], post[each][part]) for each in both]
        before = sum(part in pre[each] for each in people) - len(both)
        after = sum(part in post[each] for each in people) - len(both)
        found[part] = gain_of_pairs(pairs, pre_only=before, post_only=after)
    return found


def _pair(before: Scored, after: Scored) -> Pair:
    return Pair(before.person, before.percent, after.percent, before.attempt, after.attempt)


def _first_of(scored: Iterable[Scored]) -> dict[UUID, Scored]:
    first: dict[UUID, Scored] = {}
    for each in sorted(scored, key=_order):
        first.setdefault(each.person, each)
    return first


def _order(scored: Scored) -> tuple[dt.datetime, str]:
    return (scored.handed_in_at, str(scored.attempt))
