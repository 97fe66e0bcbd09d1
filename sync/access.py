"""The few doors through which a view gets a device or a line that is held back."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.models import Login
from records.models import QuarantinedStatement
from sync import policy
from sync.errors import DeviceTakenError
from sync.models import Device


def check_desk(login: Any) -> None:
    """Raise PermissionDenied for somebody without a desk."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied


def own_device(login: Login, device: UUID) -> Device:
    """Return the login's own device that may still speak; raise DeviceTakenError. One query."""
    found = Device.objects.filter(pk=device, person=login.person, revoked_at=None).first()
    if found is None:
        raise DeviceTakenError
    return found


def devices_for(login: Any) -> QuerySet[Device]:
    """Return the devices of the people this desk answers for; PermissionDenied without one."""
    check_desk(login)
    return policy.DEVICES.filter(Device.objects.select_related("person__country"), login)


def device_to_run(login: Any, device: UUID) -> Device:
    """Return a device that this login may revoke, its own among them; raise Http404."""
    rows = Device.objects.select_related("person__country")
    found = policy.DEVICES_RUN.filter(rows, login).filter(pk=device).first()
    if found is None:
        raise Http404
    return found


def held_for(login: Any) -> QuerySet[QuarantinedStatement]:
    """Return what is held back and this desk decides on; PermissionDenied without one."""
    check_desk(login)
    return policy.QUARANTINED.filter(QuarantinedStatement.objects.all(), login)


def held_one(login: Any, uuid: UUID) -> QuarantinedStatement:
    """Return one of them; raise Http404."""
    found = held_for(login).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found
