"""The questions and quizzes of a pack, as the rules look at them."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.packs import questions as question_file
from assessments.packs import quizzes as quiz_file
from assessments.packs.questions import PackQuestion
from assessments.packs.quizzes import PackQuiz
from courses.packs.model import Pack

FILE, QUIZZES = question_file.FILE, quiz_file.FILE


@dataclass(frozen=True, slots=True)
class Pool:
    """What a pack asks."""

    questions: Sequence[PackQuestion]
    quizzes: Sequence[PackQuiz]

    @property
    def practice(self) -> list[PackQuestion]:
        """Questions that go out with their keys."""
        return [each for each in self.questions if each.is_practice]

    @property
    def graded(self) -> list[PackQuestion]:
        """Questions that tests draw."""
        return [each for each in self.questions if not each.is_practice]


def pool_of(pack: Pack) -> Pool:
    """Return what a pack asks; nothing where it has no such files."""
    return Pool(pack.parts.get(FILE, ()), pack.parts.get(QUIZZES, ()))


def place_of(question: PackQuestion, pack: Pack) -> str:
    """Return a name by which an author finds a question: its lesson and the first words of it."""
    text = question.texts.get(pack.course.languages[0]) or next(iter(question.texts.values()))
    return f"“{text.stem[:50]}” ({question.kind}, {str(question.uuid)[:8]})"
