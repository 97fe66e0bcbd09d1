"""Numbers on certificates: the same on every node, and read as people type them. Pure.

A number is RLS, the country, the year, and 40 bits of the SHA-256 of the award's id in Crockford's
base32, such as RLS-ML-2026-7K3M-9QXD. The id holds the person's, so that nobody can count through
the numbers or work one out. (Crockford, D., Base 32, crockford.com/base32.html: no I, L, O or U.)
"""

import hashlib
import re
import unicodedata
from uuid import UUID

PREFIX = "RLS"
LONGEST_TYPED = 300
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS_OF_A_CHARACTER = 5
_CHARACTERS = 8
_NUMBER_BYTES = 5
_TYPED = re.compile(rf"(?:{PREFIX})?([A-Z0]{{2}})([0-9OIL]{{4}})([{_ALPHABET}OIL]{{{_CHARACTERS}}})")
_CONFUSED = str.maketrans("OIL", "011")


def serial_for(award: UUID, country_code: str, year: int, again: int = 0) -> str:
    """Return the number of an award. `again` counts the numbers that were taken already: almost always 0.

    >>> serial_for(UUID(int=1), "ML", 2026)
    'RLS-ML-2026-FB0V-HNR1'
    """
    source = f"{award}/{again}" if again else str(award)
    return _written(country_code, f"{year:04}", _letters(hashlib.sha256(source.encode()).digest()[:_NUMBER_BYTES]))


def serial_bytes(serial: str) -> bytes:
    """Return a number in nine bytes: country, year, 40 bits; raise ValueError for what is none.

    >>> serial_of_bytes(serial_bytes("RLS-ML-2026-7K3M-9QXD"))
    'RLS-ML-2026-7K3M-9QXD'
    """
    if read_serial(serial) != serial:
        msg = "not the number of a certificate"
        raise ValueError(msg)
    _prefix, country, year, *halves = serial.split("-")
    number = 0
    for letter in "".join(halves):
        number = number << _BITS_OF_A_CHARACTER | _ALPHABET.index(letter)
    return country.encode() + int(year).to_bytes(2) + number.to_bytes(_NUMBER_BYTES)


def serial_of_bytes(content: bytes) -> str:
    """Return the number of nine bytes; raise ValueError where they hold none."""
    country, year, number = content[:2].decode("ascii"), int.from_bytes(content[2:4]), content[4:]
    serial = _written(country, f"{year:04}", _letters(number))
    if read_serial(serial) != serial:
        msg = "not the number of a certificate"
        raise ValueError(msg)
    return serial


def read_serial(typed: str) -> str | None:
    """Return the number as it is written, from one as it was typed or from the text of a QR code.

    Case, spaces and dashes do not matter, O is read as 0 and I and L as 1, as Crockford asks.

    >>> read_serial(" rls ml 2o26 fbov hnrl ")
    'RLS-ML-2026-FB0V-HNR1'
    >>> read_serial("hello") is None
    True
    """
    if len(typed) > LONGEST_TYPED:
        return None
    found = _TYPED.fullmatch(_plain(typed))
    if found is None:
        return None
    country, year, letters = found.groups()
    return _written(country.replace("0", "O"), year.translate(_CONFUSED), letters.translate(_CONFUSED))


def _letters(content: bytes) -> str:
    number = int.from_bytes(content)
    shifts = range(_BITS_OF_A_CHARACTER * (_CHARACTERS - 1), -1, -_BITS_OF_A_CHARACTER)
    return "".join(_ALPHABET[number >> shift & 31] for shift in shifts)


def _written(country_code: str, year: str, letters: str) -> str:
    half = _CHARACTERS // 2
    return f"{PREFIX}-{country_code}-{year}-{letters[:half]}-{letters[half:]}"


def _plain(typed: str) -> str:
    """Return capital letters and ASCII digits, of the last part of an address where one was pasted."""
    last = re.split(r"[?#]", typed.strip(), maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
    return "".join(_letter(character) for character in unicodedata.normalize("NFKC", last)).upper()


def _letter(character: str) -> str:
    """Return an Arabic or other digit as ASCII, nothing for a space, a dash or an invisible mark."""
    if unicodedata.category(character)[0] in "ZPC" or character == "\N{MINUS SIGN}":
        return ""
    digit = unicodedata.digit(character, None)
    return character if digit is None else str(digit)
