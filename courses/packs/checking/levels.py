"""Whether a lesson reads easily enough for a working officer. A floor: plain good text lies well above it."""

from collections.abc import Iterator

from courses.packs.checking.readability import Ease, reading_ease
from courses.packs.checking.subject import Subject
from courses.packs.checking.visible import said_in
from courses.packs.errors import Problem
from courses.packs.model import SheetText

# The hardest lesson of the first packs, full of treaty words, reads at 52 in English and 62 in French.
FLOORS = {"en": 48.0, "fr": 58.0}
LONGEST_MEAN = {"en": 17.0, "fr": 19.0}


def ease_of(text: SheetText) -> Ease:
    """Return how the sentences of a lesson read; headings are none."""
    return reading_ease((said.text for said in said_in(text) if not said.is_heading), text.language)


def level_of_lessons(subject: Subject) -> Iterator[Problem]:
    """Find lessons that read too hard, or in sentences too long on the average."""
    for text in subject.lesson_texts():
        if text.language not in FLOORS:
            continue
        ease = ease_of(text)
        if ease.score < FLOORS[text.language]:
            floor = FLOORS[text.language]
            yield Problem(text.file, 1, f"it reads at {ease.score:.0f} of 100, under {floor:.0f}: use plainer words")
        if ease.words_a_sentence > LONGEST_MEAN[text.language]:
            most = LONGEST_MEAN[text.language]
            yield Problem(
                text.file, 1, f"a sentence has {ease.words_a_sentence:.1f} words on the average; {most:.0f} at most"
            )
