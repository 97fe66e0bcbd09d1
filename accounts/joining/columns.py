"""Which column of a list means what, by the words of its header in English or French. Pure."""

import unicodedata
from collections.abc import Mapping, Sequence

# What a header may say, in letters and digits only, without accents.
WORDS: Mapping[str, frozenset[str]] = {
    "full_name": frozenset(
        {
            "name",
            "fullname",
            "nom",
            "nomcomplet",
            "nometprenom",
            "nometprenoms",
            "nomsetprenoms",
            "participant",
            "nomprenom",
        }
    ),
    "family_name": frozenset({"lastname", "surname", "familyname", "nomdefamille"}),
    "given_name": frozenset({"firstname", "givenname", "givennames", "prenom", "prenoms"}),
    "full_name_other": frozenset(
        {"othername", "nameinotherscript", "nameinsecondscript", "autrenom", "nomautreecriture"}
    ),
    "service_number": frozenset(
        {"servicenumber", "serviceno", "number", "matricule", "numerodematricule", "numerodeservice", "badgenumber"}
    ),
    "agency": frozenset({"agency", "service", "organisation", "organization", "corps", "agence"}),
    "sex": frozenset({"sex", "gender", "sexe", "genre"}),
    "birth_year": frozenset({"birthyear", "yearofbirth", "born", "anneedenaissance", "naissance"}),
    "rank_band": frozenset({"rankband", "rank", "grade", "niveaudegrade", "categoriedegrade"}),
    "duty": frozenset({"duty", "placeofduty", "affectation", "lieudaffectation", "borderorinland"}),
    "language": frozenset({"language", "langue"}),
}
REQUIRED = ("full_name",)
_KINDS = {word: field for field, words in WORDS.items() for word in words}


def read_header(cells: Sequence[str]) -> dict[int, str]:
    """Return column -> field for the columns whose header is known; the first of two that mean the same counts.

    >>> read_header(["Nom et prénom", "Matricule", "Téléphone"])
    {0: 'full_name', 1: 'service_number'}
    """
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        field = _KINDS.get(plain(cell))
        if field and field not in found.values():
            found[place] = field
    # "Nom" beside "Prénom" is the family name, not the whole.
    if "given_name" in found.values() and "family_name" not in found.values():
        found = {place: "family_name" if field == "full_name" else field for place, field in found.items()}
    return found


def has_name(header: Mapping[int, str]) -> bool:
    """Tell whether a list says who the people are: in one column or in two."""
    return "full_name" in header.values() or {"family_name", "given_name"} <= set(header.values())


def plain(text: str) -> str:
    """Return a text in small letters and digits, without accents, spaces and marks.

    >>> plain(" Année de naissance* ")
    'anneedenaissance'
    """
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in split if letter.isalnum())
