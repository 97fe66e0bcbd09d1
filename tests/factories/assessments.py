"""Questions, quizzes and learners who may sit them, for tests."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import factory
from django.conf import settings
from PIL import Image

from accounts.models import Cohort, Login
from assessments.models import Question, QuestionText, Quiz
from assessments.pictures import Picture, make_picture, store_picture
from assessments.publishing import publish
from assessments.questions.registry import KINDS
from courses.models import Enrolment
from courses.progress import enrolment_unit, lesson_unit
from elearning.lib.ids import activity_iri, derived_uuid
from records.actions import append_statements
from records.statements import build_statement
from records.storage import this_node
from scripts.places import ROOT
from tests.factories.accounts import make_login

BEGUN = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
# What no page may hold before the keys are open.
CANARY = "CANARYFEEDBACK"


class QuizFactory(factory.django.DjangoModelFactory[Quiz]):
    """Ten questions, seven points to pass, three attempts."""

    class Meta:
        model = Quiz

    course_uuid = factory.declarations.LazyFunction(uuid4)
    title = {"en": "Final test", "fr": "Test final"}
    instructions = {"en": "Take your time.", "fr": "Prenez votre temps."}
    draw = 10
    pass_mark_percent = 70
    attempt_limit = 3


# The kinds that a course of these factories asks, in turn.
USUAL_KINDS = ("single_choice", "multiple_choice", "true_false")


def read_sample(kind: str, new_id: Callable[[], UUID] = uuid4) -> dict[str, Any]:
    """Return the sample.json of a kind, with ids of its own and a picture that is one.

    It has a "structure", the "words" of its parts, and "rekeyed": the same question with another key.
    """
    text = (ROOT / "assessments" / "questions" / kind / "sample.json").read_text(encoding="utf-8")
    for name in sorted(set(re.findall(r"@[a-z0-9]+", text))):
        text = text.replace(f'"{name}"', f'"{new_id()}"')
    sample: dict[str, Any] = json.loads(text)
    for structure in (sample["structure"], sample.get("rekeyed", {})):
        if "right" in structure:
            # As forms and packs write it.
            structure["right"].sort()
        if "image" in structure:
            structure["image"] = sample_picture().named
    return sample


def sample_of(kind: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a structure of a kind with ids of its own, and words for its parts: see sample.json in its folder."""
    sample = read_sample(kind)
    return sample["structure"], sample["words"]


@cache
def sample_picture() -> Picture:
    """Return a picture as an upload makes it: a grey rectangle."""
    drawn = BytesIO()
    Image.new("RGB", (800, 600), "grey").save(drawn, "PNG")
    return make_picture(drawn.getvalue())


def make_question(
    kind: str = "single_choice",
    *,
    course_uuid: UUID | None = None,
    number: int = 0,
    languages: Sequence[str] = ("en", "fr"),
    published: bool = True,
    **fields: Any,
) -> Any:
    """Return a question of a kind with its structure and words, published unless told otherwise."""
    body, words = sample_of(kind)
    if "image" in body:
        store_picture(sample_picture())
    question = KINDS[kind].model.objects.create(
        course_uuid=course_uuid or uuid4(), source="S3 ¶22", body=body, **fields
    )
    for language in languages:
        QuestionText.objects.create(
            question=question,
            language=language,
            stem=f"[{language}] A case, number {number}.\n\nWhat do you do?",
            feedback=f"{CANARY} {language} {number}",
            choices={part: f"[{language}] {said}" for part, said in words.items()},
            feedbacks=dict.fromkeys(words, f"{CANARY} {language} {number} of a part"),
        )
    question = Question.objects.get(pk=question.pk)
    if published:
        publish(question)
    return question


@dataclass
class Course:
    """A course of lessons without pages, its bank and its quiz, and a learner who may sit it."""

    uuid: UUID
    lessons: list[UUID]
    quiz: Quiz
    questions: list[Any]
    login: Login
    enrolment: Enrolment = field(init=False)
    # What the learner said of an attempt, where a test keeps it here.
    saying: Any = None


