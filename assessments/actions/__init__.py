"""The only writers of assessments."""

from assessments.actions.accommodating import accommodate
from assessments.actions.deciding import decide_attempt
from assessments.actions.exams import close_exam, open_exam, start_exam
from assessments.actions.handing_in import hand_in
from assessments.actions.marking import Marked, mark_answer
from assessments.actions.publishing import publish_question, retire_question
from assessments.actions.quizzes import save_quiz, set_window
from assessments.actions.regrading import keep_award, preview_question, regrade_question
from assessments.actions.saving import Saved, save_response
from assessments.actions.starting import start_attempt

__all__ = [
    "Marked",
    "Saved",
    "accommodate",
    "close_exam",
    "decide_attempt",
    "hand_in",
    "keep_award",
    "mark_answer",
    "open_exam",
    "preview_question",
    "publish_question",
    "regrade_question",
    "retire_question",
    "save_quiz",
    "save_response",
    "set_window",
    "start_attempt",
    "start_exam",
]
