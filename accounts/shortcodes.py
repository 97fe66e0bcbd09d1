"""Codes that people read aloud, write on a board and type on a phone."""

import secrets

# Without 0 O, 1 I L, U: they are confused on paper. 30 letters, so 8 of them are 39 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def new_code(length: int = LENGTH) -> str:
    """Return a random code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def normal_code(text: str) -> str:
    """Return what was typed, without spaces and dashes, in capitals.

    >>> normal_code(" rk4d-9txy ")
    'RK4D9TXY'
    """
    return "".join(letter for letter in text.upper() if letter.isalnum())


def spaced_code(code: str) -> str:
    """Return a code as it is shown and printed, in groups of four.

    >>> spaced_code("RK4D9TXY")
    'RK4D 9TXY'
    """
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
