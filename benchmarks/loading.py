"""What the curriculum costs a new site: all packs loaded from nothing, loaded again, taken out and compared."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure

_FIRST_S, _AGAIN_S, _LARGEST_KB = 90, 9, 1500
# A second run reads and compares: it must cost a small part of the first.
_AGAIN_SHARE = 0.1


def loading_figures() -> Iterator[Figure]:
    """Measure in a process of its own: this one has a site already."""
    with tempfile.TemporaryDirectory(prefix="relais-loading-") as folder:
        environment = os.environ | {"RELAIS_VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "elearning.settings.dev"}
        command = [sys.executable, "-m", "benchmarks.loading"]
        done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    first, again, largest, packs = map(float, done.stdout.split()[-4:])
    yield Figure("packs-load-all", first, "s of CPU", limit=_FIRST_S)
    yield Figure("packs-load-again", again, "s of CPU", limit=_AGAIN_S)
    yield Figure("packs-again-share", again / first, "of the first run", limit=_AGAIN_SHARE)
    yield Figure("packs-largest", largest, "kB", limit=_LARGEST_KB)
    yield Figure("packs-come-back", packs, "packs", limit=2, at_least=True)


def _measure() -> str:
    """Load, load again, export and load that; return the seconds, the size and the number of packs."""
    import time  # noqa: PLC0415  # all of this belongs to the other process

    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after the settings

    from courses.packs.checking.running import size_of  # noqa: PLC0415
    from courses.packs.exporting import export_course, write_files  # noqa: PLC0415
    from courses.packs.reading import read_pack  # noqa: PLC0415
    from courses.packs.writing import load_pack  # noqa: PLC0415
    from scripts.places import CURRICULUM  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    # Copied, so that what somebody is just writing does not change between two runs.
    copied = shutil.copytree(CURRICULUM, Path(os.environ["RELAIS_VAR_DIR"]) / "curriculum")
    roots = sorted(path.parent for path in copied.glob("*/course.yaml"))
    started = time.process_time()
    for root in roots:
        assert load_pack(root).created, f"nothing came of {root.name}"
    loaded = time.process_time()
    for root in roots:
        assert not _changes(load_pack(root)), f"{root.name} changed by itself"
    again = time.process_time() - loaded
    with tempfile.TemporaryDirectory() as folder:
        for root in roots:
            copy = Path(folder) / root.name
            write_files(export_course(read_pack(root).course.uuid), copy)
            assert not _changes(load_pack(copy)), f"{root.name} came back changed"
    largest = max(map(size_of, roots)) / 1000
    return f"{loaded - started} {again} {largest} {len(roots)}"


def _changes(report: Any) -> list[Any]:
    parts = [name for name, count in report.parts.items() if count]
    return [*report.created, *report.changed, *report.unpublished, *parts]


if __name__ == "__main__":
    print(_measure())
