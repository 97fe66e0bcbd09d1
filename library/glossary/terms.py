"""The terms of the glossary as data. Read once; the file comes with the software."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its words by language, what it means, and in which languages its wording was read, where."""

    id: str
    kind: str
    words: Mapping[str, str]
    seen: frozenset[str] = frozenset()
    source: str = ""
    definition: Mapping[str, str] = field(default_factory=dict)

    def word(self, language: str) -> str:
        """Return the term in a language, else in English."""
        return self.words.get(language) or self.words["en"]


@lru_cache(maxsize=1)
def read_terms() -> tuple[Term, ...]:
    """Return all terms in the order of the file."""
    rows: list[dict[str, Any]] = yaml.safe_load((_FOLDER / "terms.yaml").read_text(encoding="utf-8"))
    return tuple(Term(**{**row, "seen": frozenset(row.get("seen", ()))}) for row in rows)


@lru_cache(maxsize=1)
def read_sources() -> Mapping[str, Mapping[str, str]]:
    """Return the titles of sources by code and language."""
    titles: Mapping[str, Mapping[str, str]] = yaml.safe_load((_FOLDER / "sources.yaml").read_text(encoding="utf-8"))
    return titles


def sources_of(term: Term, language: str) -> list[str]:
    """Return where a term comes from, as a reader looks it up."""
    found = []
    for part in filter(None, (part.strip() for part in term.source.split(";"))):
        code, _space, locator = part.partition(" ")
        titles = read_sources()[code]
        title = titles.get(language) or titles["en"]
        found.append(f"{title}, {locator}" if locator else title)
    return found


def spellings(words: str) -> Iterator[str]:
    """Yield the ways in which a lesson may write a term, folded: whole, and with or without what is in brackets.

    >>> sorted(spellings("Reflection period (recovery period)"))
    ['recovery period', 'reflection period', 'reflection period (recovery period)', 'reflection period recovery period']
    """
    folded = fold_case(words)
    yield from {folded, _BRACKETS.sub("", folded), _BRACKETS.sub(r" \1", folded), *_BRACKETS.findall(folded)}


def fold_case(words: str) -> str:
    """Return words in small letters, with one kind of apostrophe and single spaces."""
    return " ".join(words.replace("'", "’").casefold().split())


@lru_cache(maxsize=16)
def ids_by_spelling(language: str) -> Mapping[str, str]:
    """Return folded spelling -> id of the term, in a language; one whole wording goes before a part of another."""
    found = {fold_case(term.words[language]): term.id for term in read_terms() if language in term.words}
    for term in read_terms():
        for spelling in spellings(term.words.get(language, "")):
            found.setdefault(spelling, term.id)
    return found
