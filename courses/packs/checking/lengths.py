"""How long lessons and job aids are, in words that a reader sees, and whether the languages say as much."""

from collections.abc import Iterator

from courses.kinds import LessonLength, SheetKind
from courses.packs.checking.subject import Subject
from courses.packs.checking.visible import count_words
from courses.packs.errors import Problem

WORDS = {LessonLength.FULL: (400, 900), LessonLength.SHORT: (150, 400)}
# No two counts agree on a hyphen or a number: what is within a tenth of a limit passes.
GRACE = 0.1
MOST_WORDS_OF_A_JOB_AID = 260
MOST_APART = 0.3
WORDS_A_MINUTE = 130
MOST_MINUTES_OFF = 2
SHORTEST_MINUTES, LONGEST_MINUTES = 3, 10


def words_of_lessons(subject: Subject) -> Iterator[Problem]:
    """Find lessons that are too short or too long for their course."""
    low, high = WORDS[LessonLength(subject.pack.course.lesson_length)]
    for text in subject.lesson_texts():
        count = count_words(text)
        if not low * (1 - GRACE) <= count <= high * (1 + GRACE):
            yield Problem(text.file, 1, f"the lesson has {count} words; {low} to {high} are expected")


def words_between_languages(subject: Subject) -> Iterator[Problem]:
    """Find lessons and sheets that say much more in one language than in the first."""
    course = subject.pack.course
    for each in course.pages():
        first, *others = each.texts.values()
        wanted = count_words(first)
        for text in others:
            count = count_words(text)
            if abs(count - wanted) > MOST_APART * wanted:
                apart = round(100 * (count - wanted) / wanted)
                yield Problem(
                    text.file, 1, f"{count} words, {apart:+d} % against {wanted} in {first.file}; 30 % at most"
                )


def minutes_of_lessons(subject: Subject) -> Iterator[Problem]:
    """Find lessons whose minutes do not fit their words."""
    for text in subject.lesson_texts():
        fair = fair_minutes(count_words(text))
        if abs(text.minutes - fair) > MOST_MINUTES_OFF:
            yield Problem(text.file, 4, f"minutes: {text.minutes}, but its words take about {fair}")


def fair_minutes(words: int) -> int:
    """Return how long some words take, within what a lesson may take.

    >>> [fair_minutes(words) for words in (100, 780, 2000)]
    [3, 6, 10]
    """
    return min(max(round(words / WORDS_A_MINUTE), SHORTEST_MINUTES), LONGEST_MINUTES)


def words_of_job_aids(subject: Subject) -> Iterator[Problem]:
    """Find job aids that will not print on one page."""
    for sheet in subject.pack.course.sheets:
        for text in sheet.texts.values() if sheet.kind == SheetKind.JOB_AID else ():
            count = count_words(text)
            if count > MOST_WORDS_OF_A_JOB_AID:
                yield Problem(text.file, 1, f"the job aid has {count} words; {MOST_WORDS_OF_A_JOB_AID} fit on its page")
