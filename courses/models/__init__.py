"""The tables of courses: pages that are taught, and rows that are derived."""

from courses.models.pages import CataloguePage, CoursePage, LessonPage, ModulePage
from courses.models.progress import ActivityState, CourseProgress, Enrolment

__all__ = [
    "ActivityState",
    "CataloguePage",
    "CoursePage",
    "CourseProgress",
    "Enrolment",
    "LessonPage",
    "ModulePage",
]
