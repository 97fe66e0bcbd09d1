"""From a source as a reader sees it back to the code of sources.yaml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from courses.packs.model import Words

# What an editor wrote by hand gets a code of this letter.
OWN = "X"
LONGEST_TITLE = 300
Place = tuple[object, ...]


@dataclass(slots=True)
class SourceCodes:
    """The sources of a course, and those that editors added on its pages."""

    sources: Mapping[str, Words]
    added: dict[str, dict[str, str]] = field(default_factory=dict)
    _places: dict[Place, str] = field(default_factory=dict)

    def coded(self, readable: str, language: str, place: Place) -> str:
        """Return sources joined by "; " as a pack writes them. `place` is the same in every language."""
        titles = self._titles(language)
        known = _parse(readable, titles)
        if known is None:
            parts = [part.strip() for part in readable.split(";") if part.strip()]
            known = [_known_or(part, titles) for part in parts]
        return "; ".join(
            self._own(locator, language, (*place, number)) if code == OWN else f"{code} {locator}".strip()
            for number, (code, locator) in enumerate(known)
        )

    def all(self, languages: Sequence[str]) -> dict[str, dict[str, str]]:
        """Return every source with its words in some languages; what a language lacks stands there in another."""
        return {
            code: {language: words.get(language) or next(iter(words.values())) for language in languages}
            for code, words in (*self.sources.items(), *self.added.items())
        }

    def _titles(self, language: str) -> list[tuple[str, str]]:
        """Return (title, code), the longest first; a page under translation still has those of another language."""
        found = [
            (spoken != language, -len(title), code, title)
            for code, words in self.sources.items()
            for spoken, title in words.items()
        ]
        return [(title, code) for _is_other, _length, code, title in sorted(found)]

    def _own(self, text: str, language: str, place: Place) -> str:
        title = text[:LONGEST_TITLE]
        code = self._places.get(place)
        if code is None or self.added[code].get(language, title) != title:
            code = self._with_title(title, language) or self._next()
        self.added.setdefault(code, {})[language] = title
        self._places.setdefault(place, code)
        return code

    def _with_title(self, title: str, language: str) -> str:
        return next((code for code, words in self.added.items() if words.get(language) == title), "")

    def _next(self) -> str:
        number = 1
        while f"{OWN}{number}" in self.sources or f"{OWN}{number}" in self.added:
            number += 1
        return f"{OWN}{number}"


def _parse(text: str, titles: list[tuple[str, str]]) -> list[tuple[str, str]] | None:
    """Return (code, locator) of each source; None where one is unknown. A title may hold commas and semicolons."""
    if not text:
        return []
    for title, code in titles:
        if not text.startswith(title):
            continue
        rest = text[len(title) :]
        locator, tail = "", rest
        if rest.startswith(", "):
            locator, semicolon, tail = rest[2:].partition(";")
            tail = semicolon + tail
        if not tail:
            return [(code, locator)]
        if tail.startswith("; ") and (others := _parse(tail[2:], titles)) is not None:
            return [(code, locator), *others]
    return None


def _known_or(part: str, titles: list[tuple[str, str]]) -> tuple[str, str]:
    known = _parse(part, titles)
    return known[0] if known else (OWN, part)
