"""What is drawn from: the questions of a course, as drawing needs them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Subquery

from assessments.drawing import Candidate, Sheet, practice_sheet
from assessments.models import Question, Quiz
from assessments.questions.registry import kind_named
from assessments.versions import versions_of
from courses.models import Enrolment
from records.models import Node

_Row = tuple[UUID, str, UUID | None]


def bank_and_node(quiz: Quiz, enrolment: Enrolment) -> tuple[list[Candidate], UUID | None]:
    """Return what may be drawn for an enrolment, and this node. One query when the versions are in the process."""
    node = Node.objects.filter(is_here=True).values("uuid")[:1]
    questions = Question.objects.drawable(quiz.course_uuid, enrolment.country_id)
    columns = ("uuid", "version_sha256", "lesson_uuid", "node")
    rows = list(questions.order_by().annotate(node=Subquery(node)).values_list(*columns))
    return _candidates(row[:3] for row in rows), rows[0][3] if rows else None


def practice_sheet_of(quiz: Quiz) -> Sheet:
    """Return the practice paper of a course as its questions stand now; without items where there are none."""
    rows = Question.objects.practised(quiz.course_uuid).values_list("uuid", "version_sha256", "lesson_uuid")
    return practice_sheet(_candidates(rows), pass_mark_percent=quiz.pass_mark_percent)


def _candidates(rows: Iterable[_Row]) -> list[Candidate]:
    listed = list(rows)
    versions = versions_of(sha256 for _question, sha256, _lesson in listed)
    return [
        Candidate(str(uuid), sha256, str(lesson or ""), _choices_of(versions[sha256].kind, versions[sha256].structure))
        for uuid, sha256, lesson in listed
    ]


def _choices_of(kind: str, structure: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(kind_named(kind).choices_of(structure))
