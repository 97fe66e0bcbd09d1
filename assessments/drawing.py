"""How a paper is drawn: which questions, in which order, with which order of choices. Pure.

The paper is frozen once drawn, so nothing ever draws it again; the seed is kept so that a doubt
about a draw can be looked into.
"""

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.selecting import USUAL_WEIGHT_MILLI, Candidate, Chosen, Part, choose_by_parts, choose_spread
from elearning.lib.canonical import canonical_json

# Below 2**53, so that every reader of JSON keeps it exactly.
SEED_BITS = 52
PRACTICE, GRADED, EXAM = "practice", "graded", "exam"
AT_END, AT_ONCE, TRIES, CERTAINTY = "at_end", "at_once", "tries", "certainty"
LATE_IS_DECIDED, LATE_IS_CUT = "decide", "cut"
ON_ONE_PAGE = "all"
# Returns the order in which each version's author wrote what may be shuffled, by version.
Orders = Callable[[Sequence[Candidate]], Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a paper: a version of a question and the order of its choices."""

    question: str
    version: str
    choices: tuple[str, ...]
    # Thousandths of a point.
    weight_milli: int = USUAL_WEIGHT_MILLI


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a paper: the number (from 1) of its first question, and its title by language."""

    first: int
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as it was frozen: what to ask and the rules of the attempt, never a key."""

    items: tuple[Item, ...]
    pass_mark_percent: int
    seed: int
    quiz_class: str = GRADED
    time_limit_s: int | None = None
    attempt_limit: int | None = None
    # How answers are marked: "" stands for the usual way of its class (see behaviour_of).
    behaviour: str = ""
    penalty_percent: int = 0
    late_rule: str = LATE_IS_DECIDED
    has_second_marker: bool = False
    sections: tuple[Section, ...] = ()
    # When it may be begun and when it closes, as moments in UTC (ISO 8601); "" for no such time.
    opens_at: str = ""
    closes_at: str = ""
    # How long to wait after the hand-in of the attempt before.
    wait_s: int = 0
    # "" stands for one question a page.
    layout: str = ""

    @property
    def is_practice(self) -> bool:
        """Tell whether its keys may be known."""
        return self.quiz_class == PRACTICE

    @property
    def is_exam(self) -> bool:
        """Tell whether it is sat on the site only, by the site's clock."""
        return self.quiz_class == EXAM

    @property
    def has_times(self) -> bool:
        """Tell whether it has a time limit or a closing, which may be later for one learner than for another."""
        return self.time_limit_s is not None or bool(self.closes_at)

    def text(self) -> str:
        """Return the canonical text that is stored and hashed.

        A rule that is not set is not in it, so a paper from before there were such rules keeps its hash.
        """
        items = [_plain(item) for item in self.items]
        body: dict[str, Any] = {"items": items, "pass_mark_percent": self.pass_mark_percent, "seed": self.seed}
        if self.quiz_class != GRADED:
            body["quiz_class"] = self.quiz_class
        if self.time_limit_s is not None:
            body["time_limit_s"] = self.time_limit_s
        if self.attempt_limit is not None:
            body["attempt_limit"] = self.attempt_limit
        if self.behaviour:
            body |= {"behaviour": self.behaviour, "penalty_percent": self.penalty_percent}
        if self.late_rule != LATE_IS_DECIDED:
            body["late_rule"] = self.late_rule
        if self.has_second_marker:
            body["has_second_marker"] = True
        if self.sections:
            body["sections"] = [{"first": each.first, "title": dict(each.title)} for each in self.sections]
        times = {"opens_at": self.opens_at, "closes_at": self.closes_at, "wait_s": self.wait_s}
        body |= {name: value for name, value in (times | {"layout": self.layout}).items() if value}
        return canonical_json(body)

    @property
    def marking(self) -> str:
        """How answers are marked: AT_END, AT_ONCE, TRIES or CERTAINTY."""
        return self.behaviour or (AT_ONCE if self.is_practice else AT_END)

    @property
    def tells_at_once(self) -> bool:
        """Tell whether a page says what is right before the hand-in: never but in practice, whatever its rules say."""
        return self.is_practice and self.marking in {AT_ONCE, TRIES}

    @property
    def is_on_one_page(self) -> bool:
        """Tell whether all questions stand on one page."""
        return self.layout == ON_ONE_PAGE


def _plain(item: Item) -> dict[str, Any]:
    plain: dict[str, Any] = {"question": item.question, "version": item.version, "choices": list(item.choices)}
    return plain | ({"weight": item.weight_milli} if item.weight_milli != USUAL_WEIGHT_MILLI else {})


def read_sheet(text: str) -> Sheet:
    """Return the sheet of a stored text.

    >>> sheet = Sheet((Item("q", "v", ("a", "b")),), 70, 1)
    >>> read_sheet(sheet.text()) == sheet
    True
    """
    body: dict[str, Any] = json.loads(text)
    items = tuple(
        Item(item["question"], item["version"], tuple(item["choices"]), item.get("weight", USUAL_WEIGHT_MILLI))
        for item in body["items"]
    )
    return Sheet(
        items,
        body["pass_mark_percent"],
        body["seed"],
        body.get("quiz_class", GRADED),
        body.get("time_limit_s"),
        body.get("attempt_limit"),
        body.get("behaviour", ""),
        body.get("penalty_percent", 0),
        body.get("late_rule", LATE_IS_DECIDED),
        body.get("has_second_marker", False),
        tuple(Section(each["first"], each["title"]) for each in body.get("sections", ())),
        body.get("opens_at", ""),
        body.get("closes_at", ""),
        body.get("wait_s", 0),
        body.get("layout", ""),
    )


def draw_paper(
    candidates: Iterable[Candidate],
    *,
    draw: int,
    pass_mark_percent: int,
    seed: int,
    parts: Sequence[Part] = (),
    orders: Orders | None = None,
    **rules: Any,
) -> Sheet:
    """Return a sheet; the same for the same seed, bank and plan. The order of the bank does not matter.

    With `parts` it is drawn section by section; without, `draw` questions are spread over the lessons.
    `orders` tells the orders of choices of what was drawn, where the candidates do not hold them: of a large
    bank only that is read. `rules` are the other fields of a sheet. Raise TooFewQuestionsError.
    """
    dice = random.Random(seed)  # noqa: S311  # repeatable on purpose; the seed itself comes from `secrets`
    groups = choose_by_parts(candidates, parts, dice) if parts else [choose_spread(candidates, draw, dice)]
    chosen = [each for group in groups for each in group]
    written = orders([each.candidate for each in chosen]) if orders else {}
    items = tuple(_item(each, written, dice) for each in chosen)
    return Sheet(items, pass_mark_percent, seed, sections=_sections(parts, groups), **rules)


def practice_sheet(candidates: Iterable[Candidate], *, pass_mark_percent: int, **rules: Any) -> Sheet:
    """Return the practice paper: all questions, nothing shuffled, so that it is the same for everybody."""
    items = tuple(Item(each.question, each.version, each.choices) for each in candidates)
    return Sheet(items, pass_mark_percent, 0, PRACTICE, **rules)


def _item(chosen: Chosen, written: Mapping[str, Sequence[str]], dice: random.Random) -> Item:
    candidate = chosen.candidate
    order = written.get(candidate.version, candidate.choices)
    return Item(candidate.question, candidate.version, tuple(dice.sample(order, len(order))), chosen.weight_milli)


def _sections(parts: Sequence[Part], groups: Sequence[Sequence[Chosen]]) -> tuple[Section, ...]:
    """Return where each section begins; one in which nothing is asked is none."""
    found, first = [], 1
    for part, group in zip(parts, groups, strict=False):
        if group:
            found.append(Section(first, part.title))
        first += len(group)
    return tuple(found)
