"""Spellings that this house does not use, each with the one that it does."""

import re
from collections.abc import Iterator

from courses.packs.checking.subject import Subject
from courses.packs.checking.visible import said_in
from courses.packs.errors import Problem

# British spelling, but “organized” and “criminalization” as the Convention prints them; the treaties' own terms.
_VARIANTS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"\blabor(?:er|ers|s)?\b", "labour"),
        (r"\bcenters?\b", "centre"),
        (r"\bbehaviors?\b", "behaviour"),
        (r"\bcolors?\b", "colour"),
        (r"\bneighbors?\b", "neighbour"),
        (r"\bdefense\b", "defence"),
        (r"\bjudgment-free\b", "without judgement"),
        (r"\bvictim-centered\b", "victim-centred"),
        (r"\b(?:recogniz|realiz|apologiz|stabiliz|minimiz|summariz)(?:e|es|ed|ing)\b", "the -ise form"),
        (r"\btrafficking in human being\b", "trafficking in human beings, or trafficking in persons"),
        (r"\bpeople trafficking\b", "trafficking in persons"),
        (r"\bhuman smuggling\b", "smuggling of migrants"),
        (r"\btrafficking of (?:persons|human beings)\b", "trafficking in persons"),
        (r"\billegal (?:im)?migrants?\b", "irregular migrants, or people without papers"),
        (r"\bsex slaves?\b", "victims of sexual exploitation"),
        (r"\bTransnational Organised Crime\b", "Transnational Organized Crime, as the Convention’s title has it"),
    ),
    "fr": (
        (r"\btrafic (?:d[’'])?êtres humains\b", "traite des êtres humains, ou traite des personnes"),
        (r"\btrafic (?:de|des) personnes\b", "traite des personnes"),
        (r"\btrafic humain\b", "traite des personnes"),
        (r"\btraite d[’']êtres humains\b", "traite des êtres humains"),
        (r"\btraite (?:de|des) migrants\b", "trafic illicite de migrants"),
        (r"\btrafic des migrants\b", "trafic illicite de migrants"),
        (r"\btrafic de migrants\b", "trafic illicite de migrants"),
        (r"\b(?:clandestins|migrants? illégaux)\b", "migrants en situation irrégulière"),
        (r"\bentraide judiciaire mutuelle\b", "entraide judiciaire"),
        (r"\bmécanisme national de référencement\b", "mécanisme national d’orientation"),
        (r"\b(?:oeuvre|coeur|soeur|oeil)\b", "œ in one letter"),
    ),
}
_COMPILED = {
    language: tuple((re.compile(pattern, re.IGNORECASE if pattern.islower() else 0), meant) for pattern, meant in pairs)
    for language, pairs in _VARIANTS.items()
}


def spelling_of_terms(subject: Subject) -> Iterator[Problem]:
    """Find words that the house writes in another way."""
    for text in subject.texts():
        for line, said in [(2, text.title), (2, text.summary), *((each.line, each.text) for each in said_in(text))]:
            yield from (Problem(text.file, line, reason) for reason in variants_in(said, text.language))


def variants_in(text: str, language: str) -> Iterator[str]:
    """Yield each word that is written otherwise here.

    >>> list(variants_in("forced labor", "en"))
    ['“labor”: this house writes labour']
    """
    for pattern, meant in _COMPILED.get(language, ()):
        for found in pattern.finditer(text):
            yield f"“{found.group()}”: this house writes {meant}"
