"""Videos, recordings and captions as a page shows them."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from elearning.lib.canonical import sha256_hex
from elearning.lib.mediatypes import media_type_of

# What a device takes along with its course. A longer film would fill an old tablet: its words travel in its place.
LARGEST_CARRIED_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recording:
    """A video or recording that is there."""

    url: str
    media_type: str
    size_bytes: int

    @property
    def is_carried(self) -> bool:
        """Tell whether devices take it along."""
        return self.size_bytes <= LARGEST_CARRIED_BYTES


def recording_of(media: Any) -> Recording | None:
    """Return what a page needs of a row of the media library; None where the row or its file is gone."""
    if not media:
        return None
    try:
        size = media.file.size
    except (OSError, ValueError):
        return None
    return Recording(media.file.url, media_type_of(media.file.name), size)


def captions_url(text: str) -> str:
    """Return the address of captions; their file is named by what they say, and written once."""
    name = f"captions/{sha256_hex(text)[:32]}.vtt"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(text.encode()))
    return default_storage.url(name)
