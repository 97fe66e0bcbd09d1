"""Whether a self-check can be passed by its looks: the right choice always third, or always the longest."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from courses.packs.checking.subject import Subject
from courses.packs.checking.visible import words_in
from courses.packs.errors import Problem

# From this many on, a habit shows.
FEWEST = 3
MOST_LONGEST_SHARE = 0.67
# A choice this much longer than the next, by characters, gives itself away alone.
TELLTALE = 1.6
_SHORT_WORDS = 5


def self_checks_are_there(subject: Subject) -> Iterator[Problem]:
    """Find lessons without a self-check, in courses whose lessons are full."""
    if subject.pack.course.lesson_length == "full":
        for text in subject.lesson_texts():
            if not any(block.kind == "self_check" for block in text.blocks):
                yield Problem(text.file, 1, "the lesson has no self_check")


def self_checks_do_not_tell(subject: Subject) -> Iterator[Problem]:
    """Find self-checks whose right choice is known by its place or its length."""
    for language in subject.pack.course.languages:
        asked = [
            (text.file, block.line, block.fields["choices"])
            for lesson in subject.pack.course.lessons()
            for text in [lesson.texts[language]]
            for block in text.blocks
            if block.kind == "self_check"
        ]
        for file, line, choices in asked:
            if stands_out([each["text"] for each in choices], _right(choices)):
                yield Problem(file, line, "the right choice stands out by its length; make the choices alike")
        yield from _habits([choices for _file, _line, choices in asked], language)


def _habits(asked: Sequence[Sequence[Mapping[str, Any]]], language: str) -> Iterator[Problem]:
    if len(asked) < FEWEST:
        return
    places = [_right(choices) for choices in asked]
    if len(set(places)) == 1:
        yield Problem("course.yaml", 1, f"the right choice of every self-check ({language}) is number {places[0] + 1}")
    longest = sum(is_longest([each["text"] for each in choices], _right(choices)) for choices in asked)
    if longest > MOST_LONGEST_SHARE * len(asked):
        yield Problem(
            "course.yaml", 1, f"the right choice is the longest in {longest} of {len(asked)} self-checks ({language})"
        )


def _right(choices: Sequence[Mapping[str, Any]]) -> int:
    return next(number for number, each in enumerate(choices) if each["right"])


def is_longest(texts: Sequence[str], right: int) -> bool:
    """Tell whether one text is longer than every other."""
    return all(len(texts[right]) > len(text) for number, text in enumerate(texts) if number != right)


def stands_out(texts: Sequence[str], right: int) -> bool:
    """Tell whether one text is much longer than the next; short answers differ as they must."""
    others = [len(text) for number, text in enumerate(texts) if number != right]
    return len(texts[right]) > TELLTALE * max(others) and words_in(texts[right]) > _SHORT_WORDS
