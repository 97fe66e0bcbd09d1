"""What addresses about sheets and reserved courses name."""

from typing import Any

from courses.catalogue import CourseOutline
from courses.kinds import Reserved, SheetKind
from tests.factories.courses import make_course, make_sheet


def add_sheets(arguments: dict[str, Any], course: CourseOutline) -> None:
    """Add a job aid and a session plan to the course of the world, and a course that is only for police."""
    arguments["sheet"] = make_sheet(course, SheetKind.JOB_AID, "job-aid-of-the-world", language="fr").slug
    arguments["plan"] = make_sheet(course, SheetKind.SESSION_PLAN, "plan-of-the-world", language="fr").slug
    reserved = make_course("only-for-police", languages=("en", "fr"), reserved_for=Reserved.POLICE)
    arguments |= {
        "only": reserved.slug,
        "only_lesson": reserved.lessons[0].slug,
        "only_sheet": make_sheet(reserved, SheetKind.JOB_AID, "at-hand", language="fr").slug,
    }
