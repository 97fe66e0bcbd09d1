"""The only writers of assessments."""

from assessments.actions.deciding import decide_attempt
from assessments.actions.exams import close_exam, open_exam, start_exam
from assessments.actions.handing_in import hand_in
from assessments.actions.publishing import publish_question, retire_question
from assessments.actions.saving import Saved, save_response
from assessments.actions.starting import start_attempt

__all__ = [
    "Saved",
    "close_exam",
    "decide_attempt",
    "hand_in",
    "open_exam",
    "publish_question",
    "retire_question",
    "save_response",
    "start_attempt",
    "start_exam",
]
