"""Files by their content, under RELAIS_PACKS_DIR/<aa>/<sha256>."""

import os
import uuid
from pathlib import Path

from django.conf import settings

from sync.packs.content import digest


def store(data: bytes) -> str:
    """Keep some bytes on the disk and return their hash; what is there already is not written again."""
    sha256 = digest(data)
    path = _path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, data)
    return sha256


def stored(sha256: str) -> bytes | None:
    """Return kept bytes, or None where they are gone or damaged."""
    try:
        data = _path_of(sha256).read_bytes()
    except FileNotFoundError:
        return None
    return data if digest(data) == sha256 else None


def drop(sha256: str) -> None:
    """Forget some bytes, so that they are written anew."""
    _path_of(sha256).unlink(missing_ok=True)


def _path_of(sha256: str) -> Path:
    return Path(settings.RELAIS_PACKS_DIR) / sha256[:2] / sha256


def _write_whole(path: Path, data: bytes) -> None:
    """Let a file appear with all its bytes or not at all, also when the power goes."""
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
