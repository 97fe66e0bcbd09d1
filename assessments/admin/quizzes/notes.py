"""What an author should know about a quiz before learners meet it: nothing of it keeps the quiz from being saved."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.freezing import sheet_of
from assessments.bank import bank_of
from assessments.errors import TooFewQuestionsError
from assessments.models import Question, Quiz
from assessments.planning import PlannedSection, PlannedSlot, parts_of
from assessments.selecting import Candidate, Part, questions_for

# So many times the questions of one attempt make the next one mostly another.
_ENOUGH_FOR_ANOTHER = 2


class QuizBank:
    """The questions that a quiz of a course may ask, read once: those that all countries share."""

    def __init__(self, quiz: Quiz, sections: Sequence[PlannedSection]) -> None:
        self.quiz, self.sections = quiz, sections
        self.parts: tuple[Part, ...] = parts_of(sections)
        self.candidates: list[Candidate] = [] if self.is_practice else bank_of(quiz.course_uuid, "", self.parts)

    @property
    def is_practice(self) -> bool:
        """Tell whether it is for practice, which draws nothing."""
        return self.quiz.quiz_class == Quiz.Class.PRACTICE

    def found(self, section: int, slot: int) -> int:
        """Return how many questions a row may ask."""
        return len(questions_for(self.candidates, self.parts[section].slots[slot]))

    def too_few(self) -> TooFewQuestionsError | None:
        """Return what an attempt would be refused with."""
        try:
            sheet_of(self.quiz, self.candidates, self.parts, seed=0)
        except TooFewQuestionsError as error:
            return error
        return None


def found_words(slot: PlannedSlot, found: int) -> str:
    """Return how many questions a row finds, in words."""
    if slot.question:
        return "" if found else _("This question can’t be asked: it is not published, or for practice only.")
    words = ngettext("This filter finds %(count)d question.", "This filter finds %(count)d questions.", found)
    told = words % {"count": found}
    return told if found >= slot.count else _("%(found)s That is too few.") % {"found": told}


def notes_on(bank: QuizBank) -> list[str]:
    """Return what an author should know."""
    return list(_practice_notes(bank) if bank.is_practice else _notes(bank))


def _practice_notes(bank: QuizBank) -> Iterator[str]:
    if not Question.objects.practised(bank.quiz.course_uuid).exists():
        yield _("The course has no questions for practice yet. Learners do not see this quiz before it has one.")
    if bank.sections:
        yield _("Practice asks all its questions, in your order. The sections are not kept.")


def _notes(bank: QuizBank) -> Iterator[str]:
    quiz = bank.quiz
    if error := bank.too_few():
        yield _too_few_words(error, bank)
    yield from _weight_notes(bank.sections)
    if quiz.quiz_class == Quiz.Class.EXAM:
        yield from _exam_notes(quiz)
    if quiz.review == Quiz.Review.AT_ONCE and quiz.attempt_limit > 1:
        yield _(
            "Learners see the right answers after each hand-in, and may try again. Choose this only where the next"
            " attempt draws other questions."
        )
        if len(bank.candidates) < _ENOUGH_FOR_ANOTHER * quiz.draw:
            yield _("This course has too few questions for that: the next attempt asks many of them again.")
    if quiz.wait_s and quiz.attempt_limit == 1:
        yield _("There is one attempt only, so nobody waits for the next.")
    if quiz.late_rule == Quiz.LateRule.CUT and quiz.quiz_class == Quiz.Class.GRADED:
        yield _(
            "Without a connection only the time of one page is sure. What is late by the clock of a device alone is"
            " kept, and waits for your decision."
        )


def _exam_notes(quiz: Quiz) -> Iterator[str]:
    if not quiz.pk or not quiz.windows.exists():
        yield _("This exam has no opening times. It is open whenever a trainer reads out a code.")
    if quiz.time_limit_s is None:
        yield _("This exam has no time limit.")


def _weight_notes(sections: Sequence[PlannedSection]) -> Iterator[str]:
    weights = [sum(slot.count * slot.weight_milli for slot in section.slots) for section in sections]
    if len({slot.weight_milli for section in sections for slot in section.slots}) > 1:
        shares = [
            _("section %(number)d: %(percent)d%%") % {"number": number, "percent": weight * 100 // sum(weights)}
            for number, weight in enumerate(weights, 1)
        ]
        yield _("Questions weigh differently. Of all points: %(shares)s.") % {"shares": ", ".join(shares)}


def _too_few_words(error: TooFewQuestionsError, bank: QuizBank) -> str:
    if error.number:
        return _(
            "Section %(number)d has too few questions: nobody can begin this quiz. Write more, or ask for fewer. A"
            " question is never asked twice, so two sections can’t share one."
        ) % {"number": error.number}
    return _("The course has %(found)d questions for it, and it asks %(wanted)d: nobody can begin this quiz.") % {
        "found": len(bank.candidates),
        "wanted": bank.quiz.draw,
    }
