"""How a paper is drawn: which questions, in which order, with which order of choices. Pure.

The paper is frozen once drawn, so nothing ever draws it again; the seed is kept so that a doubt
about a draw can be looked into.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from elearning.lib.canonical import canonical_json

# Below 2**53, so that every reader of JSON keeps it exactly.
SEED_BITS = 52
PRACTICE, GRADED, EXAM = "practice", "graded", "exam"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One question of the bank, as drawing needs it."""

    question: str
    version: str
    lesson: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a paper: a version of a question and the order of its choices."""

    question: str
    version: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as it was frozen: what to ask and the rules of the attempt, never a key."""

    items: tuple[Item, ...]
    pass_mark_percent: int
    seed: int
    quiz_class: str = GRADED
    time_limit_s: int | None = None
    attempt_limit: int | None = None

    @property
    def is_practice(self) -> bool:
        """Tell whether its keys may be known."""
        return self.quiz_class == PRACTICE

    @property
    def is_exam(self) -> bool:
        """Tell whether it is sat on the site only, by the site's clock."""
        return self.quiz_class == EXAM

    def text(self) -> str:
        """Return the canonical text that is stored and hashed.

        A rule that is not set is not in it, so a paper from before there were such rules keeps its hash.
        """
        items = [
            {"question": item.question, "version": item.version, "choices": list(item.choices)} for item in self.items
        ]
        body: dict[str, Any] = {"items": items, "pass_mark_percent": self.pass_mark_percent, "seed": self.seed}
        if self.quiz_class != GRADED:
            body["quiz_class"] = self.quiz_class
        if self.time_limit_s is not None:
            body["time_limit_s"] = self.time_limit_s
        if self.attempt_limit is not None:
            body["attempt_limit"] = self.attempt_limit
        return canonical_json(body)


def read_sheet(text: str) -> Sheet:
    """Return the sheet of a stored text.

    >>> sheet = Sheet((Item("q", "v", ("a", "b")),), 70, 1)
    >>> read_sheet(sheet.text()) == sheet
    True
    """
    body: dict[str, Any] = json.loads(text)
    items = tuple(Item(item["question"], item["version"], tuple(item["choices"])) for item in body["items"])
    return Sheet(
        items,
        body["pass_mark_percent"],
        body["seed"],
        body.get("quiz_class", GRADED),
        body.get("time_limit_s"),
        body.get("attempt_limit"),
    )


def draw_paper(  # the rules of a paper
    candidates: Iterable[Candidate],
    *,
    draw: int,
    pass_mark_percent: int,
    seed: int,
    quiz_class: str = GRADED,
    time_limit_s: int | None = None,
    attempt_limit: int | None = None,
) -> Sheet:
    """Return a sheet of `draw` questions spread over the lessons; the same for the same seed and bank.

    Spread: a question of every lesson before a second one of any, so that no paper passes over
    half of the course by chance. The order of the bank does not matter.
    """
    dice = random.Random(seed)  # noqa: S311  # repeatable on purpose; the seed itself comes from `secrets`
    drawn = _spread(sorted(candidates, key=lambda each: each.question), dice)[:draw]
    dice.shuffle(drawn)
    items = tuple(
        Item(each.question, each.version, tuple(dice.sample(each.choices, len(each.choices)))) for each in drawn
    )
    return Sheet(items, pass_mark_percent, seed, quiz_class, time_limit_s, attempt_limit)


def practice_sheet(candidates: Iterable[Candidate], *, pass_mark_percent: int) -> Sheet:
    """Return the practice paper: all questions, nothing shuffled, so that it is the same for everybody."""
    items = tuple(Item(each.question, each.version, each.choices) for each in candidates)
    return Sheet(items, pass_mark_percent, 0, PRACTICE)


def _spread(candidates: Sequence[Candidate], dice: random.Random) -> list[Candidate]:
    piles: dict[str, list[Candidate]] = defaultdict(list)
    for each in candidates:
        piles[each.lesson].append(each)
    order = list(piles.values())
    dice.shuffle(order)
    for pile in order:
        dice.shuffle(pile)
    deepest = max((len(pile) for pile in order), default=0)
    return [pile[level] for level in range(deepest) for pile in order if level < len(pile)]
