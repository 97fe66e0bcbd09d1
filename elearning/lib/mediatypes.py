"""What kind of file a name stands for, the same on every machine."""

import mimetypes

# What the table of the machine may lack.
_TYPES = {".webp": "image/webp", ".avif": "image/avif", ".vtt": "text/vtt", ".opus": "audio/ogg", ".m4a": "audio/mp4"}


def media_type_of(name: str) -> str:
    """Return the media type of a file by its name.

    >>> media_type_of("film.webp")
    'image/webp'
    """
    suffix = name[name.rfind(".") :].lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
