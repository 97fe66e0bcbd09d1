"""The tables of assessments. Those of the kinds of question are found by walking their folders."""

from assessments.models.attempts import Accommodation, Attempt, HandMarking, Paper, PracticePaper, Regrade
from assessments.models.bank import QuestionCategory, QuestionImage, QuestionTag
from assessments.models.questions import Question, QuestionText, QuestionVersion
from assessments.models.quizzes import ExamOpening, Quiz, QuizSection, QuizSlot, QuizWindow
from assessments.models.reviewing import QuestionProposal, QuestionReviewTask
from assessments.questions import import_from_kinds

import_from_kinds("models")

__all__ = [
    "Accommodation",
    "Attempt",
    "ExamOpening",
    "HandMarking",
    "Paper",
    "PracticePaper",
    "Question",
    "QuestionCategory",
    "QuestionImage",
    "QuestionProposal",
    "QuestionReviewTask",
    "QuestionTag",
    "QuestionText",
    "QuestionVersion",
    "Quiz",
    "QuizSection",
    "QuizSlot",
    "QuizWindow",
    "Regrade",
]
