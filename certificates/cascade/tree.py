"""The tree of a cascade: branches, generations and what reached whom. Pure.

Every trainer has at most one parent: who led the cohort in which they learnt to train. So each officer is counted
once, on one branch, however many trainers stood in the room.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from certificates.cascade.standing import TrainerState, months_before

CERTIFIED = (TrainerState.CERTIFIED, TrainerState.MENTOR)


@dataclass(frozen=True, slots=True)
class Node:
    """One trainer: what follows from their own sessions. `recent` are officers trained in the last 12 months."""

    person: UUID
    parent: UUID | None
    country: str
    generation: int
    state: str
    sessions: int
    last_held_on: dt.date | None
    reached: int
    trained: int
    recent: int


@dataclass(slots=True)
class Branch:
    """One trainer with all below: sums hold the trainer's own part."""

    node: Node
    children: list["Branch"] = field(default_factory=list)
    trainers: int = 0
    reached: int = 0
    trained: int = 0
    active: int = 0
    is_active: bool = False

    @property
    def is_dormant(self) -> bool:
        """Tell whether nobody on the branch has held a session of late."""
        return self.active == 0


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation: how many there are, and how far they multiply."""

    number: int
    trainers: int
    certified: int
    active: int
    trained: int
    recent: int
    # Trainers here for each trainer of the generation before; None in the first.
    multiplication: float | None


def parents_without_rings(parents: Mapping[UUID, UUID | None]) -> dict[UUID, UUID | None]:
    """Return parents in which nobody descends from themself, and nobody's parent is unknown.

    Two trainers may have taught one another in two cohorts: the smallest id of such a ring begins it.
    """
    clean: dict[UUID, UUID | None] = {
        person: parent if parent in parents and parent != person else None for person, parent in parents.items()
    }
    settled: set[UUID] = set()
    for start in sorted(clean, key=str):
        way: list[UUID] = []
        here: UUID | None = start
        while here is not None and here not in settled and here not in way:
            way.append(here)
            here = clean[here]
        if here is not None and here in way:
            clean[min(way[way.index(here) :], key=str)] = None
        settled.update(way)
    return clean


def generations_of(parents: Mapping[UUID, UUID | None]) -> dict[UUID, int]:
    """Return how far each is from where their branch begins: 0 for a master trainer. Parents have no rings."""
    found: dict[UUID, int] = {}
    for person in parents:
        way = []
        here: UUID | None = person
        while here is not None and here not in found:
            way.append(here)
            here = parents[here]
        number = found[here] if here is not None else -1
        for each in reversed(way):
            number += 1
            found[each] = number
    return found


def grow_tree(nodes: Iterable[Node], today: dt.date, active_months: int = 6) -> list[Branch]:
    """Return the branches with their sums, the widest first; a parent that is not among the nodes begins none.

    One pass from the leaves up: a chain of thousands needs no recursion.
    """
    since = months_before(today, active_months)
    branches = {node.person: Branch(node) for node in nodes}
    for branch in branches.values():
        node = branch.node
        branch.is_active = node.last_held_on is not None and node.last_held_on > since
        branch.trainers, branch.reached, branch.trained = 1, node.reached, node.trained
        branch.active = int(branch.is_active)
    tops: list[Branch] = []
    for branch in sorted(branches.values(), key=lambda each: -each.node.generation):
        above = branches.get(branch.node.parent) if branch.node.parent else None
        branch.children.sort(key=_widest)
        if above is None:
            tops.append(branch)
            continue
        above.children.append(branch)
        above.trainers += branch.trainers
        above.reached += branch.reached
        above.trained += branch.trained
        above.active += branch.active
    return sorted(tops, key=_widest)


def walk(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Yield every branch, each before those below it."""
    waiting = list(branches)[::-1]
    while waiting:
        branch = waiting.pop()
        yield branch
        waiting.extend(branch.children[::-1])


def opened(branches: Iterable[Branch], most: int) -> set[UUID]:
    """Return the trainers whose branches to show at once: by breadth, as long as no more than `most` lines stand."""
    level = list(branches)
    room, found = most - len(level), set()
    while level:
        below: list[Branch] = []
        for branch in level:
            if branch.children and len(branch.children) <= room:
                room -= len(branch.children)
                found.add(branch.node.person)
                below.extend(branch.children)
        level = below
    return found


def by_generation(branches: Iterable[Branch]) -> list[Generation]:
    """Return the figures of each generation, from the masters down."""
    groups: dict[int, list[Branch]] = defaultdict(list)
    for branch in walk(branches):
        groups[branch.node.generation].append(branch)
    return [
        Generation(
            number,
            trainers=len(group),
            certified=sum(each.node.state in CERTIFIED for each in group),
            active=sum(each.is_active for each in group),
            trained=sum(each.node.trained for each in group),
            recent=sum(each.node.recent for each in group),
            multiplication=len(group) / len(groups[number - 1]) if number - 1 in groups else None,
        )
        for number, group in sorted(groups.items())
    ]


def _widest(branch: Branch) -> tuple[int, int, str]:
    return (-branch.trainers, -branch.trained, str(branch.node.person))
