"""French as French printers set it: no-break spaces before ; ! ? % : and within « », and ’ for the apostrophe."""

import re
from collections.abc import Iterator

from courses.packs.checking.subject import Subject
from courses.packs.checking.visible import said_in
from courses.packs.errors import Problem

_FAULTS = (
    (re.compile(r"[\w)»”’…] [;!?%»](?!\w)"), "a plain space; a no-break space belongs there"),
    (re.compile(r"[\w)»”’] :(?=\s|$)"), "a plain space; a no-break space belongs there"),
    (re.compile(r"[^\W\d_][;!?](?=\s|$)"), "no space; a narrow no-break space belongs before it"),
    (re.compile(r"[^\W\d_]:(?=\s|$)"), "no space; a no-break space belongs before it"),
    (re.compile(r"«[^\u00a0\u202f]|[^\u00a0\u202f]»"), "a guillemet needs a no-break space within"),
    (re.compile(r"[^\W\d_]'[^\W\d_]"), "a straight apostrophe; ’ is meant"),
    (re.compile(r'"|(?<=\s)“[^”]*”'), "French quotes are « »"),
)
_AROUND = 12


def french_typography(subject: Subject) -> Iterator[Problem]:
    """Find what is set wrongly in the French texts, with the words around it."""
    for text in subject.texts():
        if text.language == "fr":
            for line, said in [(2, text.title), (2, text.summary), *((said.line, said.text) for said in said_in(text))]:
                yield from (Problem(text.file, line, fault) for fault in faults_in(said))
    course = subject.pack.course
    words = [course.title, course.summary, course.audience, course.sensitive, course.certificate.title]
    words += [words for module in course.modules for words in (module.title, module.summary)]
    own = [each["fr"] for each in words if "fr" in each] + list(course.objectives.get("fr", ()))
    yield from (Problem("course.yaml", 1, fault) for said in own for fault in faults_in(said))
    titles = [each["fr"] for each in subject.pack.sources.values() if "fr" in each]
    yield from (Problem("sources.yaml", 1, fault) for said in titles for fault in faults_in(said))


def faults_in(text: str) -> Iterator[str]:
    """Yield what is set wrongly in one run of French.

    >>> list(faults_in("Qui parle ?"))
    ['French typography: a plain space; a no-break space belongs there, at “Qui parle ?”']
    """
    for pattern, reason in _FAULTS:
        for found in pattern.finditer(text):
            around = text[max(found.start() - _AROUND, 0) : found.end() + _AROUND].strip()
            yield f"French typography: {reason}, at “{around}”"
