"""The tables of courses: pages that are taught, and rows that are derived."""

from courses.models.editions import EditionPage
from courses.models.pack_notes import PackNotes
from courses.models.pack_uploads import PackUpload
from courses.models.pages import CataloguePage, CoursePage, LessonPage, ModulePage
from courses.models.paths import LearningPath
from courses.models.progress import ActivityState, CourseProgress, Enrolment
from courses.models.reviewing import PageReviewTask
from courses.models.sheets import SheetPage

__all__ = [
    "ActivityState",
    "CataloguePage",
    "CoursePage",
    "CourseProgress",
    "EditionPage",
    "Enrolment",
    "LearningPath",
    "LessonPage",
    "ModulePage",
    "PackNotes",
    "PackUpload",
    "PageReviewTask",
    "SheetPage",
]
