"""What addresses of learning paths name: one path of one stage."""

from typing import Any

from courses.catalogue import CourseOutline
from courses.models import LearningPath


def add_paths(arguments: dict[str, Any], course: CourseOutline) -> None:
    """Add a path whose address is the same in every language."""
    LearningPath.objects.create(
        kind=LearningPath.Kind.ROLE,
        slug={"en": "everybody"},
        title={"en": "Everybody"},
        summary={"en": "For everybody."},
        stages=[{"title": {"en": "All"}, "courses": [str(course.uuid)]}],
    )
    arguments["path"] = "everybody"
