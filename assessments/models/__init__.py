"""The tables of assessments."""

from assessments.models.attempts import Attempt, Paper, PracticePaper
from assessments.models.questions import Choice, Question, QuestionText, QuestionVersion
from assessments.models.quizzes import ExamOpening, Quiz
from assessments.questions.multiple_choice.models import MultipleChoiceQuestion
from assessments.questions.single_choice.models import SingleChoiceQuestion
from assessments.questions.true_false.models import TrueFalseQuestion

__all__ = [
    "Attempt",
    "Choice",
    "ExamOpening",
    "MultipleChoiceQuestion",
    "Paper",
    "PracticePaper",
    "Question",
    "QuestionText",
    "QuestionVersion",
    "Quiz",
    "SingleChoiceQuestion",
    "TrueFalseQuestion",
]
