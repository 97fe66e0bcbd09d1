"""Pages of an attempt: parse, access, action, respond. None of them is ever stored by a browser."""

from assessments.views.results import result
from assessments.views.sittings import question, resume, review, start, submit

__all__ = ["question", "result", "resume", "review", "start", "submit"]

# The entry of the main menu that these pages belong to.
for _view in (question, result, resume, review, start, submit):
    setattr(_view, "section", "courses")  # noqa: B010  # a function has no such attribute for mypy
