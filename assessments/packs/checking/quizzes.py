"""Whether a course has a test and, apart from it, practice."""

from collections.abc import Iterator

from assessments.models import Quiz
from assessments.packs.checking.pool import QUIZZES, pool_of
from courses.kinds import Collection
from courses.packs.checking.subject import Subject
from courses.packs.errors import Problem

_PRACTISED = {Collection.MODULE, Collection.KIT, Collection.TRAINERS, Collection.ELECTIVE}


def quizzes_are_there(subject: Subject) -> Iterator[Problem]:
    """Find a course without a test, or without practice where its collection has it."""
    pool = pool_of(subject.pack)
    classes = {quiz.quiz_class for quiz in pool.quizzes}
    if not classes - {Quiz.Class.PRACTICE}:
        yield Problem(QUIZZES, 1, "the course has no graded quiz")
    if Quiz.Class.PRACTICE not in classes:
        if Collection(subject.pack.course.collection) in _PRACTISED:
            yield Problem(QUIZZES, 1, "the course has no practice quiz (class: practice)")
        elif pool.practice:
            yield Problem(QUIZZES, 1, f"{len(pool.practice)} practice questions, and no practice quiz asks them")
