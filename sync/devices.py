"""Devices as the door needs them: what never changes is kept in the process, the rest is read each time."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection

from assessments.keeping import Kept
from elearning.lib.signing import read_public_key
from sync.models import Device


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """Who speaks by which key: fixed at enrolment."""

    uuid: UUID
    key: ec.EllipticCurvePublicKey
    actor: UUID
    person: UUID


@dataclass(frozen=True, slots=True)
class DeviceState:
    """What may change of a device: whether it may still speak, and how far its chain has come."""

    is_revoked: bool
    is_suspended: bool
    last_sequence: int
    head_sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a device says of itself: its clock against ours, and what waits in its queue."""

    clock_skew_s: int | None = None
    waiting_count: int | None = None
    waiting_since: datetime | None = None

    def after(self, settled: int) -> "Report":
        """Return what still waits once this many lines have their answer: the device counts them before it sends."""
        if self.waiting_count is None:
            return self
        left = max(0, self.waiting_count - settled)
        return Report(self.clock_skew_s, left, self.waiting_since if left else None)


kept: Kept[UUID, DeviceKey] = Kept(4096)


def find_devices(uuids: Iterable[UUID]) -> dict[UUID, DeviceKey]:
    """Return the keys of those devices that are known. No query for devices this process has met."""
    wanted = set(uuids)
    found = kept.take(wanted)
    if missing := wanted - found.keys():
        rows = Device.objects.filter(pk__in=missing).values_list("uuid", "public_key", "actor_uuid", "person__uuid")
        fresh = {uuid: DeviceKey(uuid, read_public_key(spki), actor, who) for uuid, spki, actor, who in rows}
        kept.keep(fresh)
        found |= fresh
    return found


# Written out because every answer passes here: building these two queries takes longer than running them.
_STATES = """
SELECT device.uuid, device.revoked_at IS NOT NULL, login.is_active, device.last_sequence, device.head_sha256
FROM sync_device device
JOIN accounts_person person ON person.uuid = device.person_id
LEFT JOIN accounts_login login ON login.person_id = person.id
WHERE device.uuid IN ({places})
"""


def states_of(uuids: Iterable[UUID]) -> dict[UUID, DeviceState]:
    """Return what may change of these devices. One query, none for no device; the caller holds the log."""
    wanted = [_adapted(uuid) for uuid in uuids]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STATES.format(places=", ".join(["%s"] * len(wanted))), wanted)
        rows = cursor.fetchall()
    # Somebody without a login here (erased, or known from elsewhere) is not suspended here.
    return {
        uuid if isinstance(uuid, UUID) else UUID(hex=uuid): DeviceState(
            bool(revoked), active is not None and not active, *head
        )
        for uuid, revoked, active, *head in rows
    }


def note_device(device: UUID, head: tuple[int, str] | None, report: Report | None, moment: datetime) -> None:
    """Write how far a chain has come, and what the device said of itself. One query; the caller holds the log."""
    values: dict[str, Any] = {"last_seen_at": _time(moment)}
    if head:
        values |= {"last_sequence": head[0], "head_sha256": head[1]}
    if report:
        said = asdict(report)
        values |= said | {"waiting_since": said["waiting_since"] and _time(said["waiting_since"])}
    columns = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        sql = f"UPDATE sync_device SET {columns} WHERE uuid = %s"  # noqa: S608  # the names of columns are ours
        cursor.execute(sql, [*values.values(), _adapted(device)])


def _adapted(uuid: UUID) -> Any:
    return uuid if connection.features.has_native_uuid_field else uuid.hex


def _time(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
