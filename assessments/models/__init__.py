"""The tables of assessments."""

from assessments.models.attempts import Attempt, Paper
from assessments.models.questions import Choice, Question, QuestionText, QuestionVersion
from assessments.models.quizzes import Quiz
from assessments.questions.multiple_choice.models import MultipleChoiceQuestion
from assessments.questions.single_choice.models import SingleChoiceQuestion
from assessments.questions.true_false.models import TrueFalseQuestion

__all__ = [
    "Attempt",
    "Choice",
    "MultipleChoiceQuestion",
    "Paper",
    "Question",
    "QuestionText",
    "QuestionVersion",
    "Quiz",
    "SingleChoiceQuestion",
    "TrueFalseQuestion",
]
