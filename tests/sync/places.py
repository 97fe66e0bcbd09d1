"""A copy of the tests' database for programs of their own: processes that are killed, or watched."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from elearning.settings.base import BASE_DIR
from tests.sync.doings import Learner

PER_PARCEL = 50


def reading(learner: Learner, parcels: int) -> list[list[str]]:
    """Return parcels of PER_PARCEL lines, each about lessons of its own."""
    return [
        [
            learner.read(lesson, "progressed", place=str(uuid.uuid4()), ordinal=number)
            for lesson in (uuid.uuid4(), uuid.uuid4())
            for number in range(1, PER_PARCEL // 2 + 1)
        ]
        for _each in range(parcels)
    ]


def copy_site(folder: Path, parcels: Sequence[Sequence[str]]) -> None:
    """Put a copy of the database, the parcels and nothing else into a folder. The rows must be committed."""
    name = str(connection.settings_dict["NAME"])
    connection.close()  # the last connection brings the write-ahead log into the file
    shutil.copyfile(name, folder / "relais.sqlite3")
    (folder / "parcels.json").write_text(json.dumps(parcels))


def command(folder: Path, module: str, *arguments: object) -> dict[str, Any]:
    """Return the arguments of subprocess.run for a module that works on the copy."""
    environment = os.environ | {
        "RELAIS_VAR_DIR": str(folder),
        "RELAIS_KEYS_DIR": str(settings.RELAIS_KEYS_DIR),
        "RELAIS_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "elearning.settings.test",
        "PYTHONPATH": str(BASE_DIR),
    }
    return {
        "args": [sys.executable, "-m", module, str(folder), *map(str, arguments)],
        "cwd": BASE_DIR,
        "env": environment,
        "capture_output": True,
        "text": True,
        "timeout": 3600,
    }


def run(folder: Path, module: str, *arguments: object) -> str:
    """Run a module on the copy; return what it wrote."""
    done = subprocess.run(**command(folder, module, *arguments))
    assert done.returncode == 0, done.stderr[-4000:]
    output: str = done.stdout
    return output
