"""What the desk is told of devices: how many there are, how many were heard of, and what is held back."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Login
from certificates.decisions import Queue, register_queue
from certificates.freshness import Counts, Source, register_source
from sync import access, policy
from sync.models import Device


def register() -> None:
    """Add devices to what reports, and what is held back to what waits for a decision."""
    register_source(Source("devices", _("Devices"), count_devices, how_many, "sync:device-list"))
    register_queue(
        Queue(
            30,
            "held",
            _("Work held back"),
            _("What a device sent and could not be taken as it is. Nothing of it is lost."),
            "sync:held-list",
            count_held,
            oldest_held,
        )
    )


def count_devices(since: dt.datetime, login: Login | None) -> Iterator[Counts]:
    """Yield for each country how many devices there are, how many spoke since, and the longest and last silence.

    A device that was revoked is waited for no more. One query.
    """
    rows = Device.objects.filter(revoked_at=None)
    if login is not None:
        rows = policy.DEVICES.filter(rows, login)
    found: Any = (
        rows.order_by()
        .values_list("person__country__code")
        .annotate(
            total=Count("pk"),
            heard=Count("pk", filter=Q(last_seen_at__gte=since)),
            oldest=Min("last_seen_at"),
            newest=Max("last_seen_at"),
        )
    )
    yield from found


def how_many() -> int:
    """Return how many devices there are, of everybody."""
    return Device.objects.count()


def count_held(login: Login) -> int:
    """Return how many lines wait for a decision of this login. One query."""
    return access.held_for(login).filter(decision="").count()


def oldest_held(login: Login) -> dt.datetime | None:
    """Return since when the oldest waits."""
    oldest: dt.datetime | None = access.held_for(login).filter(decision="").aggregate(at=Min("received_at"))["at"]
    return oldest
