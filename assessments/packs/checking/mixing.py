"""Whether the questions of a course are many enough, of several kinds and difficulties, and spread over its lessons."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from assessments.packs.checking.pool import FILE, pool_of
from assessments.packs.questions import PackText
from courses.kinds import Collection
from courses.packs.checking.subject import Subject
from courses.packs.errors import Problem


class Wanted(NamedTuple):
    """How many questions a course of some collection has at least."""

    practice: int
    graded: int
    kinds: int
    a_lesson: int


WANTED = {
    Collection.MODULE: Wanted(8, 6, 5, 2),
    Collection.KIT: Wanted(8, 20, 3, 2),
    Collection.ELECTIVE: Wanted(3, 3, 2, 1),
    Collection.TRAINERS: Wanted(4, 12, 4, 1),
    Collection.REFRESHER: Wanted(0, 30, 5, 2),
}
MOST_SHARE_OF_SINGLE = 0.5
# No difficulty makes up more than this of the questions, and none is missing, once there are enough to tell.
MOST_SHARE_OF_ONE_DIFFICULTY = 0.65
ENOUGH_TO_TELL = 10
_DIFFICULTIES = (1, 2, 3)


def questions_are_mixed(subject: Subject) -> Iterator[Problem]:
    """Find too few questions, too few kinds, too many of one."""
    pool, wanted = pool_of(subject.pack), WANTED[Collection(subject.pack.course.collection)]
    kinds = Counter(each.kind for each in pool.questions)
    if len(pool.practice) < wanted.practice:
        yield Problem(FILE, 1, f"{len(pool.practice)} practice questions; {wanted.practice} at least")
    if len(pool.graded) < wanted.graded:
        yield Problem(FILE, 1, f"{len(pool.graded)} graded questions; {wanted.graded} at least")
    if len(kinds) < wanted.kinds:
        yield Problem(FILE, 1, f"{len(kinds)} kinds of question ({', '.join(sorted(kinds))}); {wanted.kinds} at least")
    single, total = kinds["single_choice"], kinds.total()
    if single > MOST_SHARE_OF_SINGLE * total:
        yield Problem(FILE, 1, f"{single} of {total} questions are single choice; half at most")
    yield from _difficulties(Counter(each.difficulty for each in pool.questions))


def _difficulties(counts: Counter[int]) -> Iterator[Problem]:
    total = counts.total()
    if total < ENOUGH_TO_TELL:
        return
    for difficulty in _DIFFICULTIES:
        count = counts[difficulty]
        if not count:
            yield Problem(FILE, 1, f"no question of difficulty {difficulty}")
        if count > MOST_SHARE_OF_ONE_DIFFICULTY * total:
            yield Problem(FILE, 1, f"{count} of {total} questions are of difficulty {difficulty}; mix them")


def lessons_have_questions(subject: Subject) -> Iterator[Problem]:
    """Find lessons that too few questions belong to."""
    wanted = WANTED[Collection(subject.pack.course.collection)].a_lesson
    asked = Counter(each.lesson for each in pool_of(subject.pack).questions)
    for lesson in subject.pack.course.lessons():
        if asked[lesson.uuid] < wanted:
            yield Problem(FILE, 1, f"{asked[lesson.uuid]} questions belong to {lesson.file}; {wanted} at least")


def no_question_twice(subject: Subject) -> Iterator[Problem]:
    """Find two questions with the same words: a practice question must not give a graded one away."""
    for language in subject.pack.course.languages:
        asked = Counter(asked_by(each.texts[language]) for each in pool_of(subject.pack).questions)
        for (stem, *_choices), count in asked.items():
            if count > 1:
                yield Problem(FILE, 1, f"{count} questions ask the same ({language}): “{stem[:60]}”")


def asked_by(text: PackText) -> tuple[str, ...]:
    """Return the stem and all choices, sorted: “What do you do?” is no question by itself."""
    return _plain(text.stem), *sorted(map(_plain, text.choices.values()))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
