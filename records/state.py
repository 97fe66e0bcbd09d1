"""All derived state: its hash, and deriving it again from nothing."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from elearning.lib.canonical import canonical_json
from records.deriving import Registry, derive_units, registry
from records.models import DerivedRow, Statement
from records.statements import utc_text
from records.storage import statements_of

_UNITS_AT_A_TIME = 500


def state_hash(derivations: Registry = registry) -> str:
    """Return the SHA-256 over all derived rows, sorted by table and natural key."""
    digest = hashlib.sha256()
    for table in sorted(derivations.tables(), key=lambda each: each._meta.label):  # noqa: SLF001
        digest.update(f"{table._meta.label}\n".encode())  # noqa: SLF001
        for row in _rows(table):
            digest.update(f"{row}\n".encode())
    return digest.hexdigest()


@transaction.atomic
def rebuild_state(derivations: Registry = registry) -> str:
    """Delete every derived row, derive all units again, and return the state hash."""
    for table in derivations.tables():
        table._base_manager.all().delete()  # noqa: SLF001
    for units in _units_in_batches():
        by_kind: dict[str, dict[UUID, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for said in statements_of(units):
            by_kind[said.unit_kind][said.unit_uuid].append(said)
        derive_units(_in_registered_order(by_kind, derivations))
    return state_hash(derivations)


def _in_registered_order(by_kind: dict[str, Any], derivations: Registry) -> dict[str, Any]:
    return {kind: by_kind[kind] for kind in derivations.units if kind in by_kind}


def _units_in_batches() -> Iterator[list[UUID]]:
    units = list(Statement.objects.order_by("unit_uuid").values_list("unit_uuid", flat=True).distinct())
    for start in range(0, len(units), _UNITS_AT_A_TIME):
        yield units[start : start + _UNITS_AT_A_TIME]


def _rows(table: type[DerivedRow]) -> Iterator[str]:
    rows = table._base_manager.order_by(table.natural_key)  # noqa: SLF001
    for row in rows.iterator(chunk_size=2000):
        yield canonical_json({name: _plain(value) for name, value in row.facts().items()})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date | UUID):
        return str(value)
    return value
