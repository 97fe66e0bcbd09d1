"""Questions that two packs ask: the practice of one would give away the test of another."""

from collections.abc import Iterator, Sequence

from assessments.packs.checking.mixing import asked_by
from assessments.packs.checking.pool import FILE, place_of, pool_of
from courses.packs.checking.subject import Subject
from courses.packs.errors import Problem


def no_question_in_two_packs(subjects: Sequence[Subject]) -> Iterator[tuple[str, Problem]]:
    """Find questions with the id or, in the first language, the words of a question in another pack."""
    seen: dict[object, str] = {}
    for subject in subjects:
        slug, language = subject.pack.course.slug, subject.pack.course.languages[0]
        for question in pool_of(subject.pack).questions:
            for key in (question.uuid, asked_by(question.texts[language])):
                other = seen.setdefault(key, slug)
                if other != slug:
                    yield slug, Problem(FILE, 1, f"{other} asks this too: {place_of(question, subject.pack)}")
