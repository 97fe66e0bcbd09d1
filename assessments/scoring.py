"""How a paper is scored. Pure: the same paper, versions and responses give the same score on every node."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from assessments.drawing import Sheet
from assessments.questions.marking import FULL_MARK_MILLI, MARKERS


class Keyed(Protocol):
    """What scoring needs of a version."""

    @property
    def kind(self) -> str:
        """The name of its kind."""

    @property
    def structure(self) -> Mapping[str, Any]:
        """Its structure, with the key."""


@dataclass(frozen=True, slots=True)
class Score:
    """The marks of a paper, item by item, and what they add up to, in thousandths of a point."""

    marks_milli: tuple[int, ...]
    points_milli: int
    out_of_milli: int
    is_passed: bool


def score_paper(sheet: Sheet, versions: Mapping[str, Keyed], responses: Mapping[str, Any]) -> Score:
    """Return the score of a paper. A question without a response earns nothing.

    >>> from assessments.drawing import Item
    >>> score_paper(Sheet((Item("q", "v", ()),), 70, 1), {}, {}).is_passed
    False
    """
    marks = tuple(
        MARKERS[versions[item.version].kind](versions[item.version].structure, responses[item.question])
        if item.question in responses
        else 0
        for item in sheet.items
    )
    points, out_of = sum(marks), FULL_MARK_MILLI * len(sheet.items)
    return Score(marks, points, out_of, is_passed=has_passed(points, out_of, sheet.pass_mark_percent))


def has_passed(points_milli: int, out_of_milli: int, pass_mark_percent: int) -> bool:
    """Tell whether the points reach the pass mark, in whole numbers: no rounding up to a pass."""
    return out_of_milli > 0 and points_milli * 100 >= pass_mark_percent * out_of_milli