def make_course(
    *,
    questions: int = 12,
    lessons: int = 3,
    complete: bool = True,
    login: Login | None = None,
    kinds: Sequence[str] = USUAL_KINDS,
    cohort: Cohort | None = None,
    **quiz: Any,
) -> Course:
    """Return a course whose learner has completed all lessons, unless told otherwise; its kinds in turn."""
    course_uuid = uuid4()
    lesson_uuids = [uuid4() for _ in range(lessons)]
    bank = [
        make_question(
            kinds[number % len(kinds)],
            course_uuid=course_uuid,
            lesson_uuid=lesson_uuids[number % lessons],
            number=number,
        )
        for number in range(questions)
    ]
    made = Course(
        course_uuid, lesson_uuids, QuizFactory.create(course_uuid=course_uuid, **quiz), bank, login or make_login()
    )
    made.enrolment = enrol_by_statement(made.login, course_uuid, lesson_uuids, [made.quiz.uuid], cohort=cohort)
    if complete:
        complete_by_statement(made.enrolment, lesson_uuids)
    return made


def add_practice(course: Course, questions: int = 3, kinds: Sequence[str] = USUAL_KINDS) -> Quiz:
    """Give a course a practice quiz with questions of its own, one of each kind in turn."""
    for number in range(questions):
        lesson, kind = course.lessons[number % len(course.lessons)], kinds[number % len(kinds)]
        make_question(kind, course_uuid=course.uuid, lesson_uuid=lesson, number=90 + number, is_practice=True)
    made: Quiz = QuizFactory.create(
        course_uuid=course.uuid, title={"en": "Practice"}, quiz_class="practice", opens_after="enrolment"
    )
    return made


def enrol_by_statement(
    login: Login,
    course_uuid: UUID,
    lessons: Sequence[UUID],
    quizzes: Sequence[UUID],
    *,
    cohort: Cohort | None = None,
) -> Enrolment:
    """Say that a login's person is enrolled, and return what follows from it."""
    person = login.person
    actor = person.actor_accounts.get().uuid
    unit = enrolment_unit(person.uuid, course_uuid, 1)
    facts = {
        "person": str(person.uuid),
        "course": str(course_uuid),
        "period": 1,
        "edition": "international",
        "source_version": "2026.1",
        "language": "en",
        "country": person.country.code,
        "agency": str(person.agency.uuid) if person.agency else None,
        "cohort": str(cohort.uuid) if cohort else None,
        "outline": {"lessons": [str(each) for each in lessons], "quizzes": [str(each) for each in quizzes]},
    }
    said = build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb="registered",
        activity=activity_iri(settings.ACTIVITY_BASE, "course", course_uuid),
        unit=("enrolment", unit),
        timestamp=BEGUN,
        facts=facts,
        registration=unit,
    )
    append_statements(by=[actor], statements=[said])
    return Enrolment.objects.get(pk=unit)


def complete_by_statement(enrolment: Enrolment, lessons: Sequence[UUID]) -> None:
    """Say that lessons are complete."""
    said = [
        build_statement(
            base=settings.ACTIVITY_BASE,
            actor_uuid=enrolment.actor_uuid,
            verb="completed",
            activity=activity_iri(settings.ACTIVITY_BASE, "lesson", lesson),
            unit=("lesson", lesson_unit(enrolment.pk, lesson)),
            timestamp=BEGUN,
            facts={"enrolment": str(enrolment.pk), "lesson": str(lesson)},
            registration=enrolment.pk,
        )
        for lesson in lessons
    ]
    append_statements(by=[enrolment.actor_uuid], statements=said)


def notice_by_statement(attempt: UUID, code: str) -> None:
    """Say, as this site does, that something about an attempt was noticed on arrival."""
    node = this_node()
    said = build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=node,
        verb="noticed",
        activity=activity_iri(settings.ACTIVITY_BASE, "attempt", attempt),
        unit=("attempt", attempt),
        timestamp=BEGUN,
        facts={"notice": code, "statement": ""},
        statement_id=derived_uuid("noticed", node, attempt, code),
    )
    append_statements(by=[node], statements=[said])
