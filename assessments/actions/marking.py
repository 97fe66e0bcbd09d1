"""Mark an answer that a person marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Login
from assessments.actions.statements import say
from assessments.drawing import Item
from assessments.errors import AnswerChangedError, NotWaitingForMarksError
from assessments.hand_marks import LONGEST_COMMENT, VERB, HandMarked, mark_facts, response_sha256
from assessments.marking_rows import read_answer
from assessments.models import Attempt, HandMarking
from assessments.policy import ANSWERS_MARK
from assessments.versions import versions_of
from courses.completion import announce_completion
from records.deriving import derive_late_ones_once
from records.storage import hold_log, statements_of


@dataclass(frozen=True, slots=True)
class Marked:
    """What a mark led to: whether it was new, and whether another person has yet to mark the answer."""

    was_new: bool
    awaits_another: bool


@transaction.atomic
def mark_answer(*, by: Login, marking: HandMarking, seen: str, points: Mapping[str, int], comment: str) -> Marked:
    """Say how many points an answer earns by each criterion of its rubric, audited.

    `seen` is the hash of the response that the marker read. The same marks again change nothing; others by
    the same person take the place of the former. The attempt gets its score with the last mark that it
    lacks, and a course that it completes is announced. Raise PermissionDenied for an answer out of scope or
    one's own, AnswerChangedError where another response stands by now, NotWaitingForMarksError where others
    have marked it, ValueError for points that the rubric does not give.
    """
    if not ANSWERS_MARK.allows(by, marking):
        raise PermissionDenied
    hold_log()
    attempt = Attempt.objects.select_related("enrolment__country").get(pk=marking.attempt_id)
    known = statements_of([attempt.pk])
    answer = read_answer(marking, known)
    item, response, before = answer.item, answer.response, answer.marked
    if response is None or response_sha256(response) != seen:
        raise AnswerChangedError
    facts = mark_facts(item, response, _rubric(item, points), points, comment[:LONGEST_COMMENT])
    accounts = set(by.person.actor_accounts.values_list("uuid", flat=True))
    if _stands(before, accounts, facts["points"], facts["comment"]):
        return Marked(was_new=False, awaits_another=before.final_milli is None)
    if before.mark_of(accounts) is None and before.final_milli is not None:
        raise NotWaitingForMarksError
    with derive_late_ones_once():
        known = say(
            VERB,
            attempt=attempt.pk,
            enrolment=attempt.enrolment_id,
            actor=_speaker(before, accounts),
            quiz=attempt.quiz_uuid,
            at=timezone.now(),
            statement_id=uuid4(),
            facts=facts,
            known=known,
        )
        # Tells only whoever waits for it: where the course is not complete by this, nothing follows.
        announce_completion(attempt.enrolment_id)
    after = answer.with_more(known).marked
    detail = {"question": item.question, "points": sum(points.values())}
    record_audit(by=by, act="answer.marked", target=attempt, country=attempt.enrolment.country, detail=detail)
    return Marked(was_new=True, awaits_another=after.final_milli is None)


def _rubric(item: Item, points: Mapping[str, int]) -> dict[str, int]:
    """Return the greatest points by criterion; raise ValueError where these points are not the rubric's."""
    structure = versions_of([item.version])[item.version].structure
    rubric = {each["id"]: each["points"] for each in structure["rubric"]}
    if points.keys() != rubric.keys() or any(not 0 <= points[part] <= most for part, most in rubric.items()):
        msg = f"{dict(points)!r} are no points of the rubric {rubric!r}"
        raise ValueError(msg)
    return rubric


def _stands(before: HandMarked, accounts: set[UUID], points: Mapping[str, int], comment: str) -> bool:
    own = before.mark_of(accounts)
    return own is not None and (dict(own.points), own.comment) == (dict(points), comment)


def _speaker(before: HandMarked, accounts: set[UUID]) -> UUID:
    """Return the account that marks: the one that did before, so that one person stays one marker."""
    own = before.mark_of(accounts)
    return own.marker if own else min(accounts)
