"""Whether every graded quiz finds its questions: tried with the very code that draws a paper."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assessments.errors import TooFewQuestionsError
from assessments.models import Quiz
from assessments.packs.checking.pool import QUIZZES, pool_of
from assessments.packs.questions import PackQuestion
from assessments.packs.quizzes import PackQuiz
from assessments.planning import kind_key, parts_of
from assessments.selecting import Candidate, choose_by_parts
from courses.packs.checking.subject import Subject
from courses.packs.errors import Problem


def quizzes_can_be_drawn(subject: Subject) -> Iterator[Problem]:
    """Find quizzes that ask for more than there is."""
    pool = pool_of(subject.pack)
    for quiz in pool.quizzes:
        title = quiz.title[subject.pack.course.languages[0]]
        if quiz.quiz_class == Quiz.Class.PRACTICE:
            if not pool.practice:
                yield Problem(QUIZZES, 1, f"{title}: a practice quiz, and no question is for practice")
        elif quiz.sections:
            yield from _sections(quiz, title, pool.graded)
        elif quiz.draw > len(pool.graded):
            yield Problem(QUIZZES, 1, f"{title}: it draws {quiz.draw} of {len(pool.graded)} graded questions")


def _sections(quiz: PackQuiz, title: str, graded: Sequence[PackQuestion]) -> Iterator[Problem]:
    # Categories live in the bank, not in the pack; a slot is tried without.
    sections = [
        replace(section, slots=tuple(replace(slot, category=None) for slot in section.slots))
        for section in quiz.sections
    ]
    try:
        choose_by_parts(map(_candidate, graded), parts_of(sections), random.Random(0))  # noqa: S311  # a trial
    except TooFewQuestionsError as error:
        yield Problem(QUIZZES, 1, f"{title}: {error}")


def _candidate(question: PackQuestion) -> Candidate:
    return Candidate(
        question=str(question.uuid),
        version="",
        lesson=str(question.lesson or ""),
        kind=kind_key(question.kind),
        difficulty=question.difficulty,
        tags=frozenset(question.tags),
    )
