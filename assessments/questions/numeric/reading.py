"""How a typed number is read, in whatever language it was typed. Pure and exact.

The rule, the same in static/relais/js/kinds/numeric-reading.js:

1. Eastern Arabic and Persian digits are digits. Hyphens, dashes and the minus sign before the number are a
   minus. Marks of writing direction are passed over, and so is white space around the number.
2. A point, a comma (Latin or Arabic) and the Arabic decimal sign may each be the decimal sign. White space, an
   apostrophe and the Arabic thousands sign separate thousands, never decimals.
3. Thousands stand in groups of three after a first group of one to three digits that is not begun by 0;
   one sign separates all groups of a number. A number that is grouped otherwise is not read.
4. Where a comma and a point both stand, the last is the decimal sign. A comma or a point that stands more
   than once separates thousands.
5. "1,234" and "1.234" alone can be read in two ways: in one country as a thousand, in another as one and
   a bit. Both readings hold, and the better one is marked: nobody loses a point over another country's comma.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from assessments.questions.spaces import SPACES

LONGEST_NUMBER = 40
# A number as structures and packs write it.
PLAIN = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?")

_PASSED_OVER = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_DIGITS = {zero + value: str(value) for zero in (0x660, 0x6F0) for value in range(10)}
_MINUS = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE63, 0xFF0D], "-")
_SPACES = dict.fromkeys(map(ord, SPACES), " ")
_SIGNS = {0x60C: ",", 0x66C: "'", 0x2018: "'", 0x2019: "'", 0x2BC: "'"}
_TABLE = _PASSED_OVER | _DIGITS | _MINUS | _SPACES | _SIGNS

_SIGNED = re.compile(r" *([+-]?) *([0-9 ',.\u066b]*?) *")
_PLAINLY = re.compile(r"([0-9]*)(?:([,.\u066b])([0-9]*))?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([ '])[0-9]{3}(?:\1[0-9]{3})*(?:[,.\u066b]([0-9]*))?")
_POINTED = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+(?:[.\u066b]([0-9]*))?|(?:\.[0-9]{3})+(?:[,\u066b]([0-9]*))?)")


def readings_of(text: str) -> tuple[Fraction, ...]:
    """Return the numbers that a text can mean: none, one, or two.

    >>> readings_of("1 234,5"), readings_of("1,234"), readings_of("about 5")
    ((Fraction(2469, 2),), (Fraction(617, 500), Fraction(1234, 1)), ())
    """
    if len(text) > LONGEST_NUMBER:
        return ()
    signed = _SIGNED.fullmatch(text.translate(_TABLE))
    if signed is None:
        return ()
    minus = -1 if signed[1] == "-" else 1
    return tuple(minus * each for each in _values(signed[2]))


def is_number(text: str) -> bool:
    """Tell whether a text can be read as a number."""
    return bool(readings_of(text))


def plain_text(number: Fraction | Decimal | str) -> str:
    """Return a number of finite decimals as structures write it.

    >>> plain_text("2.50"), plain_text(Fraction(-1, 8)), plain_text("0.0")
    ('2.5', '-0.125', '0')
    """
    exact = Fraction(number)
    text = format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _values(body: str) -> Iterator[Fraction]:
    plainly = _PLAINLY.fullmatch(body)
    if plainly and (plainly[1] or plainly[3]):
        whole, sign, decimals = plainly[1], plainly[2], plainly[3] or ""
        yield _number(whole, decimals)
        if sign in {",", "."} and _POINTED.fullmatch(body):
            yield _number(whole + decimals, "")
        return
    if grouped := _GROUPED.fullmatch(body) or _POINTED.fullmatch(body):
        # The last group that took part holds the decimals: the first of _GROUPED is the sign between thousands.
        found = next((each for each in grouped.groups() if each is not None and not each.startswith((" ", "'"))), None)
        whole = body if found is None else body[: len(body) - len(found) - 1]
        yield _number(re.sub("[^0-9]", "", whole), found or "")


def _number(whole: str, decimals: str) -> Fraction:
    return Fraction(int(whole + decimals or "0"), 10 ** len(decimals))
