"""How questions are worded: explained, in the house's spelling, set as printers set French."""

import re
from collections.abc import Iterator

from assessments.packs.checking.pool import FILE, place_of, pool_of
from assessments.packs.questions import NO_FEEDBACK, PackText
from courses.packs.checking.subject import Subject
from courses.packs.checking.typography import faults_in
from courses.packs.checking.visible import words_in
from courses.packs.checking.wording import variants_in
from courses.packs.errors import Problem

FEWEST_WORDS_OF_FEEDBACK = 6
_LAZY = re.compile(
    r"(?:all|none|both) of the above|all of these answers|toutes (?:les|ces) réponses|aucune (?:de ces|des) réponses",
    re.IGNORECASE,
)


def words_of_questions(subject: Subject) -> Iterator[Problem]:
    """Find feedback that explains nothing, and words that the house does not use."""
    pack = subject.pack
    for question in pool_of(pack).questions:
        for language, text in question.texts.items():
            for reason in _faults(text, language):
                yield Problem(FILE, 1, f"{reason}; {place_of(question, pack)}")


def _faults(text: PackText, language: str) -> Iterator[str]:
    if words_in(text.feedback) < FEWEST_WORDS_OF_FEEDBACK:
        yield f"the feedback ({language}) says too little: why is right right, and wrong wrong?"
    told = (each for each in text.feedbacks.values() if each != NO_FEEDBACK)
    for said in (text.stem, text.feedback, *text.choices.values(), *told):
        if found := _LAZY.search(said):
            yield f"“{found.group()}” tests reading, not knowledge"
        yield from variants_in(said, language)
        if language == "fr":
            yield from faults_in(said)
