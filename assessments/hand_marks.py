"""What people said of the answers that a person marks: statements with the verb `marked`. Pure.

A mark names the response that it was given for, by its hash: a mark for another response, or of another
version of the question, counts nothing. Of one marker the latest counts. Nobody marks an attempt of their
own: what the learner says of it is no mark.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessments.answering import AttemptLog
from assessments.drawing import Item, Sheet
from assessments.questions.credit import FULL_MARK_MILLI
from elearning.lib.canonical import canonical_json, sha256_hex
from records.statements import Said

VERB = "marked"
# Two marks that lie no further apart agree, in thousandths.
AGREED_WITHIN_MILLI = 100
LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class HandMark:
    """One marker's latest mark of one answer, and when it and that marker's first one were said."""

    marker: UUID
    points: Mapping[str, int]
    out_of: Mapping[str, int]
    comment: str
    said: tuple[str, str]
    first_said: tuple[str, str]

    @property
    def milli(self) -> int:
        """The mark in thousandths, rounded down."""
        reached = sum(min(self.points.get(part, 0), most) for part, most in self.out_of.items())
        return reached * FULL_MARK_MILLI // sum(self.out_of.values())


@dataclass(frozen=True, slots=True)
class HandMarked:
    """How far an answer is marked: the marks in the order of their markers, and those that count."""

    marks: tuple[HandMark, ...]
    # Whose mean is the mark; none while a marker is missing.
    counted: tuple[HandMark, ...]

    @property
    def final_milli(self) -> int | None:
        """The mark that counts, in thousandths; None while a marker is missing."""
        return sum(each.milli for each in self.counted) // len(self.counted) if self.counted else None

    def mark_of(self, markers: Iterable[UUID]) -> HandMark | None:
        """Return the mark of somebody who has these actor accounts."""
        own = set(markers)
        return next((each for each in self.marks if each.marker in own), None)


def marks_by_hand(log: AttemptLog, sheet: Sheet) -> dict[str, int]:
    """Return the marks that count, in thousandths, by question; a question that lacks a marker is not in it."""
    if not any(said.verb == VERB for said in log.others):
        return {}
    found = {item.question: marked_by_hand(log, sheet, item).final_milli for item in sheet.items}
    return {question: milli for question, milli in found.items() if milli is not None}


def marked_by_hand(log: AttemptLog, sheet: Sheet, item: Item) -> HandMarked:
    """Return how far the answer that stands is marked.

    With one marker the latest mark of all counts, so that a second look corrects a first. With two, the
    markers stand in the order in which they began; where the first two are further apart than
    AGREED_WITHIN_MILLI, the median of the first three counts.
    """
    marks = sorted(_marks_of(log, item), key=lambda each: each.first_said)
    if sheet.has_second_marker:
        counted = _among_several(marks)
    else:
        counted = [max(marks, key=lambda each: each.said)] if marks else []
    return HandMarked(tuple(marks), tuple(counted))


def _among_several(marks: list[HandMark]) -> list[HandMark]:
    if len(marks) <= 1:
        return []
    first, second, *others = marks
    if abs(first.milli - second.milli) <= AGREED_WITHIN_MILLI:
        return [first, second]
    return sorted([first, second, others[0]], key=lambda each: (each.milli, each.first_said))[1:2] if others else []


def response_sha256(response: Any) -> str:
    """Return the hash by which a mark names a response."""
    return sha256_hex(canonical_json(response))


def mark_facts(item: Item, response: Any, rubric: Mapping[str, int], points: Mapping[str, int], comment: str) -> Any:
    """Return what a mark says; `rubric` has the points that each criterion gives at most."""
    return {
        "question": item.question,
        "version": item.version,
        "response_sha256": response_sha256(response),
        "points": {part: points[part] for part in rubric},
        "out_of": dict(rubric),
        "comment": comment,
    }


def _marks_of(log: AttemptLog, item: Item) -> list[HandMark]:
    """Return the latest mark of each marker for the response that stands."""
    if item.question not in log.responses:
        return []
    about = {
        "question": item.question,
        "version": item.version,
        "response_sha256": response_sha256(log.responses[item.question]),
    }
    said = [each for each in log.others if each.verb == VERB and about.items() <= each.facts.items()]
    firsts: dict[UUID, tuple[str, str]] = {}
    latest: dict[UUID, HandMark] = {}
    for each in sorted(said, key=_when):
        if mark := _read(each, firsts.get(each.actor_uuid, _when(each))):
            firsts.setdefault(each.actor_uuid, _when(each))
            latest[each.actor_uuid] = mark
    return list(latest.values())


def _read(said: Said, first_said: tuple[str, str]) -> HandMark | None:
    """Return what a mark says; None for one that can't be read: it stays in the log and counts nothing."""
    points, out_of, comment = (said.facts.get(name) for name in ("points", "out_of", "comment"))
    if not _are_points(points) or not _are_points(out_of) or not sum(out_of.values()):  # type: ignore[union-attr]
        return None
    told = comment if isinstance(comment, str) else ""
    return HandMark(said.actor_uuid, points, out_of, told, _when(said), first_said)  # type: ignore[arg-type]


def _are_points(value: Any) -> bool:
    return isinstance(value, dict) and all(type(each) is int and each >= 0 for each in value.values())


def _when(said: Said) -> tuple[str, str]:
    return (said.timestamp, str(said.id))
