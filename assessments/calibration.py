"""How well learners know what they know: how often they were right, by how certain they said to be. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.answering import CERTAINTIES
from assessments.drawing import Sheet
from assessments.questions.marking import FULL_MARK_MILLI
from assessments.scoring import Answers, Score, with_certainty


@dataclass(frozen=True, slots=True)
class Calibrated:
    """How often the answers that were given with one certainty were right."""

    certainty: int
    right: int
    times: int


def calibrate(certainties: Sequence[int | None], marks_milli: Sequence[int | None]) -> list[Calibrated]:
    """Return the certainties that were given, the greatest first; the two sequences run in step.

    An answer is right with its full mark. What a person has yet to mark is left out.

    >>> calibrate([3, 3, 1, None], [1000, 0, 1000, 1000])
    [Calibrated(certainty=3, right=1, times=2), Calibrated(certainty=1, right=1, times=1)]
    """
    found = []
    for level in reversed(CERTAINTIES):
        given = zip(certainties, marks_milli, strict=True)
        marks = [mark for held, mark in given if held == level and mark is not None]
        if marks:
            found.append(Calibrated(level, marks.count(FULL_MARK_MILLI), len(marks)))
    return found


def held_certainties(sheet: Sheet, answers: Answers) -> list[int | None]:
    """Return how certain the learner was of each answer, in the order of the paper: the least where none is said.

    None for a question without an answer.
    """
    return [
        (answers.certainties.get(item.question) or min(CERTAINTIES)) if item.question in answers.responses else None
        for item in sheet.items
    ]


def points_by_certainty(score: Score, certainties: Sequence[int | None]) -> Mapping[int, int]:
    """Return the thousandths of a point that each answer brought before its weight, by its place from 0."""
    return {
        place: with_certainty(mark, held)
        for place, (mark, held) in enumerate(zip(score.marks_milli, certainties, strict=True))
        if mark is not None and held is not None
    }
