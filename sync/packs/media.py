"""The pictures and films that lessons show."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from django.conf import settings
from django.core.files.storage import default_storage

from courses.recordings import LARGEST_CARRIED_BYTES
from elearning.lib.mediatypes import media_type_of
from sync.packs.content import Content

_ADDRESS = re.compile(r'(?:src|href|poster)=\\?"([^"\\?#]+)')


def media_files(texts: Iterable[Content]) -> Iterator[Content]:
    """Yield every uploaded file that these texts show, once; one that only one language shows is that language's."""
    shown_in: dict[str, set[str]] = {}
    for text in texts:
        for name in _names(text.data.decode()):
            shown_in.setdefault(name, set()).add(text.language)
    for name, languages in sorted(shown_in.items()):
        data = _read(name)
        if data is not None:
            only = next(iter(languages)) if len(languages) == 1 else ""
            yield Content(f"media/{name}", only, "media", media_type_of(name), data)


def _names(text: str) -> Iterator[str]:
    for address in _ADDRESS.findall(text):
        if address.startswith(settings.MEDIA_URL):
            yield unquote(address.removeprefix(settings.MEDIA_URL))


def _read(name: str) -> bytes | None:
    """Return a file's bytes; a lesson whose picture is gone shows its description, on a device too.

    A film too large to be carried stays with the site: the lesson says so, and holds its transcript.
    """
    try:
        if default_storage.size(name) > LARGEST_CARRIED_BYTES:
            return None
        with default_storage.open(name) as file:
            data: bytes = file.read()
    except OSError:
        return None
    return data
