"""What can go wrong with courses: one class per failure, with a code that stays."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class CourseError(Exception):
    """Anything that courses refuses; `text` is for the person in front of the screen."""

    code = "courses.error"
    text = _("This did not work. Nothing was changed. Try again.")


class SelfEnrolmentClosedError(CourseError):
    """The course is joined with a code only."""

    code = "courses.enrolment.closed"
    text = _("This course is joined with a code. Your record is unchanged. Ask your trainer for a code.")


class CourseIsEmptyError(CourseError):
    """Nothing to learn yet: an enrolment would be complete from the start."""

    code = "courses.enrolment.empty"
    text = _("This course has no lessons yet. Your record is unchanged. Come back when they are published.")


class CodeNotForCourseError(CourseError):
    """The invitation code opens another course."""

    code = "courses.enrolment.other_course"
    text = _("This code is for another course. Nothing was changed. Check the code with your trainer.")


class ReservedCourseError(CourseError):
    """The course is for people whom staff confirmed, and this is none of them."""

    code = "courses.course.reserved"
    text = _(
        "What this code opens is reserved. Ask your trainer or coordinator to confirm your service, then enter the "
        "code again. It was not used."
    )


class UnknownCourseError(CourseError):
    """The code leads to a course that is not published here."""

    code = "courses.course.unknown"
    text = _("The course of this code is not on this site. Nothing was changed. Tell your trainer.")


class CourseNotInPagesError(CourseError):
    """There is nothing to export: no published lesson of this course and edition."""

    code = "courses.pack.nothing_to_export"
    text = _("This course has no published lessons yet. Publish them, then download the pack again.")


class LessonNotInCourseError(CourseError):
    """The lesson is no part of what the enrolment is for."""

    code = "courses.lesson.not_in_course"
    text = _("This lesson is not part of your course. Your record is unchanged.")


class NotYourEnrolmentError(PermissionDenied):
    """Somebody spoke for another person's enrolment."""

    code = "courses.enrolment.not_yours"
