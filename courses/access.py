"""The few doors through which a view gets a course, a lesson or an enrolment."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.http import Http404

from courses.catalogue import (
    Catalogue,
    CourseOutline,
    LessonEntry,
    SheetEntry,
    read_catalogue,
    reserved_courses,
)
from courses.editions.choosing import met_at
from courses.kinds import Reserved
from courses.models import ActivityState, Enrolment

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Visit:
    """A lesson as one person meets it; `enrolment` is None for staff who look in."""

    catalogue: Catalogue
    course: CourseOutline
    lesson: LessonEntry
    enrolment: Enrolment | None
    place: str
    is_completed: bool

    def addresses(self, lesson: LessonEntry | None = None) -> dict[str, str]:
        """Return language code -> address of the course, or of one of its lessons, in this edition."""
        return self.catalogue.addresses(self.course.uuid, lesson.uuid if lesson else None, self.course.edition)

    def is_open_to(self, login: Any) -> bool:
        """Tell whether this login may read."""
        return may_read(login, self.course, self.enrolment)


def may_see(login: Any, course: CourseOutline) -> bool:
    """Tell whether a course exists for this login: anybody's, unless it is reserved. No query unless it is."""
    return not course.reserved_for or _is_admitted(login, course.reserved_for)


def may_read(login: Any, course: CourseOutline, enrolment: Enrolment | None) -> bool:
    """Tell whether this login may read a course's lessons and job aids, carry them, print them.

    An enrolment opens them, and staff may look in. A reserved course closes when the confirmation ends.
    """
    return may_see(login, course) and (enrolment is not None or is_staff(login))


def is_staff(login: Any) -> bool:
    """Tell whether a login holds a role. No query."""
    return bool(login.is_authenticated and login.has_roles)


def _is_admitted(login: Any, reserved_for: str) -> bool:
    if is_staff(login):
        return True
    return bool(login.is_authenticated and reserved_for == Reserved.POLICE and login.is_police)


def _opens(login: Any, enrolment: Enrolment) -> bool:
    """Tell whether an enrolment opens anything today: not where its course is reserved for others."""
    reserved_for = reserved_courses().get(enrolment.course_uuid)
    return not reserved_for or _is_admitted(login, reserved_for)


def course_for(login: Any, language: str, slug: str) -> tuple[Catalogue, CourseOutline]:
    """Return a published course that exists for this login. Raise Http404. One query."""
    catalogue = read_catalogue()
    course = catalogue.course_by_slug(language, slug)
    if course is None or not may_see(login, course):
        raise Http404
    return catalogue, course


def lesson_for(login: Any, language: str, course_slug: str, lesson_slug: str) -> Visit:
    """Return a published lesson with the login's enrolment and place. Raise Http404. Two queries."""
    catalogue, course = course_for(login, language, course_slug)
    lesson = catalogue.lesson_by_slug(course, lesson_slug)
    if lesson is None:
        raise Http404
    enrolment = _enrolment_at(login, course.uuid, lesson.uuid)
    course = met_at(catalogue, login, course, language, enrolment)
    lesson = course.lesson(lesson.uuid)
    if lesson is None or not may_see(login, course):
        raise Http404
    return Visit(
        catalogue,
        course,
        lesson,
        enrolment,
        getattr(enrolment, "place", None) or "",
        bool(getattr(enrolment, "is_completed", False)),
    )


@dataclass(frozen=True, slots=True)
class SheetVisit:
    """A sheet as one person meets it."""

    catalogue: Catalogue
    course: CourseOutline
    sheet: SheetEntry
    enrolment: Enrolment | None

    def addresses(self) -> dict[str, str]:
        """Return language code -> address of the sheet in this edition."""
        return self.catalogue.sheet_addresses(self.course, self.sheet)


def sheet_for(login: Any, language: str, course_slug: str, sheet_slug: str) -> SheetVisit:
    """Return a published sheet. Raise Http404 where it is not there for this login. Two queries."""
    catalogue, named = course_for(login, language, course_slug)
    enrolment = enrolment_for(login, named.uuid)
    course = met_at(catalogue, login, named, language, enrolment)
    sheet = catalogue.sheet_by_slug(named, sheet_slug)
    sheet = sheet and course.sheet(sheet.uuid)
    if sheet is None or (sheet.is_for_staff and not is_staff(login)) or not may_see(login, course):
        raise Http404
    return SheetVisit(catalogue, course, sheet, enrolment)


def enrolment_for(login: Any, course_uuid: UUID) -> Enrolment | None:
    """Return the login's own enrolment in a course with its progress, the latest period's. One query.

    None also where the course is reserved, and not for this login any more.
    """
    if not login.is_authenticated:
        return None
    mine = Enrolment.objects.of(login).filter(course_uuid=course_uuid)
    enrolment: Enrolment | None = mine.select_related("progress").best_first().first()
    return enrolment if enrolment and _opens(login, enrolment) else None


def enrolments_of(login: Any) -> list[Enrolment]:
    """Return the login's own enrolments with their progress, the latest first; none in a course closed to it.

    One query, and one more for who is enrolled in a reserved course.
    """
    rows = Enrolment.objects.of(login).select_related("progress").order_by("-enrolled_at", "uuid")
    return [enrolment for enrolment in rows if _opens(login, enrolment)]


def states_of(enrolments: "Iterable[Enrolment]") -> dict[UUID, dict[UUID, ActivityState]]:
    """Return enrolment -> activity -> state. One query, none without an enrolment."""
    states: dict[UUID, dict[UUID, ActivityState]] = {enrolment.pk: {} for enrolment in enrolments}
    for state in ActivityState.objects.filter(enrolment__in=states) if states else ():
        states[state.enrolment_id][state.activity_uuid] = state
    return states


# Written out because it runs for every lesson that is read: building this query from the ORM's parts
# takes 0.4 ms of CPU each time, a tenth of what a lesson may cost.
_ENROLMENT_AT = """
SELECT enrolment.*, state.place AS place, state.completed_at IS NOT NULL AS is_completed
FROM courses_enrolment enrolment
LEFT JOIN courses_activitystate state ON state.enrolment_id = enrolment.uuid AND state.activity_uuid = %s
LEFT JOIN courses_courseprogress progress ON progress.enrolment_id = enrolment.uuid
WHERE (enrolment.person_id = %s
       OR enrolment.person_id IN (SELECT absorbed_uuid FROM records_alias WHERE kept_uuid = %s))
  AND enrolment.course_uuid = %s
ORDER BY enrolment.period DESC, progress.completed_at IS NULL, progress.completed_at,
         COALESCE(progress.activities_completed, 0) DESC, enrolment.enrolled_at, enrolment.uuid
LIMIT 1
"""


def _enrolment_at(login: Any, course_uuid: UUID, lesson_uuid: UUID) -> Enrolment | None:
    """Return the enrolment with the place in one lesson and whether it is completed, by one join."""
    if not login.is_authenticated:
        return None
    native = connection.features.has_native_uuid_field
    values = (lesson_uuid, login.person.uuid, login.person.uuid, course_uuid)
    found = Enrolment.objects.raw(_ENROLMENT_AT, [each if native else each.hex for each in values])
    enrolment: Enrolment | None = next(iter(found), None)
    return enrolment
