"""The only writers of assessments."""

from assessments.actions.handing_in import hand_in
from assessments.actions.publishing import publish_question, retire_question
from assessments.actions.saving import Saved, save_response
from assessments.actions.starting import start_attempt

__all__ = ["Saved", "hand_in", "publish_question", "retire_question", "save_response", "start_attempt"]
