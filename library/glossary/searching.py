"""Finding terms: in any language, whatever the accents, and the letters to jump to."""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby

from library.glossary.terms import Term, fold_case

# Before the letters: what begins with none.
_OTHER = "#"


def fold(text: str) -> str:
    """Return text as it is compared: small letters without accents.

    >>> fold("Détection")
    'detection'
    """
    decomposed = unicodedata.normalize("NFKD", fold_case(text))
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def find_terms(terms: Iterable[Term], asked: str, language: str) -> list[Term]:
    """Return the terms that hold what is asked, in words of any language or in what they mean in this one, sorted.

    A term whose own words begin with it comes first.
    """
    wanted = fold(asked)
    found = [term for term in terms if not wanted or _holds(term, wanted, language)]
    return sorted(found, key=lambda term: (not fold(term.word(language)).startswith(wanted), fold(term.word(language))))


def by_letter(terms: Sequence[Term], language: str) -> list[tuple[str, list[Term]]]:
    """Return terms under their first letter in a language, in order."""
    ordered = sorted(terms, key=lambda term: (_letter(term, language), fold(term.word(language))))
    return [(letter, list(group)) for letter, group in groupby(ordered, key=lambda term: _letter(term, language))]


def _holds(term: Term, wanted: str, language: str) -> bool:
    meant = term.definition.get(language, "")
    return any(wanted in fold(words) for words in (*term.words.values(), meant))


def _letter(term: Term, language: str) -> str:
    # Without the Arabic article: half of the list would stand under it.
    first = fold(term.word(language)).removeprefix("ال")[:1].upper()
    return first if first.isalpha() else _OTHER
