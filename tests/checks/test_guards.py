"""The tables that only grow: guarded after all migrations, whatever is typed."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from elearning.lib.growing import GrowingModel
from elearning.lib.guards import guarded_tables, guards_lifted

NEVER_WITHOUT = {"records_statement", "accounts_auditevent", "assessments_paper", "assessments_questionversion"}
SAMPLES: dict[type[models.Field[Any, Any]], Any] = {
    models.UUIDField: uuid.UUID(int=1),
    models.DateTimeField: dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
    models.JSONField: {},
    models.IntegerField: 1,
    models.CharField: "x",
    models.TextField: "x",
}
EVENTS = {
    "update": "UPDATE {table} SET {column} = {column}",
    "update of the key": "UPDATE {table} SET {key} = {key}",
    "delete": "DELETE FROM {table}",
    "replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "upsert": "INSERT INTO {table} SELECT * FROM {table} WHERE 1 = 1 "
    "ON CONFLICT ({key}) DO UPDATE SET {column} = excluded.{column}",
    "truncate": "TRUNCATE {table} CASCADE",
}
ONLY_ON = {"replace": "sqlite", "truncate": "postgresql"}


@pytest.mark.django_db
def test_every_growing_model_has_its_guards_after_all_migrations() -> None:
    growing = {model._meta.db_table for model in apps.get_models() if issubclass(model, GrowingModel)}
    assert guarded_tables(connection) >= NEVER_WITHOUT | growing


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(NEVER_WITHOUT))
def test_database_refuses_every_way_to_change_a_row(table: str) -> None:
    model = add_row(table)
    names = {"table": table, "column": model._meta.local_concrete_fields[-1].column, "key": model._meta.pk.column}
    for event, statement in EVENTS.items():
        if ONLY_ON.get(event, connection.vendor) != connection.vendor:
            continue
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(**names))
        assert model._base_manager.count() == 1, event


@pytest.mark.django_db
def test_control_without_the_guard_the_same_statement_goes_through() -> None:
    model = add_row("records_statement")
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute(EVENTS["delete"].format(table="records_statement"))
    assert model._base_manager.count() == 0
    assert "records_statement" in guarded_tables(connection)


@pytest.mark.django_db
def test_guards_are_lifted_in_tests_only(settings: Any) -> None:
    settings.TESTING = False
    with pytest.raises(RuntimeError, match="tests only"), guards_lifted(connection):
        pass
    assert guarded_tables(connection) >= NEVER_WITHOUT


def add_row(table: str) -> type[models.Model]:
    """Insert a row of made-up values, so that no factory of another app is needed."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    values = {
        field.attname: next(sample for kind, sample in SAMPLES.items() if isinstance(field, kind))
        for field in model._meta.local_concrete_fields
        if not isinstance(field, models.AutoField)
    }
    model._base_manager.bulk_create([model(**values)])
    return model
