"""The words of each language are whole, and a draft is never printed."""

from dataclasses import fields

import pytest

from certificates.pdf import LANGUAGES, print_language, words_of
from certificates.pdf.wording import Words, fill

COUNTS = (0, 1, 2, 3, 5, 7, 11, 21, 22, 100, 101)
VALUES: dict[str, dict[str, object]] = {
    "document_title": {"serial": "S", "holder_name": "N"},
    "score": {"points": "7.5", "out_of": "10", "pass_mark_percent": 70},
    "edition_version": {"edition": "E", "version": "V"},
    "hijri": {"day": 1, "month": "M", "year": 1448},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_and_names_what_english_names(language):
    words, english = words_of(language), words_of("en")
    for field in (field.name for field in fields(Words) if field.name not in {"language", "is_complete"}):
        said = getattr(words, field)
        assert said, field
        if isinstance(said, str):
            filled = fill(field, said, VALUES[field]) if field in VALUES else said
            assert "%(" not in filled, field
            assert all(str(value) in filled for value in VALUES.get(field, {}).values()), field
            assert type(said) is type(getattr(english, field))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", ["lessons", "minutes"])
def test_every_count_has_its_plural(language, field):
    words = words_of(language)
    said = {count: words.counted(field, count) for count in COUNTS}
    assert all(said.values())
    # Arabic says one and two without a figure.
    spoken = {1, 2} if language == "ar" else set()
    assert all(str(count) in text for count, text in said.items() if count not in spoken)


def test_plurals_of_slavic_languages_and_arabic_are_their_own():
    assert [words_of("ru").counted("lessons", count) for count in (1, 3, 7, 21)] == [
        "1 урок", "3 урока", "7 уроков", "21 урок",
    ]  # fmt: skip
    assert [words_of("ar").counted("minutes", count) for count in (2, 7, 52)] == ["دقيقتان", "7 دقائق", "52 دقيقة"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_twelve_months(language):
    assert len(set(words_of(language).hijri_months)) == 12


def test_site_prints_in_the_languages_that_are_complete(settings):
    complete = {language for language in LANGUAGES if words_of(language).is_complete}
    assert complete == set(settings.COMPLETE_LANGUAGES)
    assert {code for code, _name in settings.LANGUAGES} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("wanted", "printed"), [("fr", "fr"), ("fr-ca", "fr"), ("ar", "en"), ("uk", "en"), ("xx", "en"), ("", "en")]
)
def test_draft_or_unknown_language_is_printed_in_english(wanted, printed):
    assert print_language(wanted) == printed
