"""Dates as people write them, and the Hijri day beside the Gregorian one."""

import datetime as dt

import pytest

from certificates.pdf import words_of
from certificates.pdf.days import hijri_date, long_date
from tests.factories.certificate_pdf import facts_with, full_look, text_of


def spaced(text: str) -> str:
    """Return the text with ordinary spaces: dates are not broken over two lines, narrow spaces neither."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1 December 2026"),
        ("fr", "1er décembre 2026"),
        ("es", "1 de diciembre de 2026"),
        ("pt", "1 de dezembro de 2026"),
        ("ru", "1 декабря 2026 г."),
        ("uk", "1 грудня 2026 р."),
        ("ar", "1 ديسمبر 2026"),
    ],
)
def test_date_is_written_as_the_language_writes_it(language, text):
    assert spaced(long_date(dt.date(2026, 12, 1), language)).replace("\u200f", "") == text


# Dates that the Umm al-Qura calendar of Saudi Arabia announced: new years, a beginning of Ramadan, a feast.
@pytest.mark.parametrize(
    ("day", "said"),
    [
        (dt.date(2024, 7, 7), "1 Muharram 1446 AH"),
        (dt.date(2025, 3, 1), "1 Ramadan 1446 AH"),
        (dt.date(2025, 3, 30), "1 Shawwal 1446 AH"),
        (dt.date(2025, 6, 26), "1 Muharram 1447 AH"),
        (dt.date(2025, 6, 6), "10 Dhu al-Hijjah 1446 AH"),
    ],
)
def test_hijri_day_is_that_of_umm_al_qura(day, said):
    assert spaced(hijri_date(day, words_of("en"))) == said


def test_hijri_day_has_the_months_of_the_language():
    assert spaced(hijri_date(dt.date(2025, 3, 1), words_of("fr"))) == "1 ramadan 1446 de l’hégire"
    assert spaced(hijri_date(dt.date(2025, 3, 1), words_of("ar"))) == "1 رمضان 1446 هـ"


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(2090, 1, 1)])
def test_beyond_the_tables_nothing_is_said(day):
    assert hijri_date(day, words_of("en")) == ""


def test_page_shows_hijri_days_only_where_the_programme_asks():
    with_hijri = text_of(facts_with(look=full_look()))
    assert "12 Jumada II 1448 AH" in with_hijri
    assert "22 November 2026" in with_hijri
    assert "4 Rajab 1450 AH" in with_hijri
    assert " AH" not in text_of(facts_with(look=full_look(shows_hijri=False)))
