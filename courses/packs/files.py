"""The files of a pack as they may be: real files below its folder, not too many, not too large."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from courses.packs.errors import Findings

LARGEST_TEXT_BYTES = 512 * 1024
MOST_FILES = 500
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The folder of a pack. Paths are relative to it, with forward slashes."""

    root: Path
    names: frozenset[str]

    def read(self, name: str, findings: Findings) -> str | None:
        """Return a file's text, or None with a problem noted."""
        if name not in self.names:
            findings.add(name, 1, "the file is missing")
            return None
        path = self.root / name
        if path.stat().st_size > LARGEST_TEXT_BYTES:
            findings.add(name, 1, f"the file is larger than {LARGEST_TEXT_BYTES // 1024} KiB")
            return None
        try:
            return path.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            findings.add(name, path.read_bytes().count(b"\n", 0, error.start) + 1, "the file is not UTF-8 text")
            return None


def list_files(root: Path, findings: Findings) -> PackFiles:
    """Return the files of a pack; note symbolic links, which could lead out of it, and excess."""
    names: set[str] = set()
    total = 0
    if root.is_symlink() or not root.is_dir():
        findings.add(root.name or ".", 1, "a pack is a folder; there is none at this path")
        return PackFiles(root, frozenset())
    for path in _walk(root):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            findings.add(name, 1, "symbolic links and special files are not allowed in a pack")
            continue
        if path.is_file():
            names.add(name)
            total += path.stat().st_size
        if len(names) > MOST_FILES or total > MOST_BYTES:
            findings.add(name, 1, f"a pack has at most {MOST_FILES} files and {MOST_BYTES // 1024**2} MiB")
            break
    return PackFiles(root, frozenset(names))


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root, followlinks=False):
        folders.sort()
        for name in sorted([*folders, *files]):
            yield Path(folder) / name
