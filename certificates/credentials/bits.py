"""Lists of bits as Bitstring Status List v1.0 writes them: the first place is the highest bit, then gzip. Pure."""

import gzip
import io
import zlib
from collections.abc import Collection

from certificates.credentials.multibase import from_base64url, to_base64url

# A bomb of zeros unpacks to far more than any list has.
_LARGEST_BYTES = 2**20


def pack_bits(places: Collection[int], size: int) -> str:
    """Return a list of so many bits with these set, as base64url of gzip: the same text for the same places.

    >>> read_bits(pack_bits({0, 9}, 16)).hex()
    '8040'
    """
    content = bytearray(size // 8)
    for place in places:
        content[place // 8] |= 0x80 >> place % 8
    return to_base64url(gzip.compress(bytes(content), mtime=0))


def read_bits(text: str) -> bytes:
    """Return the bits of a list; raise ValueError where it is none, or larger than any."""
    try:
        with gzip.open(io.BytesIO(from_base64url(text))) as file:
            content = file.read(_LARGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from None
    if not 0 < len(content) <= _LARGEST_BYTES:
        msg = "the list is empty, or larger than any"
        raise ValueError(msg)
    return content


def is_set(bits: bytes, place: int) -> bool:
    """Tell whether a bit is set; raise IndexError outside the list."""
    return bool(bits[place // 8] & 0x80 >> place % 8)
