"""Where a term is explained: upper apps say which of their pages do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Explaining = Callable[[str], Mapping[str, Sequence["Explained"]]]


@dataclass(frozen=True, slots=True)
class Explained:
    """One page that explains a term; `language` is its own, which may not be the reader's."""

    title: str
    url: str
    language: str


_providers: list[Explaining] = []


def register_explaining(provider: Explaining) -> None:
    """Add what finds pages: from a language to id of a term -> pages. AppConfig.ready calls this."""
    if provider not in _providers:
        _providers.append(provider)


def explained_in(language: str) -> dict[str, list[Explained]]:
    """Return id of a term -> the pages that explain it, for a reader of a language."""
    found: dict[str, list[Explained]] = {}
    for provider in _providers:
        for term, pages in provider(language).items():
            found.setdefault(term, []).extend(pages)
    return found
