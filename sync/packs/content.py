"""One file of a pack, before it is stored."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from elearning.lib.canonical import canonical_json

# A longer file travels in pieces, so that a cut connection costs one piece.
CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True)
class Content:
    """A file: where it stands, for which language ("" is all), what it is for, and its bytes."""

    path: str
    language: str
    role: str
    media_type: str
    data: bytes

    @cached_property
    def pieces(self) -> list[bytes]:
        """The bytes as they travel: whole, or cut."""
        return [self.data[start : start + CHUNK_BYTES] for start in range(0, len(self.data), CHUNK_BYTES)] or [b""]

    def entry(self) -> dict[str, Any]:
        """Return the file's line of the manifest."""
        line: dict[str, Any] = {
            "path": self.path,
            "lang": self.language,
            "role": self.role,
            "sha256": digest(self.data),
            "size": len(self.data),
            "type": self.media_type,
        }
        if len(self.pieces) > 1:
            line["chunks"] = [digest(piece) for piece in self.pieces]
        return line


def json_content(path: str, language: str, role: str, value: dict[str, Any]) -> Content:
    """Return a file of data. Equal values give equal bytes."""
    return Content(path, language, role, "application/json", canonical_json(value).encode())


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
