"""What somebody did in sessions: who was at one is not taken away again with the import that brought them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.joining.registry import register_trace
from accounts.models import Person
from certificates.models import Attendance, SessionPart


def register() -> None:
    """Add the traces of sessions."""
    register_trace("attended", _("Was written on the list of a session since"), _attended)
    register_trace("session-part", _("Has a part in a session"), _held)


def _attended(people: Sequence[Person], since: datetime) -> set[UUID]:
    rows = Attendance.objects.filter(person__in=[each.uuid for each in people], at__gte=since)
    return {row.person_id for row in rows.only("person_id")}


def _held(people: Sequence[Person], _since: datetime) -> set[UUID]:
    return set(SessionPart.objects.filter(person__in=people).values_list("person__uuid", flat=True))
