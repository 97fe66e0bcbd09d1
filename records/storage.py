"""How statements reach their table: one INSERT that takes the next places in the log."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from records.models import Statement
from records.statements import Said

# Any constant: it names this one lock among PostgreSQL's advisory locks.
_LOG_LOCK = 0x52454C41
_COLUMNS = ("id", "actor_uuid", "verb", "unit_kind", "unit_uuid", "text", "sha256")

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
    rows = [
        (
            _uuid(each.id),
            _uuid(each.actor_uuid),
            each.verb,
            each.unit_kind,
            _uuid(each.unit_uuid),
            each.text,
            each.sha256,
            moment,
        )
        for each in said
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


def statements_of(units: Iterable[uuid.UUID], ids: Iterable[uuid.UUID] = ()) -> list[Said]:
    """Return all statements of the units, and those with the ids whatever their unit."""
    wanted = Q(unit_uuid__in=list(units))
    if ids := list(ids):
        wanted |= Q(pk__in=ids)
    return [Said(*row) for row in Statement.objects.filter(wanted).values_list(*_COLUMNS)]


def _insert_sql() -> str:
    casts = ("uuid", "uuid", "text", "text", "uuid", "text", "text")
    if connection.vendor == "postgresql":
        values = ", ".join(f"%s::{cast}" for cast in casts)
        return _INSERT.format(values=values, moment="%s::timestamptz")
    return _INSERT.format(values=", ".join(["%s"] * len(casts)), moment="%s")


def _uuid(value: uuid.UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex
