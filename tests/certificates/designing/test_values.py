"""A design is checked before it is anybody's row."""

import datetime as dt

import pytest

from certificates.designing.values import Design, Officer, checked
from certificates.errors import DesignRefusedError
from tests.factories.certificate_pdf import seal_picture

DAY = dt.date(2026, 11, 22)
BEFORE = Officer("Mariam Koné", "Director", until=dt.date(2026, 11, 21))
SINCE = Officer("Oumar Diallo", "Director", since=DAY)
ALWAYS = Officer("Awa Cissé", "Coordinator")


def test_certificate_names_who_held_the_office_that_day():
    design = Design(officers=(BEFORE, SINCE, ALWAYS))
    names = {
        day: [each.name for each in design.look("en", day, shows_hijri=False).signatories]
        for day in (DAY - dt.timedelta(days=1), DAY)
    }
    assert list(names.values()) == [["Mariam Koné", "Awa Cissé"], ["Oumar Diallo", "Awa Cissé"]]


def test_look_takes_the_words_of_its_language_only():
    design = Design(title={"fr": "Certificat du programme"}, footer={"en": "Footer"})
    french, english = (design.look(code, DAY, shows_hijri=True) for code in ("fr", "en"))
    assert (french.title, french.footer) == ("Certificat du programme", "")
    assert (english.title, english.footer) == ("", "Footer")
    assert french.shows_hijri


def test_texts_are_cleaned_and_unknown_languages_left_out():
    design = checked(Design(title={"en": " A\u202e title\n", "fr": " ", "xx": "X"}, officers=(Officer(" A ", "B "),)))
    assert design.title == {"en": "A title"}
    assert design.officers == (Officer("A", "B"),)


def test_officer_comes_back_from_its_row():
    assert [Officer.from_row(each.as_row()) for each in (BEFORE, SINCE, ALWAYS)] == [BEFORE, SINCE, ALWAYS]


@pytest.mark.parametrize(
    ("design", "why"),
    [
        (Design(seal_png=seal_picture()), "seal_alt"),
        (Design(officers=(Officer("A", ""),)), "officer_half"),
        (Design(officers=(Officer("", "\u202e"),)), "officer_half"),
        (Design(officers=(Officer("A", "B", DAY, DAY - dt.timedelta(days=1)),)), "officer_days"),
        (Design(officers=(ALWAYS,) * 4), "too_many"),
        (Design(officers=(ALWAYS, ALWAYS, SINCE, Officer("A", "B", since=DAY))), "too_many"),
        (Design(footer={"en": "x" * 201}), "too_long"),
        (Design(officers=(Officer("A", "x" * 201),)), "too_long"),
    ],
)
def test_what_could_mislead_or_not_print_is_refused(design, why):
    with pytest.raises(DesignRefusedError, match=why) as raised:
        checked(design)
    assert str(raised.value.text)


def test_three_at_once_may_sign_and_successors_wait():
    successors = (Officer("A", "B", until=DAY), Officer("C", "D", since=DAY + dt.timedelta(days=1)))
    assert checked(Design(officers=(ALWAYS, ALWAYS, *successors)))
