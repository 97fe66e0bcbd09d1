"""What every test has: a database of its own, an empty cache, no network but loopback."""

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from tests.databases import migrated_database, renew_database


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what speaks of the other database only: that is no test skipped here."""
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    left_out = [item for item in items if item.get_closest_marker(other)]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Give each worker a copy of one migrated database."""
    # A test that commits leaves its rows in a database that is thrown away.
    thrown_away = mock.patch.object(TransactionTestCase, "_fixture_teardown", renew_database)
    with django_db_blocker.unblock(), migrated_database(), thrown_away:
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Leave no cached row and no chosen language to the next test."""
    yield
    cache.clear()
    translation.activate("en")
