"""Dates in words: Gregorian as each language writes them, Hijri by the calendar of Umm al-Qura. Pure."""

import datetime as dt

from babel.dates import format_date
from hijridate import Gregorian

from certificates.pdf.wording import Language, Words, fill

# The day first in all of them.
_LOCALES: dict[Language, str] = {"en": "en_GB"}
_NO_BREAK = "\u00a0"


def long_date(day: dt.date, language: Language) -> str:
    """Return the date in words, its spaces unbreakable; French writes the first as an ordinal.

    >>> long_date(dt.date(2026, 12, 1), "fr").replace(chr(160), " ")
    '1er décembre 2026'
    """
    text = format_date(day, "long", locale=_LOCALES.get(language, language))
    if language == "fr" and day.day == 1:
        text = text.replace("1 ", "1er ", 1)
    return text.replace(" ", _NO_BREAK)


def hijri_date(day: dt.date, words: Words) -> str:
    """Return the day in the calendar of Umm al-Qura, or nothing beyond its tables (1924 to 2077).

    The Hijri day begins at sunset before; the civil calendar of Saudi Arabia and this page count from midnight.
    """
    try:
        hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        return ""
    values = {"day": hijri.day, "month": words.hijri_months[hijri.month - 1], "year": hijri.year}
    return fill("hijri", words.hijri, values).replace(" ", _NO_BREAK)
