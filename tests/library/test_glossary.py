"""The glossary: terms found in any language, each with what it means and where a lesson explains it."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from courses.catalogue import forget_catalogue
from courses.models import CoursePage
from courses.packs.writing import load_pack
from library.glossary.searching import by_letter, find_terms
from library.glossary.terms import ids_by_spelling, read_sources, read_terms, sources_of
from tests.factories.courses import TWO_LESSONS

LANGUAGES = {code for code, _name in settings.LANGUAGES}


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture(autouse=True)
def pages_of_one_test(tmp_path: Any, settings: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    forget_catalogue()
    yield
    forget_catalogue()


def address(language: str = "en", **asked: str) -> str:
    with translation.override(language):
        return reverse("library:glossary", query=asked)


def test_every_term_has_words_in_every_language() -> None:
    terms = read_terms()
    assert len(terms) > 100
    assert len({term.id for term in terms}) == len(terms)
    for term in terms:
        assert set(term.words) == LANGUAGES, term.id
        assert term.seen <= LANGUAGES, term.id


def test_terms_of_law_and_practice_are_defined_in_both_full_languages() -> None:
    for term in read_terms():
        wanted = set(settings.COMPLETE_LANGUAGES) if term.kind in {"law", "practice"} else set()
        assert wanted <= set(term.definition), term.id


def test_every_source_can_be_looked_up() -> None:
    assert all(set(titles) == {"en", "fr"} for titles in read_sources().values())
    for term in read_terms():
        assert bool(sources_of(term, "fr")) == bool(term.source), term.id
    named = {part.split()[0] for term in read_terms() for part in term.source.split(";") if part.strip()}
    assert named == set(read_sources())


def test_search_ignores_accents_and_finds_other_languages() -> None:
    def ids(asked: str) -> list[str]:
        return [term.id for term in find_terms(read_terms(), asked, "fr")]

    assert ids("reperage") == ids("Repérage") == ["screening"]
    assert "tip" in ids("الاتجار بالأشخاص")
    assert ids("no such word anywhere") == []


def test_term_that_begins_with_what_is_asked_comes_first() -> None:
    assert find_terms(read_terms(), "victim", "en")[0].id == "victim"


def test_letters_hold_every_term_once() -> None:
    for language in sorted(LANGUAGES):
        groups = by_letter(read_terms(), language)
        letters = [letter for letter, _terms in groups]
        assert len(set(letters)) == len(letters)
        assert sum(len(terms) for _letter, terms in groups) == len(read_terms())


def test_spelling_with_and_without_brackets_is_the_same_term() -> None:
    english, french = ids_by_spelling("en"), ids_by_spelling("fr")
    assert english["indicator"] == english["indicator (sign)"] == french["indice"] == "indicator"
    assert english["non-punishment of victims"] == "non-punishment"


@pytest.mark.django_db
def test_page_says_what_was_read_and_what_is_usage(client: Client) -> None:
    page = client.get(address("fr", q="traite des personnes")).content.decode()
    assert '<article class="entry stack-s" id="tip"' in page
    assert 'lang="ar"' in page
    assert client.get(address("en", q="trafficking in persons")).content.decode().count("tag good") > 1
    usage = client.get(address("en", q="labour inspector")).content.decode()
    assert "common usage" in usage
    assert "tag good" not in usage


@pytest.mark.django_db
def test_what_is_asked_is_shown_as_text(client: Client) -> None:
    page = client.get(address(q='"><script>alert(1)</script>')).content.decode()
    assert "<script>alert" not in page
    assert "No term holds this" in page


@pytest.mark.django_db
def test_lesson_that_defines_a_term_is_linked_unless_it_is_reserved(client: Client) -> None:
    load_pack(TWO_LESSONS)
    link = "/courses/two-lessons/every-block/"
    forget_catalogue()
    assert link in client.get(address(q="referral")).content.decode()
    page = CoursePage.objects.get(locale__language_code="en")
    page.reserved_for = "police"
    page.save_revision(log_action=True).publish()
    forget_catalogue()
    assert link not in client.get(address(q="referral")).content.decode()


@pytest.mark.django_db
def test_glossary_asks_the_database_little(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get(address())
    with django_assert_max_num_queries(2):
        client.get(address())


@pytest.mark.django_db
def test_words_of_the_screens_are_found_by_search_only(client: Client) -> None:
    assert 'id="dashboard"' not in client.get(address()).content.decode()
    assert 'id="dashboard"' in client.get(address(q="dashboard")).content.decode()
