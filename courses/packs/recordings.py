"""Videos and recordings of a pack in the media library: each file once, found again by its hash."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.base import File
from wagtailmedia.models import get_media_model

from courses.moving_media import VIDEO_TYPES


@dataclass(slots=True)
class RecordingStore:
    """Adds videos and recordings; `forget_new` removes the files of rows that a rollback took away."""

    root: Path
    keys: dict[str, int] = field(default_factory=dict)
    added: list[Any] = field(default_factory=list)

    def add(self, file: str, title: str) -> None:
        """Make sure that the library has a file; remember its key."""
        if file in self.keys:
            return
        path = self.root / file
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        # The library keeps no hash of its own, so the name does; a stored file never changes.
        name = f"{digest[:32]}{path.suffix}"
        model = get_media_model()
        media = model.objects.filter(file=f"media/{name}").order_by("pk").first()
        if media is None:
            kind = "video" if path.suffix[1:] in VIDEO_TYPES else "audio"
            media = model(title=title[:255], type=kind)
            with path.open("rb") as content:
                media.file.save(name, File(content), save=False)
            self.added.append(media.file)
            media.save()
        self.keys[file] = media.pk

    def forget_new(self) -> None:
        """Delete the files that were added."""
        for file in self.added:
            file.storage.delete(file.name)
        self.added.clear()
