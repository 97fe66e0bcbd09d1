"""Grant a learner more time, more attempts, breaks; or take it back."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Login, Person
from assessments.accommodating import ACCOMMODATED, ACCOMMODATION, Granted, accommodation_unit, granted_by
from assessments.models import Accommodation, Attempt
from assessments.policy import ACCOMMODATIONS
from courses.completion import announce_completion
from elearning.lib.ids import activity_iri
from records.actions import append_statements
from records.deriving import derive_late_ones_once
from records.statements import build_statement
from records.storage import hold_log, statements_of


@transaction.atomic
def accommodate(*, by: Login, person: Person, granted: Granted, ends_on: date | None) -> Accommodation | None:
    """Say what a person is granted from now on, audited, and return it as it stands then.

    Why is not asked and kept nowhere. The same again changes nothing. An attempt that counts by it (it was
    over the time, and is within it now) completes its course as any other does. Raise PermissionDenied.
    """
    if not ACCOMMODATIONS.allows(by, person):
        raise PermissionDenied
    hold_log()
    unit = accommodation_unit(person.uuid)
    here = Accommodation.objects.filter(pk=unit).first()
    if _says(here) == (granted, ends_on):
        return here
    before = _counting(person)
    with derive_late_ones_once():
        _say(by, person, unit, _facts(person, granted, ends_on))
        for enrolment in sorted(_counting(person) - before):
            announce_completion(enrolment)
    record_audit(
        by=by,
        act="accommodation.changed",
        target=person,
        country=person.country,
        detail={name: value for name, value in _facts(person, granted, ends_on).items() if name != "person"},
    )
    return Accommodation.objects.get(pk=unit)


def _says(row: Accommodation | None) -> tuple[Granted, date | None]:
    """Return what a row says, whatever the day."""
    return (granted_by(row, date.min), row.ends_on if row else None)


def _facts(person: Person, granted: Granted, ends_on: date | None) -> dict[str, Any]:
    return {
        "person": str(person.uuid),
        "time_percent": granted.time_percent,
        "extra_attempts": granted.extra_attempts,
        "may_pause": granted.may_pause,
        "ends_on": ends_on.isoformat() if ends_on else None,
    }


def _counting(person: Person) -> set[UUID]:
    """Return the enrolments of a person with an attempt that counts. One query."""
    rows = Attempt.objects.filter(enrolment__person=person, counts=True)
    return set(rows.order_by().values_list("enrolment_id", flat=True))


def _say(by: Login, person: Person, unit: UUID, facts: dict[str, Any]) -> None:
    actor = by.person.actor_accounts.order_by("pk").values_list("uuid", flat=True)[0]
    statement = build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb=ACCOMMODATED,
        activity=activity_iri(settings.ACTIVITY_BASE, "person", person.uuid),
        unit=(ACCOMMODATION, unit),
        timestamp=timezone.now(),
        facts=facts,
    )
    append_statements(by=[actor], statements=[statement], known_units=statements_of([unit]))
