"""Draw a paper and freeze it. The caller is in a transaction and holds the log."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from assessments.bank import bank_and_node
from assessments.drawing import SEED_BITS, Sheet, draw_paper
from assessments.errors import TooFewQuestionsError
from assessments.models import Paper, Quiz
from courses.models import Enrolment
from elearning.lib.canonical import sha256_hex
from elearning.lib.ids import derived_uuid


def freeze_paper(
    quiz: Quiz, enrolment: Enrolment, number: int, moment: datetime, *, device: UUID | None = None
) -> tuple[Paper, Sheet]:
    """Return a new paper for an attempt, here or on a device; raise TooFewQuestionsError. Two queries."""
    bank, node = bank_and_node(quiz, enrolment)
    if node is None or len(bank) < quiz.draw:
        raise TooFewQuestionsError
    sheet = draw_paper(
        bank,
        draw=quiz.draw,
        pass_mark_percent=quiz.pass_mark_percent,
        seed=secrets.randbits(SEED_BITS),
        quiz_class=quiz.quiz_class,
        time_limit_s=quiz.time_limit_s,
        attempt_limit=quiz.attempt_limit,
    )
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


def _attempt_id(node: UUID, enrolment: UUID, quiz: UUID, number: int, device: UUID | None) -> UUID:
    parts: list[Any] = ["attempt", node, enrolment, quiz, number]
    return derived_uuid(*parts, device) if device else derived_uuid(*parts)
