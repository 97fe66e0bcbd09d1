"""Pages of an attempt: parse, access, action, respond. None of them is ever stored by a browser."""

from assessments.views.accommodation import accommodation
from assessments.views.class_view import class_view
from assessments.views.exams import cohort_exam, exam
from assessments.views.flagged import flagged, flagged_attempt
from assessments.views.marking import mark, marking
from assessments.views.regrading import regrade, regrade_list, regrade_question_view
from assessments.views.results import result
from assessments.views.sittings import question, resume, review, start, submit
from elearning.lib.navigation import in_section

__all__ = [
    "accommodation",
    "class_view",
    "cohort_exam",
    "exam",
    "flagged",
    "flagged_attempt",
    "mark",
    "marking",
    "question",
    "regrade",
    "regrade_list",
    "regrade_question_view",
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
