"""Pages of an attempt: parse, access, action, respond. None of them is ever stored by a browser."""

from assessments.views.exams import cohort_exam, exam
from assessments.views.flagged import flagged, flagged_attempt
from assessments.views.results import result
from assessments.views.sittings import question, resume, review, start, submit
from elearning.lib.navigation import in_section

__all__ = [
    "cohort_exam",
    "exam",
    "flagged",
    "flagged_attempt",
    "question",
    "result",
    "resume",
    "review",
    "start",
    "submit",
]

# The entry of the main menu that these pages belong to.
for _view in (exam, question, result, resume, review, start, submit):
    in_section("courses")(_view)
in_section("desk")(cohort_exam)
