"""The Range header of HTTP (RFC 9110, section 14), for one range of bytes."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*", re.ASCII | re.IGNORECASE)
# More digits than any file has bytes: int() of a very long text takes its time.
_MOST_DIGITS = 18


class UnsatisfiableRangeError(ValueError):
    """The range begins behind the end of the file."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Some bytes of a file, from `start` up to but without `stop`."""

    start: int
    stop: int
    size: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.stop - self.start

    @property
    def content_range(self) -> str:
        """The value of Content-Range; HTTP names the last byte, not the one behind it."""
        return f"bytes {self.start}-{self.stop - 1}/{self.size}"


def read_range(header: str, size: int) -> ByteRange | None:
    """Return what a Range header asks of a file; None to send it whole; raise UnsatisfiableRangeError.

    A header that is malformed, of another unit or of several ranges is passed over, as HTTP allows.

    >>> read_range("bytes=-2", 10)
    ByteRange(start=8, stop=10, size=10)
    """
    found = _ONE_RANGE.fullmatch(header.strip())
    if found is None or max(map(len, found.groups())) > _MOST_DIGITS:
        return None
    first, last = found.groups()
    if not first:
        return _suffix(last, size)
    start, stop = int(first), int(last) + 1 if last else size
    if stop <= start and last:
        return None
    if start >= size:
        raise UnsatisfiableRangeError(header)
    return ByteRange(start, min(stop, size), size)


def _suffix(last: str, size: int) -> ByteRange | None:
    if not last:
        return None
    if int(last) == 0 or size == 0:
        raise UnsatisfiableRangeError(last)
    return ByteRange(max(size - int(last), 0), size, size)
