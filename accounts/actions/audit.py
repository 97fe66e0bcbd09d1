"""Write down what staff did."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import AuditEvent, Country, Login, Person


def record_audit(
    *,
    by: Login | None,
    act: str,
    target: Any = None,
    country: Country | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add one row to the audit log, inside the transaction of the act itself.

    `by` None is the site: a command somebody ran on the machine. The roles are kept as they were
    then, so that a person can be told who looked without being told a name. `target` is any row
    with a UUID; `detail` holds no name, service number or free text.
    """
    roles = sorted({grant.role for grant in by.grants}) if by else ["site"]
    return AuditEvent.objects.create(
        at=timezone.now(),
        actor_uuid=by.person.uuid if by else None,
        act=act,
        target_kind=target._meta.model_name if target is not None else "",  # noqa: SLF001
        target_uuid=_uuid_of(target),
        country_code=country.code if country else "",
        detail={**(detail or {}), "roles": roles},
    )


def view_person(*, by: Login, person: Person) -> None:
    """Write down that a member of staff opened somebody else's page."""
    if by.person_id != person.pk:
        record_audit(by=by, act="person.viewed", target=person, country=person.country)


def _uuid_of(target: Any) -> uuid.UUID | None:
    found = getattr(target, "uuid", None)
    return found if isinstance(found, uuid.UUID) else None
