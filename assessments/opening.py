"""When quizzes are open to a learner: the window of the class, longer for whoever is granted more time."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from assessments.accommodating import granted_among, granted_to
from assessments.models import Quiz, QuizWindow
from assessments.windows import ALWAYS_OPEN, Window
from courses.models import Enrolment


def window_for(quiz: Quiz, enrolment: Enrolment) -> Window:
    """Return when a quiz is open to an enrolment's class. One query; none for practice or without a class."""
    if quiz.quiz_class == Quiz.Class.PRACTICE or enrolment.cohort_id is None:
        return ALWAYS_OPEN
    return windows_for([quiz], [enrolment]).get((quiz.uuid, enrolment.cohort_id), ALWAYS_OPEN)


def windows_for(quizzes: Collection[Quiz], enrolments: Collection[Enrolment]) -> dict[tuple[UUID, UUID], Window]:
    """Return the windows of some quizzes for some enrolments, by quiz and class. One query; none without a class."""
    cohorts = {each.cohort_id for each in enrolments if each.cohort_id}
    if not cohorts or not quizzes:
        return {}
    rows = QuizWindow.objects.filter(quiz__in=quizzes, cohort__uuid__in=cohorts)
    columns = ("quiz__uuid", "cohort__uuid", "opens_at", "closes_at", "cohort__time_zone")
    return {(quiz, cohort): Window(*rest) for quiz, cohort, *rest in rows.values_list(*columns)}


def is_over_for(window: Window, quiz: Quiz, person: UUID, now: datetime) -> bool:
    """Tell whether a quiz has closed to a person. What they are granted is asked for only after the usual closing."""
    if not window.is_over(now):
        return False
    return window.extended(quiz.time_limit_s, granted_to(person, now.date())).is_over(now)


def is_still_sat(quiz: Quiz, enrolment: UUID, now: datetime) -> bool:
    """Tell whether others of the class may still sit a quiz: it has a closing, and it has not come for all of them.

    One query, none where `quiz_for` has seen that no class has a window; two more after the usual closing.
    """
    if not getattr(quiz, "is_timed", True):
        return False
    window = QuizWindow.objects.filter(quiz=quiz, cohort__enrolments=enrolment).select_related("cohort").first()
    if window is None or window.closes_at is None:
        return False
    usual = Window(window.opens_at, window.closes_at)
    if not usual.is_over(now):
        return True
    people = Enrolment.objects.filter(cohort__uuid=window.cohort.uuid).values_list("person_id", flat=True)
    granted = granted_among(people, now.date()).values()
    return any(not usual.extended(quiz.time_limit_s, each).is_over(now) for each in granted)


def zone_of(window: Window, enrolment: Enrolment) -> str:
    """Return the time zone in which a learner is told a moment; "" stands for UTC. One query where none is known."""
    return window.zone or (enrolment.cohort.time_zone if enrolment.cohort else "")
