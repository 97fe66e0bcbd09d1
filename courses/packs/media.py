"""Pictures of a pack, checked by what they are and not by what they are called."""

import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, UnidentifiedImageError

LARGEST_IMAGE_BYTES = 4 * 1024 * 1024
MOST_PIXELS = 24_000_000
FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}
_NAME = re.compile(r"media/[a-z0-9][a-z0-9_-]{0,80}\.(png|jpe?g|webp|gif)")


@dataclass(slots=True)
class MediaFiles:
    """The pictures below one pack's folder; each is opened once."""

    root: Path
    _known: dict[str, str] = field(default_factory=dict)

    def problem_with(self, file: str) -> str:
        """Return what is wrong with a picture named in a lesson; an empty text for a good one."""
        if file not in self._known:
            self._known[file] = self._check(file)
        return self._known[file]

    def _check(self, file: str) -> str:
        named = _NAME.fullmatch(file)
        if not named:
            return f"a picture is named media/name.png (or jpg, webp, gif; small letters), not {file[:80]!r}"
        path = self.root / file
        if path.is_symlink() or not path.is_file():
            return f"there is no file {file} in the pack"
        if path.stat().st_size > LARGEST_IMAGE_BYTES:
            return f"{file} is larger than {LARGEST_IMAGE_BYTES // 1024} KiB"
        return _check_picture(path, FORMATS[named.group(1)])


def _check_picture(path: Path, wanted: str) -> str:
    try:
        with warnings.catch_warnings():
            # Pillow warns of a picture that unpacks to very many pixels; its header says so too.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=sorted(set(FORMATS.values()))) as picture:
                if picture.format != wanted:
                    return f"{path.name} is a {picture.format} file, not the {wanted} its name says"
                if picture.width * picture.height > MOST_PIXELS:
                    return f"{path.name} has more than {MOST_PIXELS} pixels"
                picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return f"{path.name} is no picture that can be read, or is damaged"
    return ""
