"""Database triggers that make a table append-only, and the one door that lifts them in tests.

The ORM refuses first; the trigger is what holds when somebody types SQL. On SQLite an
INSERT OR REPLACE deletes the old row without firing its triggers unless recursive_triggers is on:
elearning.lib.env.sqlite_database sets it for every connection.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import migrations

MESSAGE = "this table only grows: rows are never changed or deleted"

_SQLITE = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION relais_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION relais_append_only()
"""


def guard_table(connection: Any, table: str) -> None:
    """Create the triggers of one table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event in ("update", "delete"):
                cursor.execute(_SQLITE.format(table=table, event=event, message=MESSAGE))
        else:
            cursor.execute(_POSTGRESQL_FUNCTION.format(message=MESSAGE))
            cursor.execute(_POSTGRESQL.format(table=table))


def unguard_table(connection: Any, table: str) -> None:
    """Drop the triggers of one table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}")
        else:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")


def guarded_tables(connection: Any) -> set[str]:
    """Return the tables whose triggers are all present."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
            found = {(table, name) for table, name in cursor.fetchall()}
            return {
                table
                for table, _name in found
                if {(table, f"{table}_no_update"), (table, f"{table}_no_delete")} <= found
            }
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_no_change' AND tgenabled = 'O'"
        )
        return {table for (table,) in cursor.fetchall()}


@contextmanager
def guards_lifted(connection: Any) -> Iterator[None]:
    """Lift every guard while a test empties its database; refused outside tests."""
    if not getattr(settings, "TESTING", False):
        msg = "the guards of append-only tables are lifted in tests only"
        raise RuntimeError(msg)
    tables = sorted(guarded_tables(connection))
    for table in tables:
        unguard_table(connection, table)
    try:
        yield
    finally:
        for table in tables:
            guard_table(connection, table)


class GuardTable(migrations.RunPython):
    """A migration step that guards one table."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(self._guard, self._unguard, elidable=False)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what a migration file writes."""
        return (self.__class__.__name__, [self.table], {})

    def _guard(self, _apps: Any, schema_editor: Any) -> None:
        # Again for a table that a migration altered: SQLite made it anew, without its triggers.
        unguard_table(schema_editor.connection, self.table)
        guard_table(schema_editor.connection, self.table)

    def _unguard(self, _apps: Any, schema_editor: Any) -> None:
        unguard_table(schema_editor.connection, self.table)
