"""Pictures, videos and recordings of a pack, checked by what they are and not by what they are called."""

import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from courses.moving_media import HEAD_BYTES, LONGEST_CAPTIONS, MOVING_TYPES, moving_kind

LARGEST_IMAGE_BYTES = 4 * 1024 * 1024
MOST_PIXELS = 24_000_000
FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}
LARGEST_MOVING_BYTES = 32 * 1024 * 1024
_NAME = re.compile(r"media/[a-z0-9][a-z0-9_-]{0,80}\.(png|jpe?g|webp|gif)")
_MOVING_NAME = re.compile(rf"media/[a-z0-9][a-z0-9_-]{{0,80}}\.({'|'.join(MOVING_TYPES)})")
_CAPTIONS_NAME = re.compile(r"media/[a-z0-9][a-z0-9_.-]{0,80}\.vtt")


@dataclass(slots=True)
class MediaFiles:
    """The media below one pack's folder; each is opened once."""

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
        if reason := self._problem_with_file(file, LARGEST_IMAGE_BYTES):
            return reason
        return _check_picture(self.root / file, FORMATS[named.group(1)])

    def problem_with_moving(self, file: str, kinds: frozenset[str]) -> str:
        """Return what is wrong with a video or recording of one of these endings; empty for a good one."""
        named = _MOVING_NAME.fullmatch(file)
        if not named or named.group(1) not in kinds:
            return f"a file media/name.{'|'.join(sorted(kinds))} (small letters) is expected, not {file[:80]!r}"
        if reason := self._problem_with_file(file, LARGEST_MOVING_BYTES):
            return reason
        with (self.root / file).open("rb") as content:
            found = moving_kind(content.read(HEAD_BYTES))
        return "" if found == named.group(1) else f"{file} is not the {named.group(1)} file its name says"

    def captions(self, file: str) -> tuple[str, str]:
        """Return the text of captions, and what is wrong with their file."""
        if not _CAPTIONS_NAME.fullmatch(file):
            return "", f"captions are named media/name.en.vtt (small letters), not {file[:80]!r}"
        if reason := self._problem_with_file(file, LONGEST_CAPTIONS):
            return "", reason
        try:
            text = (self.root / file).read_bytes().decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            return "", f"{file} is not UTF-8 text"
        return text.replace("\r\n", "\n").strip() + "\n", ""

    def _problem_with_file(self, file: str, largest: int) -> str:
        path = self.root / file
        if path.is_symlink() or not path.is_file():
            return f"there is no file {file} in the pack"
        if path.stat().st_size > largest:
            return f"{file} is larger than {largest // 1024} KiB"
        return ""


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
