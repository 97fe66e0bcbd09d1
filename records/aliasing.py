"""Which records are one person, from what merges and their undoing say. Pure.

Each record can be made another's. Of all that was said of it the latest counts, by the time it states and then by its
id; whatever order it came in, the answer is the same. Where two nodes merged apart, a line of merges can come back to
its beginning: then the latest of them joins nothing, on every node.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from elearning.lib.ids import derived_uuid


class Words(Protocol):
    """What is read of a statement."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def verb(self) -> str: ...  # noqa: D102
    @property
    def timestamp(self) -> str: ...  # noqa: D102
    @property
    def facts(self) -> Mapping[str, Any]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Merge:
    """One record that was made another's, when, and by which statement."""

    absorbed: UUID
    named: UUID
    at: datetime
    statement: UUID


def alias_unit(absorbed: UUID) -> UUID:
    """Return the unit under which it is said of one record whose it is, the same on every node."""
    return derived_uuid("alias", absorbed)


def merge_of(unit: UUID, said: Iterable[Words]) -> Merge | None:
    """Return the merge in force of one record, or None where it was parted, or never soundly merged."""
    sound = [(merge, each.verb) for each in said if (merge := _read(unit, each)) is not None]
    if not sound:
        return None
    merge, verb = max(sound, key=lambda each: (each[0].at, each[0].statement))
    return merge if verb == "merged" else None


def people_named(unit: UUID, said: Iterable[Words]) -> set[UUID]:
    """Return every record that sound statements of a unit name: their figures may change."""
    return {uuid for each in said if (merge := _read(unit, each)) for uuid in (merge.absorbed, merge.named)}


def ends_of(merges: Iterable[Merge]) -> dict[UUID, UUID | None]:
    """Return for each absorbed record the one at the end of its line; None where its merge closes a circle.

    >>> a, b, c = (UUID(int=n) for n in range(3))
    >>> first, second = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    >>> ends_of([Merge(a, b, first, a), Merge(b, c, second, b)]) == {a: c, b: c}
    True
    >>> ends_of([Merge(a, b, first, a), Merge(b, a, second, b)]) == {a: b, b: None}
    True
    """
    leads: dict[UUID, UUID] = {}
    ends: dict[UUID, UUID | None] = {}
    for merge in sorted(merges, key=lambda each: (each.at, each.statement, each.absorbed)):
        if _end(leads, merge.named) == merge.absorbed:
            ends[merge.absorbed] = None
        else:
            leads[merge.absorbed] = merge.named
    return {**{absorbed: _end(leads, absorbed) for absorbed in leads}, **ends}


def _end(leads: Mapping[UUID, UUID], record: UUID) -> UUID:
    while record in leads:
        record = leads[record]
    return record


def _read(unit: UUID, said: Words) -> Merge | None:
    if said.verb not in ("merged", "parted"):
        return None
    try:
        absorbed, named = UUID(said.facts["absorbed"]), UUID(said.facts["kept"])
        at = datetime.fromisoformat(said.timestamp).astimezone(UTC)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return Merge(absorbed, named, at, said.id) if alias_unit(absorbed) == unit and absorbed != named else None
