"""SQLite: one writer at a time, in a queue; durable before the reply."""

import threading
import time

import pytest
from django.db import connection, connections, transaction

from records.models import QuarantinedStatement

pytestmark = pytest.mark.sqlite  # the writer's lock is SQLite's


@pytest.mark.django_db
def test_connection_is_durable_and_guards_fire_on_replace():
    """WAL with synchronous FULL: an acknowledged statement survives a power cut."""
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "recursive_triggers", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "recursive_triggers": 1, "foreign_keys": 1}


@pytest.mark.django_db(transaction=True)
def test_writers_wait_for_each_other_and_none_is_told_that_the_database_is_locked():
    """Eight threads read, think and write in transactions: all succeed, and no count is lost."""
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for step in range(5):
                with transaction.atomic():
                    seen = QuarantinedStatement.objects.count()
                    time.sleep(0.002)
                    QuarantinedStatement.objects.create(
                        text="", text_sha256=f"{seen}", reason=f"{number}-{step}", received_at="2026-11-22T00:00:00Z"
                    )
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    # Each saw a different count: they ran one after the other.
    seen = sorted(int(text) for text in QuarantinedStatement.objects.values_list("text_sha256", flat=True))
    assert seen == list(range(40))


@pytest.mark.django_db(transaction=True)
def test_lock_is_released_after_a_failure():
    """A transaction that fails leaves the next writer free."""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    done = threading.Event()

    def write() -> None:
        with transaction.atomic():
            done.set()
        connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(timeout=10)
    assert done.is_set()
