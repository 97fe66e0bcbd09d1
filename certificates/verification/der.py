"""Read DER, the byte form of X.509 certificates and CMS signatures, and nothing that is not DER. Pure.

(ITU-T X.690, section 10: lengths in their shortest form, always definite.)
"""

from dataclasses import dataclass

SEQUENCE, SET, INTEGER, BIT_STRING, OCTET_STRING = 0x30, 0x31, 0x02, 0x03, 0x04
# A context-specific tag of something that has parts.
CONTEXT = 0xA0
_LONG, _LONGEST_LENGTH, _MULTIBYTE_TAG = 0x80, 3, 0x1F


@dataclass(frozen=True, slots=True)
class Node:
    """One value: its tag, what is in it, and the bytes it stands in."""

    tag: int
    content: bytes
    raw: bytes

    def parts(self, tag: int = SEQUENCE) -> list["Node"]:
        """Return the values inside a value of this tag; raise ValueError."""
        return nodes(self.expect(tag))

    def expect(self, tag: int) -> bytes:
        """Return the content of a value of this tag; raise ValueError."""
        if self.tag != tag:
            msg = f"tag {self.tag:#x} where {tag:#x} should be"
            raise ValueError(msg)
        return self.content


def nodes(content: bytes) -> list[Node]:
    """Return the values that stand one after another; raise ValueError where the bytes are not DER."""
    found, at = [], 0
    while at < len(content):
        node = first(content[at:])
        found.append(node)
        at += len(node.raw)
    return found


def first(content: bytes) -> Node:
    """Return the value that the bytes begin with; raise ValueError where they are not DER."""
    if len(content) < 2 or content[0] & _MULTIBYTE_TAG == _MULTIBYTE_TAG:  # noqa: PLR2004  # tag and length
        msg = "no value"
        raise ValueError(msg)
    start, length = 2, content[1]
    if length >= _LONG:
        size = length - _LONG
        start += size
        length = int.from_bytes(content[2:start])
        if not 1 <= size <= _LONGEST_LENGTH or length < _LONG or length >> (8 * (size - 1)) == 0:
            msg = "a length that is not in its shortest form"
            raise ValueError(msg)
    if start + length > len(content):
        msg = "a value that ends too early"
        raise ValueError(msg)
    return Node(content[0], content[start : start + length], content[: start + length])


def positive(node: Node) -> int:
    """Return a positive whole number in its one form; raise ValueError."""
    content = node.expect(INTEGER)
    number = int.from_bytes(content, signed=True)
    if number <= 0 or len(content) != number.bit_length() // 8 + 1:
        msg = "no positive number in its shortest form"
        raise ValueError(msg)
    return number
