"""The glossary."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from elearning.lib.navigation import in_section
from library.glossary.explained import Explained, explained_in
from library.glossary.searching import by_letter, find_terms
from library.glossary.terms import Term, read_terms, sources_of

LONGEST_SEARCH = 60
_NAMES = dict(settings.LANGUAGES)


@require_safe
@in_section("courses")
def glossary(request: HttpRequest) -> HttpResponse:
    """Show the terms in the language of the page, or those that hold what is asked. One query or two."""
    language = get_language() or settings.LANGUAGE_CODE
    asked = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    pages = explained_in(language)
    found = find_terms(read_terms() if asked else _of_the_subject(), asked, language)
    groups = [("", found)] if asked else by_letter(found, language)
    rows = [(letter, [_row(term, language, pages.get(term.id, [])) for term in terms]) for letter, terms in groups]
    context = {"asked": asked, "groups": rows, "count": len(found), "letters": [letter for letter, _terms in rows]}
    return render(request, "library/glossary.html", context)


def _of_the_subject() -> list[Term]:
    """Return the terms to leaf through; the words of this site's own screens are found by search."""
    return [term for term in read_terms() if term.kind != "platform"]


def _row(term: Term, language: str, pages: list[Explained]) -> dict[str, Any]:
    spoken = language if language in term.definition else "en"
    return {
        "id": term.id,
        "word": term.word(language),
        "meaning": term.definition.get(spoken, ""),
        "meaning_language": "" if spoken == language else spoken,
        "is_seen": language in term.seen,
        "others": [
            {"code": code, "name": _NAMES[code], "word": words, "is_seen": code in term.seen}
            for code, words in term.words.items()
            if code != language and code in _NAMES
        ],
        "sources": sources_of(term, language),
        "pages": pages,
    }
