"""From the questions of a pack to rows of the bank. A question is known by its UUID, never by its words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from assessments.models import Question, QuestionTag, QuestionText
from assessments.packs.drawers import Drawers
from assessments.packs.questions import FILE, PackQuestion, PackText, picture_file
from assessments.pictures import find_picture, sha256_of, store_picture
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
    known = {row.uuid: row for row in rows.prefetch_related("texts", "tags")}
    drawers = Drawers(pack.course.languages[0])
    _refuse_foreign(questions, known, course)
    changed = sum(_write(each, known.get(each.uuid), course, drawers) for each in questions)
    gone = Question.objects.filter(course_uuid=course, country=None).exclude(uuid__in=[each.uuid for each in questions])
    # A draft is an editor's own work under way: the pack never held it.
    return changed + sum(retire(row) for row in gone.exclude(status=Question.Status.DRAFT))


def read_bank(course: UUID) -> list[PackQuestion]:
    """Return the published questions of a course as a pack holds them, for an export. Four queries or so."""
    rows = Question.objects.filter(course_uuid=course, country=None, status=Question.Status.PUBLISHED)
    drawers = Drawers()
    return [as_pack_question(row, drawers) for row in rows.order_by("pk").prefetch_related("texts", "tags")]


def picture_files(questions: Iterable[PackQuestion]) -> dict[str, bytes]:
    """Return the pictures of some questions by the name of their file in a pack. A query each."""
    named = {sha256 for each in questions if (sha256 := sha256_of(each.body))}
    found = {sha256: find_picture(sha256) for sha256 in sorted(named)}
    return {picture_file(sha256): picture.content for sha256, picture in found.items() if picture}


def as_pack_question(row: Question, drawers: Drawers) -> PackQuestion:
    """Return a row as a pack holds it."""
    return PackQuestion(
        uuid=row.uuid,
        kind=kind_of(row).name,
        lesson=row.lesson_uuid,
        difficulty=row.difficulty,
        source=row.source,
        body=row.body,
        texts={
            text.language: PackText(text.stem, text.feedback, text.choices, text.feedbacks)
            for text in sorted(row.texts.all(), key=lambda text: text.language)
        },
        is_practice=row.is_practice,
        tags=tuple(sorted(f"{tag.facet}:{tag.slug}" for tag in row.tags.all())),
        category=drawers.path(row.category_id),
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


def _write(question: PackQuestion, row: Question | None, course: UUID, drawers: Drawers) -> bool:
    published = Question.Status.PUBLISHED
    if row and row.status == published and row.version_sha256 and _is_as_in_pack(row, question, drawers):
        return False
    before = row.version_sha256 if row else ""
    fields: dict[str, Any] = {
        "course_uuid": course,
        "lesson_uuid": question.lesson,
        "difficulty": question.difficulty,
        "source": question.source,
        "is_practice": question.is_practice,
        "body": question.body,
        "language": drawers.language if drawers.language in question.texts else min(question.texts),
    }
    # A pack that names no category leaves the question where people put it.
    if question.category:
        fields["category_id"] = drawers.drawer(question.category)
    if question.picture:
        store_picture(question.picture)
    row = row or KINDS[question.kind].model(uuid=question.uuid)
    was = row.status
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    _write_parts(question, row)
    # Read again: publishing must see the rows, not what was prefetched before.
    version = publish(Question.objects.get(pk=row.pk))
    return version.sha256 != before or was != published


def _is_as_in_pack(row: Question, question: PackQuestion, drawers: Drawers) -> bool:
    here = as_pack_question(row, drawers)
    return (here if question.category else replace(here, category=())) == question


def _write_parts(question: PackQuestion, row: Question) -> None:
    row.tags.set([_tag(each) for each in question.tags])
    row.texts.all().delete()
    QuestionText.objects.bulk_create(
        QuestionText(
            question=row,
            language=language,
            stem=text.stem,
            feedback=text.feedback,
            choices=text.choices,
            feedbacks=text.feedbacks,
        )
        for language, text in question.texts.items()
    )


def _tag(name: str) -> QuestionTag:
    facet, _colon, slug = name.partition(":")
    tag: QuestionTag = QuestionTag.objects.get_or_create(facet=facet, slug=slug)[0]
    return tag
