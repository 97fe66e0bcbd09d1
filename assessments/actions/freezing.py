"""Draw a paper and freeze it. The caller is in a transaction and holds the log."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from assessments.bank import bank_and_node, marking_of, orders_of
from assessments.drawing import SEED_BITS, Sheet, draw_paper
from assessments.errors import TooFewQuestionsError
from assessments.models import Paper, Quiz
from assessments.planning import plan_of
from assessments.selecting import Candidate, Part
from assessments.windows import ALWAYS_OPEN, Window, text_of
from courses.models import Enrolment
from elearning.lib.canonical import sha256_hex
from elearning.lib.ids import derived_uuid


def freeze_paper(
    quiz: Quiz,
    enrolment: Enrolment,
    number: int,
    moment: datetime,
    *,
    device: UUID | None = None,
    window: Window = ALWAYS_OPEN,
) -> tuple[Paper, Sheet]:
    """Return a new paper for an attempt, here or on a device; raise TooFewQuestionsError.

    Three queries, one more for versions that are new to this process; with sections five more at most, however
    many they are. None of it grows with the bank.
    """
    parts = plan_of(quiz)
    bank, node = bank_and_node(quiz, enrolment, parts)
    if node is None:
        raise TooFewQuestionsError
    sheet = sheet_of(quiz, bank, parts, window)
    text = sheet.text()
    paper = Paper(
        uuid=_attempt_id(node, enrolment.pk, quiz.uuid, number, device),
        enrolment_uuid=enrolment.pk,
        quiz_uuid=quiz.uuid,
        number=number,
        node_uuid=node,
        device_uuid=device,
        text=text,
        sha256=sha256_hex(text),
        drawn_at=moment,
    )
    paper.save()
    return paper, sheet


def sheet_of(
    quiz: Quiz, bank: Sequence[Candidate], parts: Sequence[Part], window: Window = ALWAYS_OPEN, seed: int | None = None
) -> Sheet:
    """Return a sheet drawn from a bank by the rules of a quiz; raise TooFewQuestionsError. Stores nothing."""
    if not parts and len(bank) < quiz.draw:
        raise TooFewQuestionsError
    return draw_paper(
        bank,
        draw=quiz.draw,
        pass_mark_percent=quiz.pass_mark_percent,
        seed=secrets.randbits(SEED_BITS) if seed is None else seed,
        parts=parts,
        orders=orders_of,
        quiz_class=quiz.quiz_class,
        time_limit_s=quiz.time_limit_s,
        attempt_limit=quiz.attempt_limit,
        late_rule=str(quiz.late_rule),
        has_second_marker=quiz.has_second_marker,
        opens_at=text_of(window.opens_at),
        closes_at=text_of(window.closes_at),
        wait_s=quiz.wait_s,
        **marking_of(quiz),
    )


def _attempt_id(node: UUID, enrolment: UUID, quiz: UUID, number: int, device: UUID | None) -> UUID:
    parts: list[Any] = ["attempt", node, enrolment, quiz, number]
    return derived_uuid(*parts, device) if device else derived_uuid(*parts)
