"""How statements reach their table and come back: the SQL of the log, on both databases.

Written by hand because it is what every answer of every learner passes through: building these
two queries through the ORM took longer than running them.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from records.statements import Said

# Any constant: it names this one lock among PostgreSQL's advisory locks.
_LOG_LOCK = 0x52454C41
_SELECT = "SELECT id, actor_uuid, verb, unit_kind, unit_uuid, text, sha256 FROM records_statement"

# Each row takes the place after the last one. That is safe because a writer holds the log: on
# SQLite by BEGIN IMMEDIATE, on PostgreSQL by the advisory lock of hold_log, until its transaction ends.
_INSERT = """
INSERT INTO records_statement (id, actor_uuid, verb, unit_kind, unit_uuid, text, sha256,
                               node_uuid, epoch, sequence, received_at)
SELECT {values}, node.uuid, node.epoch,
       COALESCE((SELECT MAX(log.sequence) FROM records_statement log
                 WHERE log.node_uuid = node.uuid AND log.epoch = node.epoch), 0) + 1, {moment}
FROM records_node node WHERE node.is_here
"""


def insert_statements(said: Sequence[Said], received_at: datetime) -> None:
    """Insert new statements in order. The caller is in a transaction and knows their ids are new."""
    moment = connection.ops.adapt_datetimefield_value(received_at)
    ids = _adapted_uuids([each.id for each in said])
    actors = _adapted_uuids([each.actor_uuid for each in said])
    units = _adapted_uuids([each.unit_uuid for each in said])
    rows = [
        (its_id, actor, each.verb, each.unit_kind, unit, each.text, each.sha256, moment)
        for its_id, actor, unit, each in zip(ids, actors, units, said, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_insert_sql(), rows)


def hold_log() -> None:
    """Let no other transaction append until this one ends; take it before reading what to append to.

    SQLite needs no query: BEGIN IMMEDIATE already made this the one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOG_LOCK])


def this_node() -> uuid.UUID:
    """Return the id of this node. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuid FROM records_node WHERE is_here")
        return _read_uuid(cursor.fetchone()[0])


def statements_of(units: Iterable[uuid.UUID], ids: Iterable[uuid.UUID] = ()) -> list[Said]:
    """Return all statements of the units, and those with the ids whatever their unit. One query."""
    wanted_units = _adapted_uuids(units)
    wanted_ids = _adapted_uuids(ids)
    conditions = [
        f"{column} IN ({', '.join(['%s'] * len(values))})"
        for column, values in (("unit_uuid", wanted_units), ("id", wanted_ids))
        if values
    ]
    if not conditions:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{_SELECT} WHERE {' OR '.join(conditions)}", [*wanted_units, *wanted_ids])
        rows = cursor.fetchall()
    # Many statements name few actors and units: each is read once.
    named = {value: _read_uuid(value) for row in rows for value in (row[1], row[4])}
    return [Said(_read_uuid(row[0]), named[row[1]], row[2], row[3], named[row[4]], row[5], row[6]) for row in rows]


def _insert_sql() -> str:
    casts = ("uuid", "uuid", "text", "text", "uuid", "text", "text")
    if connection.vendor == "postgresql":
        values = ", ".join(f"%s::{cast}" for cast in casts)
        return _INSERT.format(values=values, moment="%s::timestamptz")
    return _INSERT.format(values=", ".join(["%s"] * len(casts)), moment="%s")


def _adapted_uuids(values: Iterable[uuid.UUID]) -> list[Any]:
    """Return UUIDs as this database takes them; it is asked which way once, not for each."""
    return list(values) if connection.features.has_native_uuid_field else [value.hex for value in values]


def _read_uuid(value: Any) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(hex=value)
