"""Whether the right choice can be told by its looks."""

from collections.abc import Iterator

from assessments.packs.checking.pool import FILE, place_of, pool_of
from courses.packs.checking.self_checks import is_longest, stands_out
from courses.packs.checking.subject import Subject
from courses.packs.errors import Problem

_SINGLE = "single_choice"
# From this many questions on, a habit shows.
FEWEST = 4
MOST_LONGEST_SHARE = 0.67


def choices_do_not_tell(subject: Subject) -> Iterator[Problem]:
    """Find single choice questions whose right choice is known by its length, in either language."""
    pack = subject.pack
    single = [each for each in pool_of(pack).questions if each.kind == _SINGLE]
    for language in pack.course.languages:
        longest = 0
        for question in single:
            parts = question.body["choices"]
            texts = [question.texts[language].choices.get(part, "") for part in parts]
            right = parts.index(question.body["right"][0])
            longest += is_longest(texts, right)
            if stands_out(texts, right):
                yield Problem(
                    FILE, 1, f"the right choice stands out by its length ({language}): {place_of(question, pack)}"
                )
        if len(single) >= FEWEST and longest > MOST_LONGEST_SHARE * len(single):
            yield Problem(
                FILE, 1, f"the right choice is the longest in {longest} of {len(single)} single choices ({language})"
            )
