"""A picture for a question: what somebody uploads, made anew, small, without anything but what is seen.

Nothing of the upload is kept: not its bytes, its name, its place or its camera. A picture that was made
here and comes back (from a course pack) is known by its form and keeps its bytes, so its hash.
"""

import hashlib
import struct
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageOps

from assessments.errors import PictureRefusedError
from assessments.models import QuestionImage
from courses.packs.media import FORMATS, MOST_PIXELS

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_UPLOAD_BYTES = 8 * 1024 * 1024
MEDIA_TYPE = "image/webp"
LONGEST_SIDE = 960
# What a line in the field carries in a few seconds, and what a question never exceeds.
USUAL_BYTES = 60 * 1024
MOST_BYTES = 120 * 1024
_QUALITIES = (82, 74, 66, 58, 50)
_LAST_QUALITIES = (40, 30, 20)
_SMALLEST_SIDE = 16
# "RIFF", the size, "WEBP", then one chunk "VP8 " and its size: the simple form, which holds no metadata.
_HEADER = struct.Struct("<4sI4s4sI")
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    OverflowError,
    struct.error,
    EOFError,
    MemoryError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as learners get it: a WebP of LONGEST_SIDE and MOST_BYTES at most."""

    sha256: str
    width: int
    height: int
    content: bytes

    @property
    def named(self) -> dict[str, Any]:
        """Return what the structure of a question says of it."""
        return {"sha256": self.sha256, "width": self.width, "height": self.height}


def make_picture(upload: bytes) -> Picture:
    """Return what is seen of an uploaded file; raise PictureRefusedError for what is no picture, or too large.

    The format is what the bytes say, never the name. Of a moving picture the first frame is taken, and what
    is transparent becomes white: it was drawn for paper, and half of the screens here are dark.
    """
    if len(upload) > LARGEST_UPLOAD_BYTES:
        raise PictureRefusedError(PictureRefusedError.TOO_LARGE)
    try:
        with Image.open(BytesIO(upload), formats=sorted(set(FORMATS.values()))) as opened:
            # By the header alone: nothing is unpacked before.
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureRefusedError(PictureRefusedError.TOO_MANY_PIXELS)
            opened.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            opened.load()
            if min(opened.size) < _SMALLEST_SIDE:
                raise PictureRefusedError(PictureRefusedError.TOO_SMALL)
            if _is_made_here(upload, opened):
                return _picture(upload, opened.width, opened.height)
            return _shrink(_on_white(ImageOps.exif_transpose(opened)))
    except _DAMAGED:
        raise PictureRefusedError(PictureRefusedError.UNREADABLE) from None


def store_picture(picture: Picture) -> None:
    """Store a picture where it is new. Two who store it at once store one."""
    row = QuestionImage(
        sha256=picture.sha256,
        media_type=MEDIA_TYPE,
        width=picture.width,
        height=picture.height,
        content=picture.content,
    )
    QuestionImage.objects.bulk_create([row], ignore_conflicts=True)


def find_picture(sha256: str) -> Picture | None:
    """Return a stored picture. One query."""
    row = QuestionImage.objects.filter(pk=sha256).first()
    return Picture(row.sha256, row.width, row.height, bytes(row.content)) if row else None


def sha256_of(body: "Mapping[str, Any]") -> str:
    """Return the hash of the picture that a structure names, "" for none."""
    return str((body.get("image") or {}).get("sha256", ""))


def _is_made_here(content: bytes, opened: Image.Image) -> bool:
    """Tell whether the file has the form of what _shrink makes: one chunk, no bytes beside it, small."""
    if opened.format != "WEBP" or len(content) > MOST_BYTES or max(opened.size) > LONGEST_SIDE:
        return False
    riff, size, webp, chunk, length = _HEADER.unpack_from(content)
    padded = length + length % 2
    return (riff, webp, chunk) == (b"RIFF", b"WEBP", b"VP8 ") and len(content) == size + 8 == padded + _HEADER.size


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    ground.alpha_composite(seen)
    return ground.convert("RGB")


def _shrink(picture: Image.Image) -> Picture:
    """Return the picture at the best quality that is usually small; a busy one may take twice as much."""
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    content = b""
    for quality in _QUALITIES:
        content = _as_webp(picture, quality)
        if len(content) <= USUAL_BYTES:
            break
    for quality in _LAST_QUALITIES:
        if len(content) <= MOST_BYTES:
            return _picture(content, *picture.size)
        content = _as_webp(picture, quality)
    if len(content) <= MOST_BYTES:
        return _picture(content, *picture.size)
    # Noise packs badly at any quality: smaller it is.
    return _shrink(picture.resize((picture.width * 3 // 4, picture.height * 3 // 4), Image.Resampling.LANCZOS))


def _as_webp(picture: Image.Image, quality: int) -> bytes:
    """Return the bytes. What the upload said of itself (place, camera, colours) is not handed on."""
    out = BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return out.getvalue()


def _picture(content: bytes, width: int, height: int) -> Picture:
    return Picture(hashlib.sha256(content).hexdigest(), width, height, content)
