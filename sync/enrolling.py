"""Devices: enrolling one, and revoking it."""

import re
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import ActorAccount, Login, Person
from elearning.lib.signing import from_base64, is_signed, read_public_key
from sync.errors import DeviceTakenError, PublicKeyRefusedError, TooManyDevicesError
from sync.models import Device
from sync.policy import DEVICES_RUN

MOST_DEVICES = 500
_SYSTEMS = ("Android", "iPad", "iPhone", "CrOS", "Windows", "Mac OS X", "Linux")
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("SamsungBrowser", "Samsung Internet"), ("Chrome", "Chrome"))


def enrol_device(*, by: Login, device: UUID, public_key: str, proof: str, label: str = "") -> tuple[Device, bool]:
    """Return the device of the login's person, and whether it is new; the same device with its key again is the same.

    `proof` is the signature of the device's own key over its id and the person's: nobody enrols a key
    that somebody else holds. Raise PublicKeyRefusedError, DeviceTakenError, TooManyDevicesError.
    """
    try:
        key, signature = read_public_key(public_key), from_base64(proof)
    except ValueError:
        raise PublicKeyRefusedError from None
    if not is_signed(key, signature, f"relais-enrol/1 {device} {by.person.uuid}"):
        raise PublicKeyRefusedError
    try:
        return _enrol(by.person, device, public_key, label[:80])
    except IntegrityError:  # two requests at once: the other one wrote it
        return _check_same(Device.objects.get(pk=device), by.person, public_key), False


@transaction.atomic
def _enrol(person: Person, device: UUID, public_key: str, label: str) -> tuple[Device, bool]:
    if there := Device.objects.filter(pk=device).first():
        return _check_same(there, person, public_key), False
    if Device.objects.filter(person=person, revoked_at=None).count() >= MOST_DEVICES:
        raise TooManyDevicesError
    row = Device(
        uuid=device,
        person=person,
        actor_uuid=find_actor(person) or ActorAccount.objects.create(person=person).uuid,
        public_key=public_key,
        label=label,
        enrolled_at=timezone.now(),
    )
    row.save(force_insert=True)
    return row, True


@transaction.atomic
def revoke_device(*, by: Login, device: Device) -> Device:
    """Take nothing more from a device without a person's decision, audited; one that is revoked stays as it is.

    Raise PermissionDenied unless it is the login's own or in its scope.
    """
    DEVICES_RUN.check(by, device)
    row = Device.objects.select_for_update(of=("self",)).select_related("person__country").get(pk=device.pk)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = timezone.now(), by.person
        row.save(update_fields=["revoked_at", "revoked_by"])
        detail = {"device": str(row.uuid)}
        record_audit(by=by, act="device.revoked", target=row.person, country=row.person.country, detail=detail)
    return row


def find_actor(person: Person) -> UUID | None:
    """Return the first account under which statements speak of a person. One query."""
    return person.actor_accounts.order_by("pk").values_list("uuid", flat=True).first()


def label_of_browser(user_agent: str) -> str:
    """Return a name by which somebody can tell two devices apart, such as 'Chrome, Android'; no version, no model."""
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    browser = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", user_agent)), "")
    if not browser and "Safari/" in user_agent:
        browser = "Safari"
    return ", ".join(part for part in (browser, system.replace("Mac OS X", "macOS")) if part)


def _check_same(there: Device, person: Person, public_key: str) -> Device:
    if there.person_id != person.uuid or there.public_key != public_key or there.revoked_at is not None:
        raise DeviceTakenError
    return there
