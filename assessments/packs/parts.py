"""Tell courses.packs who reads, writes and checks questions.yaml and quiz.yaml."""

from assessments.packs import bank, checking, exporting, questions, quizzes
from courses.packs.parts import register_part


def register() -> None:
    """Add both files, the questions first, the quiz draws from them; and the rules for both."""
    register_part(questions.FILE, questions.read_questions, bank.write_questions, exporting.export_questions)
    register_part(quizzes.FILE, quizzes.read_quizzes, quizzes.write_quizzes, exporting.export_quizzes)
    checking.register()
