"""Pictures and recordings of pages as the files of a pack, each with the name it came with."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from wagtail.images import get_image_model
from wagtailmedia.models import get_media_model

_LONGEST_STEM = 60


@dataclass(slots=True)
class MediaFiles:
    """Reads each file once; `names` are those of the pack, by SHA-256."""

    names: Mapping[str, str]
    contents: dict[str, bytes] = field(default_factory=dict)
    _known: dict[tuple[bool, int], str] = field(default_factory=dict)

    def name_of(self, key: int | None, *, is_image: bool) -> str:
        """Return the name of a picture or recording in the pack; an empty text for none."""
        if key is None:
            return ""
        if (is_image, key) not in self._known:
            self._known[is_image, key] = self._read(key, is_image=is_image)
        return self._known[is_image, key]

    def _read(self, key: int, *, is_image: bool) -> str:
        model: Any = get_image_model() if is_image else get_media_model()
        row = model.objects.get(pk=key)
        with row.file.open("rb") as stored:
            content: bytes = stored.read()
        name = self.names.get(hashlib.sha256(content).hexdigest()) or self._free(row.file.name, content)
        self.contents[name] = content
        return name

    def _free(self, stored: str, content: bytes) -> str:
        """Return a name for a file that an editor added, one that no other has."""
        path = PurePosixPath(stored)
        stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:_LONGEST_STEM] or "file"
        name = f"media/{stem}{path.suffix.lower()}"
        if self.contents.get(name, content) != content or name in self.names.values():
            name = f"media/{stem}-{hashlib.sha256(content).hexdigest()[:8]}{path.suffix.lower()}"
        return name
