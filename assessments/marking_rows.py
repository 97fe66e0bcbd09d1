"""The rows of answers that a person marks, as they follow from the statements of attempts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessments.accommodating import held_sheet
from assessments.answering import AttemptLog, follow_attempt
from assessments.drawing import Item, Sheet
from assessments.hand_marks import HandMark, HandMarked, marked_by_hand
from assessments.lateness import cut_late
from assessments.models import HandMarking
from assessments.papers import Frozen, find_papers
from assessments.questions.marking import MARKED_BY_HAND
from assessments.scoring import DROP, FULL, rule_of
from assessments.standing import answers_that_stand
from assessments.versions import find_versions
from elearning.lib.ids import derived_uuid
from records.statements import Said


@dataclass(frozen=True, slots=True)
class StandingAnswer:
    """One answer that a person marks, as it stands: what was said of it is in the log."""

    sheet: Sheet
    item: Item
    log: AttemptLog

    @property
    def response(self) -> Any:
        """The response, None where it was taken back."""
        return self.log.responses.get(self.item.question)

    @property
    def marked(self) -> HandMarked:
        """How far it is marked."""
        return marked_by_hand(self.log, self.sheet, self.item)

    def with_more(self, known: Sequence[Said]) -> "StandingAnswer":
        """Return the same answer after more was said."""
        return StandingAnswer(self.sheet, self.item, cut_late(follow_attempt(known), self.sheet))


def read_answer(row: HandMarking, known: Sequence[Said]) -> StandingAnswer:
    """Return the answer of a row, from the statements of its attempt. No query when this process knows the paper."""
    log = follow_attempt(known)
    sheet = held_sheet(find_papers([row.attempt_id])[row.attempt_id].sheet, row.attempt_id, log)
    item = next(each for each in sheet.items if each.question == str(row.question_uuid))
    return StandingAnswer(sheet, item, cut_late(log, sheet))


def write_hand_markings(logs: Mapping[UUID, AttemptLog], papers: Mapping[UUID, Frozen]) -> None:
    """Write a row for each answer of these attempts that a person marks; all are handed in.

    No query where no paper asks for such an answer. An answer that was taken back, or that was decided about
    without marking it, leaves the table. Practice has nobody who marks.
    """
    rows, gone = [], []
    for unit, log in logs.items():
        paper = papers.get(unit)
        if paper and log.beginning and paper.sha256 == log.beginning.paper and not paper.sheet.is_practice:
            found = {item.question: _row(unit, log, paper.sheet, item) for item in items_by_hand(paper.sheet)}
            rows += [row for row in found.values() if row]
            gone += [marking_id(unit, question) for question, row in found.items() if row is None]
    HandMarking.write(rows)
    if gone:
        HandMarking.objects.filter(pk__in=gone).delete()


def items_by_hand(sheet: Sheet) -> Iterator[Item]:
    """Yield the items of a paper that a person marks; one whose version is not here yet is left out."""
    versions = find_versions(item.version for item in sheet.items)
    for item in sheet.items:
        version = versions.get(item.version)
        if version and version.kind in MARKED_BY_HAND:
            yield item


def marking_id(attempt: UUID, question: str) -> UUID:
    """Return the id of the row of one answer."""
    return derived_uuid("hand-marking", attempt, question)


def _row(unit: UUID, log: AttemptLog, sheet: Sheet, item: Item) -> HandMarking | None:
    answers = answers_that_stand(log, sheet)
    if item.question not in answers.responses or rule_of(item, answers) in {FULL, DROP}:
        return None
    marked = StandingAnswer(sheet, item, cut_late(log, sheet)).marked
    first, second, *_others = (*marked.marks, None, None)
    return HandMarking(
        uuid=marking_id(unit, item.question),
        attempt_id=unit,
        question_uuid=UUID(item.question),
        version_sha256=item.version,
        first_by_uuid=_marker(first),
        first_milli=first.milli if first else None,
        second_by_uuid=_marker(second),
        second_milli=second.milli if second else None,
        final_milli=marked.final_milli,
    )


def _marker(mark: HandMark | None) -> UUID | None:
    return mark.marker if mark else None
