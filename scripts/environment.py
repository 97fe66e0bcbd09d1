"""Make .venv and install what requirements/ pins, each file checked against its hash."""

import hashlib
import subprocess
import sys
import time
import venv
from pathlib import Path

from scripts.failing import need_room, run, stop, told_plainly
from scripts.places import ROOT, VENV, VENV_PYTHON

# Measured on a new environment: 420 MB installed for the site, 800 MB with the developers' tools, and pip's own copies.
_ROOM_MB = {"base": 900, "dev": 1700}


def main() -> None:
    """Bring .venv to the wanted set of packages: base, or dev which holds base."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "base"
    with told_plainly():
        if _is_ready(wanted):
            return
        need_room(ROOT, _ROOM_MB[wanted])
        _make_venv()
        _install(wanted)


def _is_ready(wanted: str) -> bool:
    names = ["dev"] if wanted == "dev" else ["base", "dev"]
    return any(_stamp(name).is_file() and _stamp(name).read_text() == _key(name) for name in names) and _runs()


def _install(wanted: str) -> None:
    started = time.monotonic()
    print(f"Installing the packages of requirements/{wanted}.txt into .venv ...", flush=True)
    _stamp(wanted).unlink(missing_ok=True)
    run(
        [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes", "--no-deps",
         "--requirement", ROOT / "requirements" / f"{wanted}.txt"],
        "The packages could not be installed: see what pip says above. Nothing else was changed; try again.",
    )  # fmt: skip
    _stamp(wanted).write_text(_key(wanted))
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def _make_venv() -> None:
    if _runs():
        return
    print(f"Making an environment in .venv with Python {sys.version.split()[0]} ...", flush=True)
    try:
        venv.create(VENV, with_pip=True, clear=True, symlinks=True)
    except subprocess.CalledProcessError:
        stop("Python's venv is incomplete, so nothing was made. On Debian or Ubuntu: apt-get install python3-venv")


def _runs() -> bool:
    """Say whether .venv has a Python that starts and has pip (it has not after the system's Python went away)."""
    if not VENV_PYTHON.exists():
        return False
    return subprocess.run([VENV_PYTHON, "-c", "import pip"], check=False, capture_output=True).returncode == 0


def _stamp(name: str) -> Path:
    return VENV / f".relais-{name}"


def _key(name: str) -> str:
    pinned = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    return hashlib.sha256(pinned).hexdigest()


if __name__ == "__main__":
    main()
