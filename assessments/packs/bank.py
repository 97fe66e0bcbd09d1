"""From the questions of a pack to rows of the bank. A question is known by its UUID, never by its words."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from assessments.models import Choice, Question, QuestionText
from assessments.packs.questions import FILE, TRUE_FALSE, PackQuestion, PackText
from assessments.publishing import publish, retire
from assessments.questions.registry import KINDS, kind_of
from courses.packs.errors import PackErrors, Problem
from courses.packs.model import Pack


def write_questions(questions: Sequence[PackQuestion], pack: Pack) -> int:
    """Bring the bank of a course in line with its pack; return how many questions changed.

    Unchanged: nothing is written. Changed: a new version; attempts keep the one they saw. No longer in
    the pack: retired, never deleted. Questions of one country are that country's own and stay.
    """
    course = pack.course.uuid
    rows = Question.objects.filter(uuid__in=[each.uuid for each in questions])
    known = {row.uuid: row for row in rows.prefetch_related("texts", "choice_rows")}
    _refuse_foreign(questions, known, course)
    changed = sum(_write(each, known.get(each.uuid), course) for each in questions)
    gone = Question.objects.filter(course_uuid=course, country=None).exclude(uuid__in=[each.uuid for each in questions])
    # A draft is an editor's own work under way: the pack never held it.
    return changed + sum(retire(row) for row in gone.exclude(status=Question.Status.DRAFT))


def read_bank(course: UUID) -> list[PackQuestion]:
    """Return the published questions of a course as a pack holds them, for an export. Four queries or so."""
    rows = Question.objects.filter(course_uuid=course, country=None, status=Question.Status.PUBLISHED)
    return [as_pack_question(row) for row in rows.order_by("pk").prefetch_related("texts", "choice_rows")]


def as_pack_question(row: Question) -> PackQuestion:
    """Return a row as a pack holds it."""
    choices = sorted(row.choice_rows.all(), key=lambda choice: choice.position)
    return PackQuestion(
        uuid=row.uuid,
        kind=kind_of(row).name,
        lesson=row.lesson_uuid,
        difficulty=row.difficulty,
        source=row.source,
        choices=tuple((choice.uuid, choice.is_right) for choice in choices),
        is_true=getattr(row, "is_true", True),
        texts={
            text.language: PackText(
                text.stem, text.feedback, tuple(text.choices.get(str(choice.uuid), "") for choice in choices)
            )
            for text in sorted(row.texts.all(), key=lambda text: text.language)
        },
        is_practice=row.is_practice,
    )


def _refuse_foreign(questions: Iterable[PackQuestion], known: dict[UUID, Question], course: UUID) -> None:
    """Refuse an id that is another course's, or that has become another kind: its statistics would mix."""
    problems = [
        Problem(FILE, 1, f"question {each.uuid} is already here, {reason}")
        for each in questions
        if each.uuid in known and (reason := _foreign(each, known[each.uuid], course))
    ]
    if problems:
        raise PackErrors(problems)


def _foreign(question: PackQuestion, row: Question, course: UUID) -> str:
    if row.course_uuid != course or row.country_id is not None:
        return "in another course or country; give the question a new uuid"
    if kind_of(row).name != question.kind:
        return f"as {kind_of(row).name}; a question of another kind is another question, give it a new uuid"
    if row.is_practice != question.is_practice and row.version_number:
        return "for practice or for grading, and stays so for good; give it a new uuid"
    return ""


def _write(question: PackQuestion, row: Question | None, course: UUID) -> bool:
    published = Question.Status.PUBLISHED
    if row and row.status == published and row.version_sha256 and as_pack_question(row) == question:
        return False
    before = row.version_sha256 if row else ""
    fields: dict[str, Any] = {
        "course_uuid": course,
        "lesson_uuid": question.lesson,
        "difficulty": question.difficulty,
        "source": question.source,
        "is_practice": question.is_practice,
    }
    if question.kind == TRUE_FALSE:
        fields["is_true"] = question.is_true
    row = row or KINDS[question.kind].model(uuid=question.uuid)
    was = row.status
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    _write_parts(question, row)
    # Read again: publishing must see the rows, not what was prefetched before.
    version = publish(Question.objects.get(pk=row.pk))
    return version.sha256 != before or was != published


def _write_parts(question: PackQuestion, row: Question) -> None:
    row.choice_rows.all().delete()
    Choice.objects.bulk_create(
        Choice(uuid=uuid, question=row, position=position, is_right=right)
        for position, (uuid, right) in enumerate(question.choices)
    )
    row.texts.all().delete()
    QuestionText.objects.bulk_create(
        QuestionText(
            question=row,
            language=language,
            stem=text.stem,
            feedback=text.feedback,
            choices={str(uuid): words for (uuid, _right), words in zip(question.choices, text.choices, strict=True)},
        )
        for language, text in question.texts.items()
    )
