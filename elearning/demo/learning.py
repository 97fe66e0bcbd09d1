"""Let the demo's officers learn, through the same actions as anybody: every figure follows from statements."""

import datetime as dt
import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

from accounts.models import Login
from assessments.actions import hand_in, save_response, start_attempt
from assessments.models import Paper, Quiz
from assessments.questions.registry import kind_named
from assessments.versions import versions_of
from courses.actions import complete_lesson, join_with_code
from courses.catalogue import CourseOutline
from courses.models import Enrolment
from elearning.demo.clock import clock_at
from elearning.demo.cohorts import DemoCohort, Stage
from elearning.demo.people import opening_of

_LESSONS = {Stage.JOINED: 0, Stage.BEGUN: 1, Stage.HALFWAY: 4}
_TESTS = {Stage.FAILED: (4,), Stage.SECOND_TRY: (5, 9), Stage.CERTIFIED: (9,)}


def learn(  # what somebody did, where, and the dice for when
    login: Login,
    course: CourseOutline,
    demo: DemoCohort,
    stage: Stage,
    rng: random.Random,
    tests: Sequence[int] | None = None,
) -> Enrolment:
    """Join, enrol, read and sit the test, as far as the stage says; `tests` gives other numbers of right answers."""
    moments = _moments(demo, rng)
    with clock_at(next(moments)):
        enrolment = join_with_code(by=login, code=demo.code, language=demo.language)
    assert enrolment is not None, "there is a place for everybody of the demo"  # noqa: S101  # the demo's own data
    for lesson in course.lessons[: _LESSONS.get(stage)]:
        with clock_at(next(moments)):
            complete_lesson(by=login, enrolment=enrolment, lesson_uuid=lesson.uuid)
    for right in _TESTS.get(stage, ()) if tests is None else tests:
        _sit(login, _fresh(enrolment), right, moments)
    return _fresh(enrolment)


def finish(login: Login, enrolment: Enrolment, course: CourseOutline, moment: dt.datetime) -> None:
    """Read every lesson at one moment, and pass the test from then on."""
    with clock_at(moment):
        for lesson in course.lessons:
            complete_lesson(by=login, enrolment=enrolment, lesson_uuid=lesson.uuid)
    _sit(login, _fresh(enrolment), _TESTS[Stage.CERTIFIED][0], iter([moment]))


def _fresh(enrolment: Enrolment) -> Enrolment:
    """Read an enrolment again, with the progress that the last act made."""
    fresh: Enrolment = Enrolment.objects.select_related("progress").get(pk=enrolment.pk)
    return fresh


def _sit(login: Login, enrolment: Enrolment, right: int, moments: Iterator[dt.datetime]) -> None:
    """Answer a paper, the first `right` questions rightly, and hand it in."""
    moment = next(moments)
    quiz = Quiz.objects.get(course_uuid=enrolment.course_uuid, quiz_class=Quiz.Class.GRADED)
    with clock_at(moment):
        attempt = start_attempt(by=login, quiz=quiz, enrolment=enrolment)
    for place, item in enumerate(json.loads(Paper.objects.get(pk=attempt.pk).text)["items"]):
        moment += dt.timedelta(seconds=40)
        given = _form_of(item["version"], is_right=place < right)
        with clock_at(moment):
            save_response(by=login, attempt=attempt.pk, question=item["question"], given=given, nonce="demo")
    with clock_at(moment + dt.timedelta(seconds=30)):
        hand_in(by=login, attempt=attempt.pk)


def _form_of(version_sha256: str, *, is_right: bool) -> dict[str, list[str]]:
    """Return what a form would send for a right response, or for another one that earns less."""
    version = versions_of([version_sha256])[version_sha256]
    kind = kind_named(version.kind)
    response: Any = kind.key_of(version.structure)
    if not is_right:
        response = kind.wrong_of(version.structure)
    return {f"response:{part}" if part else "response": values for part, values in kind.fields_of(response).items()}


def _moments(demo: DemoCohort, rng: random.Random) -> Iterator[dt.datetime]:
    """Yield ever later moments, within the working hours of the class."""
    moment = opening_of(demo) + dt.timedelta(days=rng.randrange(3), minutes=rng.randrange(90))
    while True:
        yield moment
        moment += dt.timedelta(minutes=rng.randrange(15, 110))
        if moment.hour >= 15:  # noqa: PLR2004  # the day's lessons end; the next one comes within three days
            moment = moment.replace(hour=7) + dt.timedelta(days=rng.randrange(1, 4))
