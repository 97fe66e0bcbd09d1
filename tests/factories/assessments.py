"""Questions, quizzes and learners who may sit them, for tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import factory
from django.conf import settings

from accounts.models import Login
from assessments.models import (
    Choice,
    MultipleChoiceQuestion,
    Question,
    QuestionText,
    Quiz,
    SingleChoiceQuestion,
    TrueFalseQuestion,
)
from assessments.publishing import publish
from courses.models import Enrolment
from courses.progress import enrolment_unit, lesson_unit
from elearning.lib.ids import activity_iri, derived_uuid
from records.actions import append_statements
from records.statements import build_statement
from records.storage import this_node
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


_MODELS: dict[str, type[Question]] = {
    "single_choice": SingleChoiceQuestion,
    "multiple_choice": MultipleChoiceQuestion,
    "true_false": TrueFalseQuestion,
}
_RIGHT = {"single_choice": (0,), "multiple_choice": (0, 2), "true_false": ()}


def make_question(
    kind: str = "single_choice",
    *,
    course_uuid: UUID | None = None,
    number: int = 0,
    languages: Sequence[str] = ("en", "fr"),
    published: bool = True,
    **fields: Any,
) -> Any:
    """Return a question of a kind with its choices and words, published unless told otherwise."""
    question = _MODELS[kind].objects.create(course_uuid=course_uuid or uuid4(), source="S3 ¶22", **fields)
    count = 0 if kind == "true_false" else 4
    choices = [
        Choice.objects.create(question=question, position=position, is_right=position in _RIGHT[kind])
        for position in range(count)
    ]
    for language in languages:
        QuestionText.objects.create(
            question=question,
            language=language,
            stem=f"[{language}] A case, number {number}.\n\nWhat do you do?",
            feedback=f"{CANARY} {language} {number}",
            choices={str(choice.uuid): f"[{language}] Do {choice.position}" for choice in choices},
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
    *, questions: int = 12, lessons: int = 3, complete: bool = True, login: Login | None = None, **quiz: Any
) -> Course:
    """Return a course whose learner has completed all lessons, unless told otherwise."""
    course_uuid = uuid4()
    lesson_uuids = [uuid4() for _ in range(lessons)]
    kinds = list(_MODELS)
    bank = [
        make_question(
            kinds[number % 3], course_uuid=course_uuid, lesson_uuid=lesson_uuids[number % lessons], number=number
        )
        for number in range(questions)
    ]
    made = Course(
        course_uuid, lesson_uuids, QuizFactory.create(course_uuid=course_uuid, **quiz), bank, login or make_login()
    )
    made.enrolment = enrol_by_statement(made.login, course_uuid, lesson_uuids, [made.quiz.uuid])
    if complete:
        complete_by_statement(made.enrolment, lesson_uuids)
    return made


def add_practice(course: Course, questions: int = 3) -> Quiz:
    """Give a course a practice quiz with questions of its own, one of each kind in turn."""
    kinds = list(_MODELS)
    for number in range(questions):
        lesson, kind = course.lessons[number % len(course.lessons)], kinds[number % len(kinds)]
        make_question(kind, course_uuid=course.uuid, lesson_uuid=lesson, number=90 + number, is_practice=True)
    made: Quiz = QuizFactory.create(
        course_uuid=course.uuid, title={"en": "Practice"}, quiz_class="practice", opens_after="enrolment"
    )
    return made


def enrol_by_statement(login: Login, course_uuid: UUID, lessons: Sequence[UUID], quizzes: Sequence[UUID]) -> Enrolment:
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
        "cohort": None,
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
