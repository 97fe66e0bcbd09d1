"""Whether what a device says of attempts may be believed: the paper is known, it is the speaker's own, no exam.

The door of sync asks. What is refused here is kept aside by it, with the reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from assessments.answering import read_beginning
from assessments.drawing import read_sheet
from assessments.keeping import Kept
from assessments.models import Paper, PracticePaper
from courses.models import Enrolment
from records.statements import Said
from records.storage import statements_of

UNKNOWN = "paper-unknown"
NOT_YOURS = "paper-not-yours"
EXAM = "exam-on-a-device"


@dataclass(frozen=True, slots=True)
class Handed:
    """A paper that was given out: to whom, of which quiz, and what an attempt at it begins by saying."""

    actor: UUID | None
    enrolment: UUID
    quiz: UUID
    number: int | None
    sha256: str
    is_exam: bool

    def is_begun_by(self, facts: dict[str, Any]) -> bool:
        """Tell whether the facts of an `initialized` are this paper's and no other's."""
        said = (facts.get("enrolment"), facts.get("quiz"), facts.get("paper"))
        has_number = self.number is None or (type(facts.get("number")) is int and facts["number"] == self.number)
        return said == (str(self.enrolment), str(self.quiz), self.sha256) and has_number


kept: Kept[UUID, Handed] = Kept(4096)


def judge_attempt_statements(said: Sequence[Said], actor: UUID) -> dict[UUID, str | None]:
    """Return for each statement why it is refused, or None. All are said by `actor`, about attempts.

    An attempt at a practice paper has no paper of its own: what it began with names the sheet, in this
    batch or an earlier one. One query for papers that are new to this process; three more where some
    are of practice.
    """
    units = {each.unit_uuid for each in said}
    papers = kept.take(units)
    papers |= _drawn(units - papers.keys())
    practised = _practised(units - papers.keys(), said, actor) if units - papers.keys() else {}
    return {each.id: _judge(each, papers.get(each.unit_uuid) or practised.get(each.unit_uuid), actor) for each in said}


def _judge(said: Said, paper: Handed | None, actor: UUID) -> str | None:
    if paper is None:
        return UNKNOWN
    if paper.actor != actor:
        return NOT_YOURS
    if paper.is_exam:
        return EXAM
    if said.verb == "initialized" and not paper.is_begun_by(said.facts):
        return NOT_YOURS
    return None


def _drawn(units: Iterable[UUID]) -> dict[UUID, Handed]:
    """Return the papers that were drawn for these attempts. One query, none for none."""
    wanted = list(units)
    if not wanted:
        return {}
    whose = Subquery(Enrolment.objects.filter(pk=OuterRef("enrolment_uuid")).values("actor_uuid")[:1])
    columns = ("uuid", "whose", "enrolment_uuid", "quiz_uuid", "number", "sha256", "text")
    rows = Paper.objects.filter(pk__in=wanted).annotate(whose=whose).values_list(*columns)
    found = {
        uuid: Handed(actor, enrolment, quiz, number, sha256, read_sheet(text).is_exam)
        for uuid, actor, enrolment, quiz, number, sha256, text in rows
    }
    # A paper whose enrolment has not arrived yet is asked for again: it will have an owner then.
    kept.keep({uuid: paper for uuid, paper in found.items() if paper.actor})
    return found


def _practised(units: set[UUID], said: Sequence[Said], actor: UUID) -> dict[UUID, Handed]:
    """Return what the other attempts are, where they were begun with a practice paper: before, or in this batch.

    What was begun first stands: nobody begins another's attempt once more in their own name.
    """
    before = [each for each in statements_of(units) if each.verb == "initialized"]
    begun = [*_in_order(before), *_in_order(each for each in said if each.verb == "initialized")]
    read = [(each, beginning) for each in begun if each.unit_uuid in units and (beginning := read_beginning(each))]
    if not read:
        return {}
    papers = PracticePaper.objects.filter(pk__in={beginning.paper for _said, beginning in read})
    quizzes = dict(papers.values_list("sha256", "quiz_uuid"))
    mine = set(Enrolment.objects.filter(actor_uuid=actor).values_list("pk", flat=True))
    found: dict[UUID, Handed] = {}
    for each, beginning in read:
        if quizzes.get(beginning.paper) == beginning.quiz:
            # Begun in another's enrolment, or by somebody else, it is not this actor's.
            owner = actor if each.actor_uuid == actor and beginning.enrolment in mine else None
            handed = Handed(owner, beginning.enrolment, beginning.quiz, None, beginning.paper, is_exam=False)
            found.setdefault(each.unit_uuid, handed)
    return found


def _in_order(said: Iterable[Said]) -> list[Said]:
    return sorted(said, key=lambda each: (each.timestamp, str(each.id)))
