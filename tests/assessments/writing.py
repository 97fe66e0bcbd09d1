"""Attempts with written answers, handed in and waiting to be marked: for tests."""

from typing import Any
from uuid import UUID

from accounts.models import CohortMember, Login
from accounts.policy import COORDINATOR, TRAINER
from assessments.actions import hand_in, mark_answer, save_response, start_attempt
from assessments.answering import follow_attempt
from assessments.drawing import read_sheet
from assessments.hand_marks import response_sha256
from assessments.marking_rows import marking_id
from assessments.models import HandMarking, Paper, Question
from courses.models import Enrolment
from records.storage import statements_of
from tests.assessments.sitting import answer_right, responses_to
from tests.factories.accounts import CohortFactory, make_login
from tests.factories.assessments import Course, make_course, make_question

ANSWER = "First I take her aside, out of sight of the driver."


def make_written_course(*, others: int = 1, written: int = 1, **more: Any) -> Course:
    """Return a course whose test asks some written questions and some others, all of them."""
    course = make_course(questions=others, draw=others + written, **more)
    course.questions += [
        make_question("extended_answer", course_uuid=course.uuid, lesson_uuid=course.lessons[0], number=50 + number)
        for number in range(written)
    ]
    return course


def write_answers(course: Course, text: str = ANSWER, *, login: Login | None = None) -> UUID:
    """Sit the test: every question right, the written ones with a text; hand in. Return the attempt."""
    by = login or course.login
    attempt = start_attempt(by=by, quiz=course.quiz, enrolment=course.enrolment).pk
    sheet = read_sheet(Paper.objects.get(pk=attempt).text)
    for item, fields in zip(sheet.items, responses_to(attempt, answer_right), strict=True):
        is_written = Question.objects.get(uuid=item.question)._meta.model_name == "extendedanswerquestion"
        given = {"response": [text]} if is_written else fields
        save_response(by=by, attempt=attempt, question=item.question, given=given, nonce="n")
    hand_in(by=by, attempt=attempt)
    return attempt


def marking_of(attempt: UUID, question: Any) -> HandMarking:
    """Return the row of one written answer."""
    return HandMarking.objects.get(pk=marking_id(attempt, str(question.uuid)))


def give(by: Login, row: HandMarking, first: int, second: int, *, comment: str = "", **changed: Any) -> Any:
    """Mark an answer: of 3 and of 2 points."""
    version = Question.objects.get(uuid=row.question_uuid).body["rubric"]
    points = {version[0]["id"]: first, version[1]["id"]: second}
    response = follow_attempt(statements_of([row.attempt_id])).responses[str(row.question_uuid)]
    said: dict[str, Any] = {"seen": response_sha256(response), "points": points, "comment": comment}
    return mark_answer(by=by, marking=row, **said | changed)


def coordinator_of(course: Course) -> Login:
    """Return a coordinator of the learner's country."""
    return make_login(COORDINATOR, course.login.person.country)


def trainer_of(course: Course) -> Login:
    """Return the trainer of a cohort that the learner is enrolled with from now on."""
    login = make_login(TRAINER, course.login.person.country)
    cohort = CohortFactory.create(country=course.login.person.country)
    CohortMember.objects.create(
        cohort=cohort, person=login.person, role=CohortMember.Role.TRAINER, joined_at=login.created_at
    )
    Enrolment.objects.filter(pk=course.enrolment.pk).update(cohort=cohort.uuid)
    return login
