"""Tell courses.packs who reads and writes questions.yaml and quiz.yaml."""

from assessments.packs import bank, questions, quizzes
from courses.packs.parts import register_part


def register() -> None:
    """Add both files; the questions first, the quiz draws from them."""
    register_part(questions.FILE, questions.read_questions, bank.write_questions)
    register_part(quizzes.FILE, quizzes.read_quizzes, quizzes.write_quizzes)
