"""Test databases as copies of one migrated template: migrating takes 12 s, a copy takes 10 ms.

A worker starts with a copy, and a test that commits throws its copy away for a new one. So no test ever
lifts the guards of the append-only tables, and rows that migrations wrote are there for every test.
"""

import fcntl
import getpass
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from scripts.places import APPS, ROOT
from scripts.stamps import digest_of, files_under

# What decides the bytes of a migrated database: the schema, and what writes rows after migrating.
_DECIDING = (
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "*/models/**/*.py",
    "*/questions/*/models.py",
    "*/apps.py",
    "*/groups.py",
)


@contextmanager
def migrated_database() -> Iterator[None]:
    """Give the tests a database of their own, and remove it afterwards."""
    creation: Any = connection.creation
    first_name = str(creation._get_test_db_name())
    template = _template()
    numbers = itertools.count(1)

    def renew() -> None:
        old = str(connection.settings_dict["NAME"])
        # A new file each time: a server's thread that still has the old one open removes, when it closes it,
        # the WAL of whatever then has its name.
        new = f"{first_name}-{next(numbers)}" if connection.vendor == "sqlite" else old
        _drop(old)
        _copy(template, new)

    _copy(template, first_name)
    renewing[:] = [renew]
    try:
        yield
    finally:
        renewing.clear()
        _drop(str(connection.settings_dict["NAME"]))


renewing: list[Any] = []


def renew_database(*_ignored: object) -> None:
    """Replace what a committing test left behind."""
    for renew in renewing:
        renew()


def _template() -> str:
    """Return the name of the migrated database, made by whoever comes first."""
    sources = [path for pattern in _DECIDING for path in ROOT.glob(pattern) if path.parts[len(ROOT.parts)] in APPS]
    digest = digest_of([*sources, *files_under(ROOT / "requirements")])[:16]
    folder = Path(tempfile.gettempdir()) / f"relais-tests-{getpass.getuser()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = str(folder / f"{digest}.sqlite3") if connection.vendor == "sqlite" else f"template_{digest}"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _exists(name):
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            _build(name)
    return name


def _build(name: str) -> None:
    unfinished = f"{name}_part"
    _drop(unfinished)
    connection.settings_dict["TEST"]["NAME"] = unfinished
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    if connection.vendor == "sqlite":
        Path(unfinished).rename(name)
    else:
        _administer(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


def _exists(name: str) -> bool:
    if connection.vendor == "sqlite":
        return Path(name).exists()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _copy(template: str, name: str) -> None:
    """Make a database of this name anew, and use it from here on."""
    _drop(name)
    _point_at(name)
    if connection.vendor == "sqlite":
        shutil.copyfile(template, name)
    else:
        _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _drop(name: str) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm", ".writer"):
            Path(name + end).unlink(missing_ok=True)
    else:
        # FORCE: a thread that a test left behind may still be connected.
        _administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _administer(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def _point_at(name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
