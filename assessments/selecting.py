"""Which questions a paper asks: spread over the course, or section by section. Pure.

Fixed questions are set aside first, so that no draw takes them. Then the slots draw, the one with the least to
spare first: a wide filter that drew before a narrow one could take its only questions. Where a slot finds too
few all the same, another gives one up that it can replace (augmenting paths, Berge 1957), so a paper is drawn
whenever one exists.
"""

import random
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from assessments.errors import TooFewQuestionsError

USUAL_WEIGHT_MILLI = 1000


class Candidate(NamedTuple):
    """One question of the bank, as drawing needs it. Empty: not known, or none."""

    question: str
    version: str
    lesson: str
    choices: tuple[str, ...] = ()
    kind: str = ""
    difficulty: int = 0
    category: str = ""
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Slot:
    """One question that is always asked, or `count` drawn by a filter; what is empty lets all pass.

    A question passes that lies in one of `categories` (a category with those below it) and has all `tags`.
    """

    count: int = 1
    weight_milli: int = USUAL_WEIGHT_MILLI
    question: str = ""
    lesson: str = ""
    kind: str = ""
    difficulty: int = 0
    categories: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def matches(self, candidate: Candidate) -> bool:
        """Tell whether a question passes the filter."""
        return (
            (not self.lesson or candidate.lesson == self.lesson)
            and (not self.kind or candidate.kind == self.kind)
            and (not self.difficulty or candidate.difficulty == self.difficulty)
            and (not self.categories or candidate.category in self.categories)
            and self.tags <= candidate.tags
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a quiz as its author planned it."""

    slots: tuple[Slot, ...]
    title: Mapping[str, str] = field(default_factory=dict)
    is_shuffled: bool = True


class Chosen(NamedTuple):
    """One question that a paper asks, and what it weighs."""

    candidate: Candidate
    weight_milli: int


def choose_spread(candidates: Iterable[Candidate], draw: int, dice: random.Random) -> list[Chosen]:
    """Return `draw` questions over all lessons, in any order; the order of the bank does not matter."""
    drawn = _spread(_in_order(candidates), draw, dice)
    dice.shuffle(drawn)
    return [Chosen(each, USUAL_WEIGHT_MILLI) for each in drawn]


def choose_by_parts(candidates: Iterable[Candidate], parts: Sequence[Part], dice: random.Random) -> list[list[Chosen]]:
    """Return the questions of each section, none of them twice; raise TooFewQuestionsError, which names a section."""
    drawing = _Drawing(_in_order(candidates), parts, dice)
    drawing.set_fixed_aside()
    drawing.draw()
    return [drawing.part(place) for place in range(len(parts))]


def questions_for(candidates: Sequence[Candidate], slot: Slot) -> list[Candidate]:
    """Return the questions that a slot may ask, in the order of the bank.

    One step for each part of the filter: much faster over a large bank than asking `matches` of each.
    """
    if slot.question:
        return [each for each in candidates if each.question == slot.question]
    found: Sequence[Candidate] = candidates
    if slot.lesson:
        found = [each for each in found if each.lesson == slot.lesson]
    if slot.kind:
        found = [each for each in found if each.kind == slot.kind]
    if slot.difficulty:
        found = [each for each in found if each.difficulty == slot.difficulty]
    if slot.categories:
        found = [each for each in found if each.category in slot.categories]
    if slot.tags:
        found = [each for each in found if slot.tags <= each.tags]
    return found if isinstance(found, list) else list(found)


_Place = tuple[int, int]


class _Drawing:
    """One draw under way. Places are (section, slot), from 0."""

    def __init__(self, bank: list[Candidate], parts: Sequence[Part], dice: random.Random) -> None:
        self.bank, self.parts, self.dice = bank, parts, dice
        self.slots: dict[_Place, Slot] = {
            (section, place): slot for section, part in enumerate(parts) for place, slot in enumerate(part.slots)
        }
        self.taken: dict[_Place, list[Candidate]] = {}
        self.used: set[str] = set()
        self.pools: dict[_Place, Sequence[Candidate]] = {}

    def set_fixed_aside(self) -> None:
        fixed = {place: slot.question for place, slot in self.slots.items() if slot.question}
        wanted = set(fixed.values())
        found = {each.question: each for each in self.bank if each.question in wanted} if wanted else {}
        for place, question in fixed.items():
            # Twice in a quiz is once too few.
            if question not in found or question in self.used:
                raise self._too_few(place)
            self._take(place, [found[question]])

    def draw(self) -> None:
        drawn = {place: slot for place, slot in self.slots.items() if not slot.question}
        by_lesson = _piles(self.bank) if any(slot.lesson for slot in drawn.values()) else {}
        for place, slot in drawn.items():
            # Most filters name a lesson: each then looks through that lesson only.
            self.pools[place] = questions_for(by_lesson.get(slot.lesson, []) if slot.lesson else self.bank, slot)
        spare = {place: len(self.pools[place]) - slot.count for place, slot in drawn.items()}
        for place in sorted(drawn, key=lambda each: (spare[each], each)):
            slot = drawn[place]
            self._take(place, _spread(self.pools[place], slot.count, self.dice, self.used))
            while len(self.taken[place]) < slot.count:
                self._make_room(place)

    def part(self, section: int) -> list[Chosen]:
        chosen = [
            Chosen(each, slot.weight_milli)
            for place, slot in enumerate(self.parts[section].slots)
            for each in self.taken[section, place]
        ]
        if self.parts[section].is_shuffled:
            self.dice.shuffle(chosen)
        return chosen

    def _free(self, place: _Place) -> list[Candidate]:
        return [each for each in self.pools[place] if each.question not in self.used]

    def _take(self, place: _Place, picked: Sequence[Candidate]) -> None:
        self.taken.setdefault(place, []).extend(picked)
        self.used.update(each.question for each in picked)

    def _make_room(self, place: _Place) -> None:
        """Get a slot one question more: another gives one up and takes a free one instead, perhaps over several."""
        came_from: dict[_Place, tuple[_Place, Candidate]] = {}
        waiting = deque([place])
        while waiting:
            here = waiting.popleft()
            if here != place and (free := self._free(here)):
                self._pass_on(here, self.dice.choice(free), came_from)
                return
            wanted = {each.question for each in self.pools[here]}
            for other in self.pools:
                if other == place or other in came_from or other not in self.taken:
                    continue
                if given := next((each for each in self.taken[other] if each.question in wanted), None):
                    came_from[other] = (here, given)
                    waiting.append(other)
        raise self._too_few(place)

    def _pass_on(self, here: _Place, fresh: Candidate, came_from: Mapping[_Place, tuple[_Place, Candidate]]) -> None:
        self._take(here, [fresh])
        while here in came_from:
            there, given = came_from[here]
            self.taken[here].remove(given)
            self.taken[there].append(given)
            here = there

    def _too_few(self, place: _Place) -> TooFewQuestionsError:
        section, _slot = place
        return TooFewQuestionsError(number=section + 1, title=self.parts[section].title)


def _in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=attrgetter("question"))


def _spread(
    candidates: Sequence[Candidate], most: int, dice: random.Random, used: AbstractSet[str] = frozenset()
) -> list[Candidate]:
    """Return at most so many that are not used: a question of every lesson before a second one of any.

    So that no paper passes over half of the course by chance. Of a lesson no more are shuffled than can be asked.
    """
    order = list(_piles(candidates, used).values())
    dice.shuffle(order)
    drawn = [dice.sample(pile, min(len(pile), most)) for pile in order]
    deepest = max((len(pile) for pile in drawn), default=0)
    return [pile[level] for level in range(deepest) for pile in drawn if level < len(pile)][:most]


def _piles(candidates: Sequence[Candidate], used: AbstractSet[str] = frozenset()) -> dict[str, list[Candidate]]:
    """Return the questions that are not used, by lesson."""
    piles: dict[str, list[Candidate]] = defaultdict(list)
    for each in candidates:
        if each.question not in used:
            piles[each.lesson].append(each)
    return piles
