"""A certificate as a PDF: whether anything in it was changed, and the credential attached to it. Pure.

The signature must cover the whole file but for itself: what a reader would show beside what was signed
(an update behind it, a second signature) is refused here, whatever it says.
(Mainka, C., Mladenov, V., Rohlmann, S., Shadow Attacks, NDSS 2021.)
"""

import contextlib
import hashlib
import itertools
import re
import zlib
from dataclasses import dataclass

from certificates.verification import der
from certificates.verification.cms import Container, read_container
from certificates.verification.judging import Issuer, Signature
from certificates.verification.summaries import Trust

MOST_BYTES = 8 * 2**20
_LONGEST_CREDENTIAL = 2**20
_RANGE = re.compile(rb"/ByteRange ?\[ ?(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10}) *\]")
_ATTACHED = re.compile(rb"/EmbeddedFile(?![A-Za-z])")
_STREAM = re.compile(rb"obj.*?/Length (\d{1,7})\b.*?stream\r?\n", re.DOTALL)
# From the word to its stream there is the rest of a short dictionary.
_LONGEST_DICTIONARY = 2000
_MOST_ATTACHED = 4
_HEXADECIMAL = re.compile(rb"<(?:[0-9A-F]{2})+>")


@dataclass(frozen=True, slots=True)
class Document:
    """What a PDF is worth, and the texts attached to it."""

    signature: Signature
    issuer: Issuer
    attached: tuple[bytes, ...] = ()


def read_document(content: bytes, trust: Trust) -> Document:
    """Return what can be said of a PDF."""
    ranges = _RANGE.findall(content)
    if not ranges:
        return Document(Signature.MISSING, Issuer.UNKNOWN)
    start, gap, after, length = (int(each) for each in ranges[-1])
    written = _HEXADECIMAL.fullmatch(content, gap, max(after, gap))
    is_whole = len(ranges) == 1 and start == 0 and gap < after and after + length == len(content)
    if not is_whole or written is None:
        return Document(Signature.EDITED, Issuer.UNKNOWN)
    try:
        container = read_container(_unpadded(bytes.fromhex(written[0][1:-1].decode())), trust.root_spki)
    except (ValueError, IndexError, OverflowError):
        return Document(Signature.FORGED, Issuer.UNKNOWN)
    signature, issuer = _origin(container, content[:gap] + content[after:], trust)
    attached = tuple(_attached(content)) if signature == Signature.GENUINE else ()
    return Document(signature, issuer, attached)


def _origin(container: Container, signed: bytes, trust: Trust) -> tuple[Signature, Issuer]:
    """Tell who made it, as for a summary (certificates/verification/summaries.py)."""
    is_kept = container.is_signed and hashlib.sha256(signed).digest() == container.digest
    if container.is_trusted:
        return (Signature.GENUINE, Issuer.TRUSTED) if is_kept else (Signature.EDITED, Issuer.UNKNOWN)
    # A name in an X.509 certificate has at most 64 characters (RFC 5280, upper bounds).
    if is_kept and container.organisation != trust.issuer[:64]:
        return Signature.GENUINE, Issuer.FOREIGN
    return Signature.FORGED, Issuer.UNKNOWN


def _unpadded(content: bytes) -> bytes:
    """Return the container without the zeros behind it; raise ValueError where there is anything else."""
    container = der.first(content).raw
    if content[len(container) :].strip(b"\0"):
        msg = "something behind the signature"
        raise ValueError(msg)
    return container


def _attached(content: bytes) -> list[bytes]:
    """Return what is attached, unpacked; a stream in another form than ours is left out."""
    found = []
    for word in itertools.islice(_ATTACHED.finditer(content), _MOST_ATTACHED):
        opening = content.rfind(b"obj", 0, word.start())
        place = _STREAM.match(content, opening, word.start() + _LONGEST_DICTIONARY) if opening >= 0 else None
        if place:
            packed = content[place.end() : place.end() + int(place[1])]
            with contextlib.suppress(zlib.error):
                found.append(zlib.decompressobj().decompress(packed, _LONGEST_CREDENTIAL))
    return found
