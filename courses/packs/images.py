"""Pictures of a pack among Wagtail's images: each file once, found again by its hash."""

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from courses.rendering import RENDITION, SMALL_RENDITION


@dataclass(slots=True)
class ImageStore:
    """Adds pictures; `forget_new` removes the files of rows that a rollback took away."""

    root: Path
    keys: dict[str, int] = field(default_factory=dict)
    added: list[Any] = field(default_factory=list)

    def add(self, file: str, title: str) -> None:
        """Make sure that Wagtail has a picture; remember its key."""
        if file in self.keys:
            return
        content = (self.root / file).read_bytes()
        # Wagtail's own column; SHA-1 there names a file, it protects nothing.
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        model = get_image_model()
        image = model.objects.filter(file_hash=digest).order_by("pk").first()
        if image is None:
            picture = ImageFile(BytesIO(content), name=Path(file).name)
            image = model(title=title[:255], file=picture, file_hash=digest, file_size=len(content))
            self.added.append(image.file)
            image.save()
            # Made now, so that no learner's GET has to.
            self.added += [image.get_rendition(size).file for size in (RENDITION, SMALL_RENDITION)]
        self.keys[file] = image.pk

    def forget_new(self) -> None:
        """Delete the files that were added."""
        for file in self.added:
            file.storage.delete(file.name)
        self.added.clear()
