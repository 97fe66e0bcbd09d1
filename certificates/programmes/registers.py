"""The list of a session: who is expected, what is known of each, and the file that can be filled in elsewhere."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import CohortMember, Person
from certificates.figures import sorting_key
from certificates.models import Attendance, Session
from certificates.programmes.sheets import Attendee, key_of
from elearning.lib.csvsafe import Cell
from records.aliases import kept_of


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One person of the list, and what is known of them."""

    person: Person
    attendance: Attendance | None = None


def register_of(login: Any, session: Session) -> list[RegisterLine]:
    """Return the learners of the cohort and whoever stands on the list already, by name. Four queries.

    A record that was made another's stands under the person who is kept; the latest that was said counts.
    """
    rows = list(Attendance.objects.filter(session_uuid=session.uuid).order_by("at", "pk"))
    learners = CohortMember.objects.learners().active().filter(cohort=session.cohort_id)
    named = {*learners.values_list("person__uuid", flat=True), *(row.person_id for row in rows)}
    kept = kept_of(named)
    known = {kept.get(row.person_id, row.person_id): row for row in rows}
    people = Person.objects.visible_to(login).select_related("agency")
    wanted = {kept.get(uuid, uuid) for uuid in named}
    lines = [RegisterLine(each, known.get(each.uuid)) for each in people.filter(uuid__in=wanted)]
    return sorted(lines, key=lambda line: (sorting_key(line.person.full_name), line.person.pk))


def attendees_by_key(lines: Iterable[RegisterLine]) -> dict[str, list[Attendee]]:
    """Return the people of a list by service number and by name, as sheets.judge_lines wants them."""
    found: dict[str, list[Attendee]] = defaultdict(list)
    for line in lines:
        person = line.person
        attendee = Attendee(person.uuid, person.full_name, person.service_number)
        keys = {key_of(text) for text in (person.service_number, person.full_name, person.full_name_other)}
        for key in keys - {""}:
            found[key].append(attendee)
    return found


def sheet_rows(lines: Iterable[RegisterLine]) -> tuple[list[str], list[list[Cell]]]:
    """Return the header and rows of the CSV file, which reads back as what it says."""
    header = [_("Service number"), _("Name"), pgettext("column of a list", "Attendance"), _("Minutes")]
    rows: list[list[Cell]] = []
    for line in lines:
        known = line.attendance
        status = known.status if known else ""
        minutes = known.minutes if known and known.status == Attendance.Status.PRESENT else None
        rows.append([line.person.service_number, line.person.full_name, status, minutes])
    return header, rows
