"""Which lessons explain a term of the glossary: those with a block that defines it."""

from collections.abc import Mapping, Sequence

from courses.catalogue import Catalogue, read_catalogue
from courses.models import LessonPage
from library.glossary.explained import Explained
from library.glossary.terms import fold_case, ids_by_spelling

# One lesson a course is enough to read on.
MOST_PAGES_OF_A_TERM = 4

_kept: tuple[Catalogue, dict[str, dict[str, list[Explained]]]] | None = None


def explaining_lessons(language: str) -> Mapping[str, Sequence[Explained]]:
    """Return id of a term -> lessons that define it, for a reader of a language; kept as long as the catalogue.

    What is reserved for some people is left out: the glossary is anybody's.
    """
    global _kept  # noqa: PLW0603  # one for the process, replaced as a whole
    catalogue = read_catalogue()
    if _kept is None or _kept[0] is not catalogue:
        _kept = (catalogue, {})
    if language not in _kept[1]:
        _kept[1][language] = _read(catalogue, language)
    return _kept[1][language]


def _read(catalogue: Catalogue, language: str) -> dict[str, list[Explained]]:
    outlines = [each for each in catalogue.for_reader(language, "") if not each.reserved_for]
    entries = {entry.page_id: (outline, entry) for outline in outlines for entry in outline.lessons}
    found: dict[str, list[Explained]] = {}
    bodies = dict(LessonPage.objects.filter(pk__in=entries).values_list("pk", "body"))
    for key, (outline, entry) in entries.items():
        url = catalogue.addresses(outline.uuid, entry.uuid)[language]
        for term in _terms_of(bodies.get(key), outline.language):
            pages = found.setdefault(term, [])
            if len(pages) < MOST_PAGES_OF_A_TERM:
                pages.append(Explained(entry.title, url, outline.language))
    return found


def _terms_of(body: object, language: str) -> list[str]:
    """Return the ids of the terms that a lesson's blocks define, each once."""
    known = ids_by_spelling(language)
    words = [raw["value"]["term"] for raw in getattr(body, "raw_data", ()) if raw["type"] == "glossary_term"]
    return list(dict.fromkeys(known[folded] for each in words if (folded := fold_case(each)) in known))
