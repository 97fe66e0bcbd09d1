"""One learner, three nodes that are often apart, and everything that can go wrong between them, without a database.

Two tablets and a site hold statements about the learner's attempts at one quiz. Each says more from what
it knows; they ship to each other when they can; a tablet may be put back to an old backup, and then gives its
numbers a second time. What follows from the statements is derived by the site's own functions.
"""

import copy
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from assessments import versions
from assessments.answering import follow_attempt
from assessments.deriving import attempt_of, flag_surplus
from assessments.drawing import Item, Sheet
from assessments.models import Attempt
from assessments.papers import Frozen
from assessments.versions import Version
from courses.progress import enrolment_unit
from elearning.lib.canonical import canonical_json, sha256_hex
from elearning.lib.ids import derived_uuid
from records.statements import Said, build_statement, read_statement

BASE = "https://relais.example/activities"
LEARNER, PERSON, COURSE, QUIZ, TRAINER = (UUID(int=number) for number in (2, 3, 4, 5, 6))
ENROLMENT = enrolment_unit(PERSON, COURSE, 1)
START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
QUESTIONS = [str(UUID(int=100 + number)) for number in range(3)]
CHOICES = ("a", "b")
ATTEMPT_LIMIT = 2
# Half of the choices are right: passing is a matter of luck.
VERSIONS = {
    f"v{question}": Version(
        f"v{question}", question, "single_choice", {"choices": list(CHOICES), "right": ["a"]}, {}, None, ""
    )
    for question in QUESTIONS
}
SHEET = Sheet(
    tuple(Item(question, f"v{question}", CHOICES) for question in QUESTIONS),
    50,
    1,
    time_limit_s=600,
    attempt_limit=ATTEMPT_LIMIT,
)
PAPER = Frozen(sha256_hex(SHEET.text()), SHEET)


@dataclass
class Node:
    """What one tablet or site holds, and its place in what it says itself."""

    name: UUID
    is_site: bool
    said: dict[UUID, Said] = field(default_factory=dict)
    seq: int = 0
    page: int = 0
    opened_s: int = 0
    skew_s: int = 0

    @property
    def attempts(self) -> list[UUID]:
        """The attempts it knows, in the order of their ids."""
        return sorted({said.unit_uuid for said in self.said.values()})

    def of(self, attempt: UUID) -> list[Said]:
        """What it knows of one attempt."""
        return [said for said in self.said.values() if said.unit_uuid == attempt]


