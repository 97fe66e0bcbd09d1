"""Remember what a step was made from, so that it is skipped while nothing changed."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from scripts.places import ROOT, VAR

_FOLDER = VAR / "stamps"


def digest_of(paths: Iterable[Path], *more: str) -> str:
    """Return a hash over the names and bytes of files, and over further words."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in sorted(set(paths)):
        total.update(os.path.relpath(path, ROOT).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def files_under(*folders: Path, pattern: str = "*") -> list[Path]:
    """Return the files below the folders, caches apart."""
    return [
        path
        for folder in folders
        for path in folder.rglob(pattern)
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith((".pyc", ".mo"))
    ]


def is_fresh(name: str, key: str) -> bool:
    """Say whether the step was last finished with this key."""
    path = _FOLDER / name
    return path.is_file() and path.read_text(encoding="ascii") == key


def set_fresh(name: str, key: str) -> None:
    """Remember that the step is finished."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    (_FOLDER / name).write_text(key, encoding="ascii")


def forget(name: str) -> None:
    """Have the step done again next time."""
    (_FOLDER / name).unlink(missing_ok=True)
