"""Turn what goes wrong on somebody's machine into one clear sentence."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

_FULL = "No space left on device"


def stop(sentence: str) -> NoReturn:
    """Print the sentence and end with status 1."""
    sys.stdout.flush()
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Say in one sentence that the disk is full or that a folder may not be written."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            _stop_full(Path(str(error.filename or ".")))
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
            stop(
                f"Relais may not write to {error.filename}. Run make as the owner of this folder, or copy it elsewhere."
            )
        raise
    except Exception as error:
        # SQLite's own word, through Django's errors.
        if "disk is full" in str(error):
            _stop_full(Path.cwd())
        raise


def need_room(folder: Path, megabytes: int) -> None:
    """Stop unless the folder can be written and its disk has this much room."""
    there = folder
    while not there.exists():
        there = there.parent
    if not os.access(there, os.W_OK):
        stop(f"Relais may not write to {there}. Run make as the owner of this folder, or copy it elsewhere.")
    free = shutil.disk_usage(there).free // 1_000_000
    if free < megabytes:
        stop(
            f"The disk of {there} has {free} MB free, and this step needs {megabytes} MB. Make room, then run it again."
        )


def run(command: Sequence[str | Path], failure: str) -> None:
    """Run a command quietly; when it fails, print what it said and then the sentence."""
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode == 0:
        return
    if _FULL in done.stdout:
        _stop_full(Path.cwd())
    print(done.stdout[-4000:], file=sys.stderr)
    stop(failure)


def _stop_full(place: Path) -> NoReturn:
    stop(f"The disk is full (at {place}). What was there before is unchanged. Make room, then run it again.")
