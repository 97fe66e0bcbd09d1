"""What `manage.py check_pack` asks of questions.yaml and quiz.yaml: pure rules, registered with those of courses."""

from collections.abc import Mapping

from assessments.packs.checking import across, choices, drawing, mixing, quizzes, words
from assessments.packs.checking.pool import pool_of
from assessments.questions.registry import KINDS
from courses.packs.checking.registry import register_across, register_counter, register_rule
from courses.packs.model import Pack


def register() -> None:
    """Add the rules and the columns of the table."""
    register_rule("question-mix", mixing.questions_are_mixed)
    register_rule("question-spread", mixing.lessons_have_questions)
    register_rule("question-twice", mixing.no_question_twice)
    register_rule("question-choices", choices.choices_do_not_tell)
    register_rule("question-words", words.words_of_questions)
    register_rule("quiz-draw", drawing.quizzes_can_be_drawn)
    register_rule("quiz", quizzes.quizzes_are_there)
    register_across("question-elsewhere", across.no_question_in_two_packs)
    register_counter(count_questions)


def count_questions(pack: Pack) -> Mapping[str, str]:
    """Return the columns: questions for practice and for tests, and how many kinds."""
    pool = pool_of(pack)
    kinds = {question.kind for question in pool.questions} & KINDS.keys()
    return {"practice": str(len(pool.practice)), "graded": str(len(pool.graded)), "kinds": str(len(kinds))}
