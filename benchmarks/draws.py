"""What a draw costs from a large bank: 10,000 questions, a quiz of three sections, and the whole way to a sheet."""

import json
import random
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from benchmarks.figures import Figure
from benchmarks.site import cpu_ms

_QUESTIONS, _ASKED = 10_000, 30
_LIMIT_MS = 20


def draw_figures() -> Iterator[Figure]:
    """Measure the draw alone, and with reading the bank; beside them a bare random.sample over the same ids."""
    from django.db import transaction  # noqa: PLC0415  # after the settings

    with transaction.atomic():
        quiz = _quiz_with_large_bank()
        yield from _figures(quiz)
        transaction.set_rollback(True)


def _figures(quiz: Any) -> Iterator[Figure]:
    from assessments.actions.freezing import sheet_of  # noqa: PLC0415  # after the settings
    from assessments.bank import bank_of  # noqa: PLC0415
    from assessments.planning import plan_of  # noqa: PLC0415
    from assessments.versions import kept  # noqa: PLC0415

    parts = plan_of(quiz)
    bank = bank_of(quiz.course_uuid, "", parts)
    ids = [each.question for each in bank]
    assert len(ids) == _QUESTIONS, "the bank was not read: this would measure nothing"
    sheet = sheet_of(quiz, bank, parts)
    assert len({item.question for item in sheet.items}) == _ASKED, "the draw did not ask what it was meant to"
    assert len(sheet.sections) == len(parts), "the draw left a section out"
    raw = cpu_ms(lambda: random.sample(ids, _ASKED), 100)

    def draw() -> None:
        kept.clear()
        sheet_of(quiz, bank, parts)

    def read_and_draw() -> None:
        kept.clear()
        sheet_of(quiz, bank_of(quiz.course_uuid, "", parts), parts)

    drawn, whole = cpu_ms(draw, 5), cpu_ms(read_and_draw, 3)
    read = cpu_ms(lambda: list(_columns(quiz)), 3)
    yield Figure("draw-from-10000", drawn, "ms", limit=_LIMIT_MS, peer=raw, peer_name="random.sample of the ids")
    yield Figure("draw-with-reading-10000", whole, "ms", peer=read, peer_name="reading ids and versions alone")


def _columns(quiz: Any) -> Any:
    from assessments.models import Question  # noqa: PLC0415  # after the settings

    return Question.objects.drawable(quiz.course_uuid).order_by().values_list("uuid", "version_sha256")


def _quiz_with_large_bank() -> Any:
    """Write a bank of copies of one question, and a quiz that draws 30 of them in three sections."""
    from assessments.models import QuestionCategory, QuizSection, QuizSlot  # noqa: PLC0415  # after the settings
    from tests.factories.assessments import QuizFactory  # noqa: PLC0415

    course, lessons = uuid4(), [uuid4() for _ in range(20)]
    category = QuestionCategory.objects.create(name={"en": "Law"})
    _write_questions(course, lessons, category.pk)
    quiz: Any = QuizFactory.create(course_uuid=course, draw=_ASKED)
    filters: list[list[dict[str, Any]]] = [
        [{"lesson_uuid": each, "count": 2} for each in lessons[:5]],
        [{"difficulty": each, "count": 3} for each in (1, 2, 3)],
        [{"category": category, "count": 6}, {"kind": "single_choice", "count": 5}],
    ]
    for place, slots in enumerate(filters):
        section = QuizSection.objects.create(quiz=quiz, position=place, title={"en": f"Part {place}"})
        for number, slot in enumerate(slots):
            QuizSlot.objects.create(section=section, position=number, **slot)
    return quiz


def _write_questions(course: Any, lessons: list[Any], category: int) -> None:
    from django.db.models import QuerySet  # noqa: PLC0415  # after the settings
    from django.utils import timezone  # noqa: PLC0415

    from assessments.models import Question, QuestionVersion  # noqa: PLC0415
    from elearning.lib.canonical import canonical_json, sha256_hex  # noqa: PLC0415
    from tests.factories.assessments import make_question  # noqa: PLC0415

    model: Any = make_question(course_uuid=course, lesson_uuid=lessons[0], languages=("en",))
    content = json.loads(QuestionVersion.objects.get(pk=model.version_sha256).text)
    rows, versions = [], []
    for number in range(1, _QUESTIONS):
        question = uuid4()
        text = canonical_json(content | {"question": str(question)})
        rows.append(
            Question(
                uuid=question,
                polymorphic_ctype_id=model.polymorphic_ctype_id,
                course_uuid=course,
                lesson_uuid=lessons[number % len(lessons)],
                difficulty=number % 3 + 1,
                category_id=category if number % 7 == 0 else None,
                status="published",
                version_sha256=sha256_hex(text),
            )
        )
        versions.append(
            QuestionVersion(
                sha256=sha256_hex(text),
                question_uuid=question,
                number=1,
                kind="single_choice",
                text=text,
                published_at=timezone.now(),
            )
        )
    # The base rows alone, past the guard of their manager: a draw reads no other table of a kind.
    QuerySet(Question).bulk_create(rows, batch_size=500)
    QuestionVersion.objects.bulk_create(versions, batch_size=500)
