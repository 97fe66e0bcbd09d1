"""How a paper is scored. Pure: the same paper, versions and responses give the same score on every node."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from assessments.drawing import CERTAINTY, TRIES, Item, Sheet
from assessments.questions.marking import FULL_MARK_MILLI, MARKED_BY_HAND, MARKERS


class Keyed(Protocol):
    """What scoring needs of a version."""

    @property
    def kind(self) -> str:
        """The name of its kind."""

    @property
    def structure(self) -> Mapping[str, Any]:
        """Its structure, with the key."""


@dataclass(frozen=True, slots=True)
class Regraded:
    """What was decided about one question of an attempt after it was handed in: see assessments.regrading."""

    rule: str
    version: str = ""


FULL, DROP, KEY = "full", "drop", "key"


@dataclass(frozen=True, slots=True)
class Answers:
    """All that a paper is scored from. `certainties` and `tries` are asked by the paper's way of marking only.

    `by_hand` are the marks in thousandths that a person gave; an answer that needs one and has none is not
    marked yet. `regraded` is by question.
    """

    responses: Mapping[str, Any]
    certainties: Mapping[str, int | None] = field(default_factory=dict)
    tries: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    by_hand: Mapping[str, int] = field(default_factory=dict)
    regraded: Mapping[str, Regraded] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """The marks of a paper, item by item, and what they add up to, in thousandths of a point.

    `marks_milli` are thousandths of a full mark, whatever the question weighs; None where a person has yet to
    mark it: `points_milli` then holds what is marked, and nobody has passed.
    """

    marks_milli: tuple[int | None, ...]
    points_milli: int
    out_of_milli: int
    is_passed: bool

    @property
    def awaits_marking(self) -> bool:
        """Tell whether a person has yet to mark a part."""
        return None in self.marks_milli


def score_paper(sheet: Sheet, versions: Mapping[str, Keyed], answers: Answers) -> Score:
    """Return the score of a paper. A question without a response earns nothing.

    With certainty a question weighs three times as much, and the whole is never below 0.

    >>> from assessments.drawing import Item
    >>> score_paper(Sheet((Item("q", "v", ()),), 70, 1), {}, Answers({})).is_passed
    False
    """
    full = MOST_CERTAIN if sheet.marking == CERTAINTY else 1
    marks = tuple(mark_item(sheet, item, versions, answers) for item in sheet.items)
    points = out_of = 0
    for item, mark in zip(sheet.items, marks, strict=True):
        if rule_of(item, answers) == DROP or _is_only_compared(sheet, item, versions):
            continue
        points += item.weight_milli * weigh(sheet, item, mark or 0, answers) // FULL_MARK_MILLI
        out_of += item.weight_milli * full
    points = max(0, points)
    is_passed = None not in marks and has_passed(points, out_of, sheet.pass_mark_percent)
    return Score(marks, points, out_of, is_passed=is_passed)


def _is_only_compared(sheet: Sheet, item: Item, versions: Mapping[str, Keyed]) -> bool:
    """Tell whether nobody marks it: practice shows a model answer beside what a person would mark."""
    return sheet.is_practice and versions[item.version].kind in MARKED_BY_HAND


def mark_item(sheet: Sheet, item: Item, versions: Mapping[str, Keyed], answers: Answers) -> int | None:
    """Return the mark of one item in thousandths, before weight and certainty; None where a person has yet to."""
    if rule_of(item, answers) in {FULL, DROP}:
        return FULL_MARK_MILLI
    if item.question not in answers.responses:
        return 0
    regraded = answers.regraded.get(item.question)
    version = versions[regraded.version if regraded and regraded.version else item.version]
    if version.kind in MARKED_BY_HAND:
        # Practice has nobody who marks: such a question counts nothing there, and says its model answer.
        return answers.by_hand.get(item.question, 0 if sheet.is_practice else None)
    marker = MARKERS[version.kind]
    if sheet.marking == TRIES:
        tried = answers.tries.get(item.question, ())
        responses = tried or [answers.responses[item.question]]
        return less_penalty(marker(version.structure, responses[-1]), len(responses), sheet.penalty_percent)
    return marker(version.structure, answers.responses[item.question])


def less_penalty(mark_milli: int, tries: int, penalty_percent: int) -> int:
    """Return a mark less what the tries before it cost; never below 0.

    >>> less_penalty(1000, 3, 33), less_penalty(500, 3, 33)
    (340, 0)
    """
    return max(0, mark_milli - (tries - 1) * penalty_percent * FULL_MARK_MILLI // 100)


# Points for a right and for a wrong answer, by how certain the learner was (Gardner-Medwin's scheme).
RIGHT_POINTS = {1: 1, 2: 2, 3: 3}
WRONG_POINTS = {1: 0, 2: -2, 3: -6}
MOST_CERTAIN = 3


def with_certainty(mark_milli: int, certainty: int | None) -> int:
    """Return thousandths of a point, from -6000 to 3000, for a mark and how certain the learner was.

    An answer that earns something earns its share of the right points; one that earns nothing costs the
    wrong ones. Without a certainty the lowest counts.

    >>> with_certainty(1000, 3), with_certainty(500, 2), with_certainty(0, 3), with_certainty(0, None)
    (3000, 1000, -6000, 0)
    """
    held = certainty if certainty in RIGHT_POINTS else min(RIGHT_POINTS)
    return mark_milli * RIGHT_POINTS[held] if mark_milli > 0 else WRONG_POINTS[held] * FULL_MARK_MILLI


def weigh(sheet: Sheet, item: Item, mark_milli: int, answers: Answers) -> int:
    """Return what a mark brings before the question's weight: the same but with certainty."""
    if sheet.marking != CERTAINTY:
        return mark_milli
    if rule_of(item, answers) == FULL:
        return FULL_MARK_MILLI * MOST_CERTAIN
    if item.question not in answers.responses:
        return 0
    return with_certainty(mark_milli, answers.certainties.get(item.question))


def rule_of(item: Item, answers: Answers) -> str:
    """Return the rule by which a question was marked anew, "" for none."""
    regraded = answers.regraded.get(item.question)
    return regraded.rule if regraded else ""


def has_passed(points_milli: int, out_of_milli: int, pass_mark_percent: int) -> bool:
    """Tell whether the points reach the pass mark, in whole numbers: no rounding up to a pass."""
    return out_of_milli > 0 and points_milli * 100 >= pass_mark_percent * out_of_milli