@dataclass
class World:
    """The nodes, the time that passes for all of them, and the dice from which ids and choices come."""

    dice: random.Random
    now_s: int = 0
    acknowledged: set[UUID] = field(default_factory=set)
    backups: dict[UUID, Node] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = [UUID(int=self.dice.getrandbits(128), version=4) for _ in range(3)]
        self.nodes = [Node(name, is_site=place == 2) for place, name in enumerate(names)]

    def say(self, node: Node, verb: str, attempt: UUID, facts: dict[str, Any], actor: UUID = LEARNER) -> None:
        """Let a node say something, signed with its number and its page where it is a tablet."""
        self.now_s += self.dice.randint(1, 20)
        device = None
        if not node.is_site:
            node.seq += 1
            device = {
                "id": str(node.name),
                "seq": node.seq,
                "prev": "" if node.seq == 1 else "0" * 32,
                "page": f"{node.page:08x}",
                "ms": (self.now_s - node.opened_s) * 1000,
            }
        body = build_statement(
            base=BASE,
            actor_uuid=actor,
            verb=verb,
            activity=f"{BASE}/quiz/{QUIZ}",
            unit=("attempt", attempt),
            timestamp=START + timedelta(seconds=self.now_s + node.skew_s),
            facts=facts,
            statement_id=UUID(int=self.dice.getrandbits(128), version=4),
            device=device,
        )
        said = read_statement(body)
        node.said[said.id] = said

    def begin(self, node: Node) -> None:
        """Begin the next attempt that this node carries a paper for."""
        number = len(node.attempts) + 1
        facts = {"enrolment": str(ENROLMENT), "quiz": str(QUIZ), "number": number, "paper": PAPER.sha256}
        self.say(node, "initialized", derived_uuid("attempt", node.name, number), facts)

    def answer(self, node: Node, attempt: UUID) -> None:
        """Answer a question, or change an answer."""
        facts = {
            "question": self.dice.choice(QUESTIONS),
            "response": self.dice.choice(("a", "a", "b", None)),
            "flagged": False,
            "nonce": f"{node.page:08x}",
            "step": 0,
            "ordinal": follow_attempt(node.of(attempt)).last_ordinal + 1,
        }
        self.say(node, "answered", attempt, facts)

    def hand_in(self, node: Node, attempt: UUID) -> None:
        """Hand in what this node knows of an attempt."""
        log = follow_attempt(node.of(attempt))
        if log.started and not log.submitted:
            self.say(node, "submitted", attempt, {"ordinal": log.last_ordinal + 1, "standing": log.standing})

    def decide(self, node: Node, attempt: UUID) -> None:
        """Let a trainer at the site decide about what is known there."""
        row = derive(node.said.values())[0].get(attempt)
        if node.is_site and row and row.flags:
            standing = follow_attempt(node.of(attempt)).standing
            facts = {"reason": "so", "standing": standing, "flags": row.flags}
            self.say(node, self.dice.choice(("approved", "denied")), attempt, facts, TRAINER)

    def reopen(self, node: Node) -> None:
        """Load the page anew, after a while and perhaps with another clock."""
        self.now_s += self.dice.choice((1, 60, 4000))
        node.page, node.opened_s = node.page + 1, self.now_s
        node.skew_s = self.dice.choice((0, 0, 0, -600, 300, 86_400))

    def ship(self, source: Node, target: Node) -> None:
        """Bring what one node holds to another, which notices forks. What the site has it must never lose."""
        target.said |= source.said
        self._notice_forks(target)
        if target.is_site:
            self.acknowledged |= target.said.keys()

    def back_up(self, node: Node) -> None:
        """Keep a tablet as it is now."""
        self.backups[node.name] = copy.deepcopy(node)

    def restore(self, node: Node) -> None:
        """Put a tablet back to its backup: what it says next has numbers that it gave before."""
        if (backup := self.backups.get(node.name)) and not node.is_site:
            vars(node).update(vars(copy.deepcopy(backup)))

    def back_up_emit_ship_restore_emit(self, node: Node, other: Node) -> None:
        """Do what unguided steps seldom meet."""
        self.back_up(node)
        self.emit(node)
        self.ship(node, other)
        self.restore(node)
        self.emit(node)

    def emit(self, node: Node) -> None:
        """Let a node say something that fits what it knows."""
        if not node.attempts or self.dice.random() < 0.1:
            self.begin(node)
            return
        attempt = self.dice.choice(node.attempts)
        self.dice.choice((self.answer, self.answer, self.answer, self.hand_in, self.decide))(node, attempt)

    def meet(self) -> None:
        """Let all ship to all until nobody learns anything."""
        before = -1
        while before != (before := sum(len(node.said) for node in self.nodes)):
            for source in self.nodes:
                for target in self.nodes:
                    self.ship(source, target)

    def _notice_forks(self, node: Node) -> None:
        units: dict[tuple[str, int], set[UUID]] = defaultdict(set)
        hashes: dict[tuple[str, int], set[str]] = defaultdict(set)
        for said in node.said.values():
            if said.device:
                place = (said.device["id"], said.device["seq"])
                units[place].add(said.unit_uuid)
                hashes[place].add(said.sha256)
        for place in sorted(units):
            for attempt in sorted(units[place]) if len(hashes[place]) > 1 else ():
                self._notice(node, attempt, "fork")

    def _notice(self, node: Node, attempt: UUID, code: str) -> None:
        said = read_statement(
            build_statement(
                base=BASE,
                actor_uuid=node.name,
                verb="noticed",
                activity=f"{BASE}/attempt/{attempt}",
                unit=("attempt", attempt),
                timestamp=START,
                facts={"notice": code, "statement": ""},
                statement_id=derived_uuid("noticed", node.name, attempt, code),
            )
        )
        node.said.setdefault(said.id, said)


def derive(statements: Iterable[Said]) -> tuple[dict[UUID, Attempt], Any]:
    """Return what follows from a set of statements in the order given: the rows, and when the quiz was passed."""
    versions.kept.keep(VERSIONS)
    sets: dict[UUID, list[Said]] = defaultdict(list)
    for said in statements:
        sets[said.unit_uuid].append(said)
    found = (attempt_of(unit, follow_attempt(each), PAPER) for unit, each in sets.items())
    rows = {row.pk: row for row in found if row}
    ended = [row for row in rows.values() if row.handed_in_at]
    flag_surplus(ended, dict.fromkeys(rows, ATTEMPT_LIMIT))
    return rows, min((row.handed_in_at for row in ended if row.counts and row.handed_in_at), default=None)


def state(statements: Iterable[Said]) -> str:
    """Return the hash of what follows, over rows sorted by attempt, as records.state takes it."""
    rows, passed_at = derive(statements)
    facts = [{name: str(value) for name, value in rows[unit].facts().items()} for unit in sorted(rows)]
    return sha256_hex(canonical_json([facts, str(passed_at)]))


def wander(seed: int, steps: int) -> World:
    """Return a world after some steps that a seed decides, not met yet."""
    world = World(random.Random(seed))
    for _step in range(steps):
        node, other = world.dice.sample(world.nodes, 2)
        kind = world.dice.random()
        if kind < 0.65:
            world.emit(node)
        elif kind < 0.8:
            world.ship(node, other)
        elif kind < 0.9:
            world.reopen(node)
        else:
            world.back_up_emit_ship_restore_emit(node, other)
    return world
