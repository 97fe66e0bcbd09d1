"""Bytes as text for the fragment of a link on a QR code: dense there, and safe in every address. Pure.

A QR code packs its own 45 capitals, digits and signs in 5.5 bits each (ISO/IEC 18004, alphanumeric
mode). Base45 (RFC 9285) uses all of them, but a blank and a percent sign do not survive in a link: the
43 others do, and 43³ still exceeds 2¹⁶, so two bytes are three characters here too.
"""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-./:"
_BASE = len(ALPHABET)
_VALUE_OF = {character: value for value, character in enumerate(ALPHABET)}
# Characters of a whole block of two bytes, and of a single byte at the end.
_WHOLE, _REST = 3, 2


def encode(content: bytes) -> str:
    """Return bytes as text.

    >>> encode(b"Relais")
    'NHBA0FYPE'
    """
    return "".join(_block(content[at : at + 2]) for at in range(0, len(content), 2))


def decode(text: str) -> bytes:
    """Return the bytes of a text in its one spelling; raise ValueError for any other.

    >>> decode("NHBA0FYPE")
    b'Relais'
    """
    return b"".join(_bytes_of(text[at : at + _WHOLE]) for at in range(0, len(text), _WHOLE))


def _block(pair: bytes) -> str:
    number, text = int.from_bytes(pair), ""
    for _place in range(len(pair) + 1):
        number, value = divmod(number, _BASE)
        text += ALPHABET[value]
    return text


def _bytes_of(block: str) -> bytes:
    if len(block) not in (_WHOLE, _REST) or not all(character in _VALUE_OF for character in block):
        msg = f"{len(block)} characters that are no block of base 43"
        raise ValueError(msg)
    number = 0
    for character in reversed(block):
        number = number * _BASE + _VALUE_OF[character]
    length = len(block) - 1
    if number >> (8 * length):
        msg = "a block above its bytes"
        raise ValueError(msg)
    return number.to_bytes(length)
