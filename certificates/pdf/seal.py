"""Take a picture of a seal from a stranger: read it with limits, and write it anew. Pure."""

import io
import warnings

from PIL import Image, UnidentifiedImageError

from certificates.errors import SealRefusedError

MAX_BYTES = 2_000_000
_MAX_SIDE_PX = 5_000
_MIN_SIDE_PX = 120
# 22 mm at 500 dots an inch: finer than any office printer.
_SIDE_PX = 433
_FORMATS = ("PNG", "JPEG", "WEBP")


def read_seal(content: bytes) -> bytes:
    """Return a square PNG on white, made of the picture's dots only; raise SealRefusedError.

    Nothing of the file itself is kept: no metadata, no second image, no script.
    """
    if len(content) > MAX_BYTES:
        raise SealRefusedError(why="size")
    try:
        with warnings.catch_warnings():
            # Pillow warns of a picture that would unpack to too much memory.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                _check_sides(picture.size)
                drawn = picture.convert("RGBA")
    except SealRefusedError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise SealRefusedError(why="unreadable") from error
    return _as_png(_on_white_square(drawn))


def _check_sides(size: tuple[int, int]) -> None:
    if max(size) > _MAX_SIDE_PX:
        raise SealRefusedError(why="too_large")
    if min(size) < _MIN_SIDE_PX:
        raise SealRefusedError(why="too_small")


def _on_white_square(drawn: Image.Image) -> Image.Image:
    """Return the picture centred on white, no larger than it prints: transparency is not for archives."""
    drawn.thumbnail((_SIDE_PX, _SIDE_PX), Image.Resampling.LANCZOS)
    side = max(drawn.size)
    square = Image.new("RGBA", (side, side), "white")
    square.alpha_composite(drawn, ((side - drawn.width) // 2, (side - drawn.height) // 2))
    return square.convert("RGB")


def _as_png(square: Image.Image) -> bytes:
    written = io.BytesIO()
    square.save(written, "PNG", optimize=True)
    return written.getvalue()
