"""When people's devices were last heard of, and what they said still waited there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from assessments.contact import Contact
from sync.models import Device


def contacts(people: Collection[UUID]) -> dict[UUID, Contact]:
    """Return the contact of those people who have a device in use, by person. One query."""
    devices: dict[UUID, list[Device]] = defaultdict(list)
    for device in Device.objects.filter(person__uuid__in=people, revoked_at=None):
        devices[device.person_id].append(device)
    return {person: _contact(rows) for person, rows in devices.items()}


def _contact(devices: Sequence[Device]) -> Contact:
    """Return what several devices amount to: the newest contact, all that waits, since when the oldest of it does."""
    return Contact(
        max((each.last_seen_at for each in devices if each.last_seen_at), default=None),
        sum(each.waiting_count or 0 for each in devices),
        min((each.waiting_since for each in devices if each.waiting_count and each.waiting_since), default=None),
    )
