"""What can go wrong with questions, quizzes and attempts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessments.moments import moment_text

if TYPE_CHECKING:
    from django.utils.functional import Promise


class AssessmentError(Exception):
    """Anything that assessments refuses. `text` is for the person who asked."""

    code = "assessments.error"
    text: "str | Promise" = _("This could not be done. Nothing was changed.")


class UnknownKindError(AssessmentError):
    """No kind of question has this name, or none has this model."""

    code = "assessments.question.unknown_kind"


class QuestionIncompleteError(AssessmentError):
    """A question lacks something that its published form needs; `problems` says what."""

    code = "assessments.question.incomplete"
    text = _("The question was not published. What learners see has not changed.")

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class QuestionNotYoursError(AssessmentError):
    """Somebody publishes a question outside the scope of their roles."""

    code = "assessments.question.not_yours"
    text = _("This question belongs to another country. You can read it and copy it.")


class ProposalOutdatedError(AssessmentError):
    """A draft is approved that was made from an earlier version of its question."""

    code = "assessments.question.proposal_outdated"
    text = _(
        "The question has changed since this draft was written. Nothing was published. "
        "Open the draft, look at it again, and send it to review once more."
    )


class PracticeForGoodError(AssessmentError):
    """A question would change between practice and graded use after its key or its words went out."""

    code = "assessments.question.practice_for_good"
    text = _("The question was not saved. A question stays for practice, or for grading, once learners have met it.")


class VersionUnknownError(AssessmentError):
    """A paper names a version of a question that is not here."""

    code = "assessments.version.unknown"


class ResponseRefusedError(AssessmentError):
    """A response does not fit its question."""

    code = "assessments.response.refused"
    text: "str | Promise" = _(
        "This answer does not belong to this question. Your earlier answers are safe. Choose again."
    )


class ResponseIncompleteError(ResponseRefusedError):
    """A response lacks what makes it an answer. What was typed is shown again; `text` says what to do."""

    code = "assessments.response.incomplete"

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


class ResponseStandsError(ResponseRefusedError):
    """An answer would change what was decided before and stands."""

    code = "assessments.response.stands"
    text = _("What you decided before stands, and nothing of it was changed. This page shows how far you are.")


class ResponseTooLongError(ResponseRefusedError):
    """A written answer is longer than what is kept of one."""

    code = "assessments.response.too_long"
    text = _("This answer is too long to be saved. Your earlier text is safe. Make it shorter, then save again.")


class PictureRefusedError(AssessmentError):
    """What was uploaded is no picture that a question may show; `args` holds which of these it is."""

    code = "assessments.picture.refused"
    TOO_LARGE = _("The file is larger than 8 MB. Make it smaller, or take a photo with fewer megapixels.")
    TOO_MANY_PIXELS = _("The picture has more than 24 megapixels. Make it smaller first.")
    TOO_SMALL = _("The picture is too small to be seen: 16 pixels are the least on each side.")
    UNREADABLE = _("This is no picture that can be read here, or it is damaged. Use a JPEG, PNG, WebP or GIF file.")

    def __init__(self, why: Any) -> None:
        self.text = why
        super().__init__(str(why))


class NotWaitingForMarksError(AssessmentError):
    """Somebody marks an answer that waits for nobody, or not for this person."""

    code = "assessments.marking.not_waiting"
    text = _("Somebody else has marked this answer meanwhile. Your marks were not saved, and none are missing.")


class AnswerChangedError(AssessmentError):
    """Another answer arrived from a device while this one was being marked."""

    code = "assessments.marking.answer_changed"
    text = _(
        "A newer answer to this question has arrived from the learner’s device. Your marks were not saved."
        " Read the new answer, then mark it."
    )


class QuizNotOpenError(AssessmentError):
    """The lessons that come before the quiz are not complete."""

    code = "assessments.quiz.not_open"
    text = _("The quiz opens when all lessons of the course are complete. Your progress is saved.")


class ExamNotOpenError(AssessmentError):
    """An exam is begun without the code that a trainer reads out."""

    code = "assessments.exam.not_open"
    text = _(
        "This exam begins with the code that your trainer reads out. Nothing was changed, and you lose no attempt."
    )


class ExamCodeError(AssessmentError):
    """The code opens no exam of this learner now."""

    code = "assessments.exam.code"
    text = _(
        "This code does not open the exam now. You lose no attempt. Look at the code again, or ask your trainer for it."
    )


class ExamNotYoursError(AssessmentError):
    """Somebody opens an exam to a cohort outside the scope of their roles, or of another course."""

    code = "assessments.exam.not_yours"
    text = _("This exam cannot be opened to this cohort. Nothing was changed.")


class TimeIsOverError(AssessmentError):
    """The time of an exam is over, and a minute more."""

    code = "assessments.attempt.time_is_over"
    text = _("The time of this exam is over. The answers that you gave in time are saved. Hand in now.")


class NoAttemptLeftError(AssessmentError):
    """All attempts that the quiz allows are used."""

    code = "assessments.quiz.no_attempt_left"
    text = _("You have used all your attempts. Your results are saved. Your trainer can tell you what to do next.")


class AlreadyPassedError(AssessmentError):
    """The quiz is passed; another attempt could only lose."""

    code = "assessments.quiz.already_passed"
    text = _("You have passed this quiz already. Your result is saved; you need no other attempt.")


class TooFewQuestionsError(AssessmentError):
    """The bank has fewer published questions than the quiz, or one of its sections, draws.

    `number` (from 1) and `title` by language name the section; 0 where the quiz has none.
    """

    code = "assessments.quiz.too_few_questions"
    text: "str | Promise" = _(
        "This quiz is not ready: some of its questions are missing. You lose no attempt. Please tell your trainer."
    )

    def __init__(self, *, number: int = 0, title: Mapping[str, str] | None = None) -> None:
        self.number, self.title = number, dict(title or {})
        super().__init__(f"section {number}" if number else "")
        if number:
            self.text = format_lazy(
                "{text} {section}", text=self.text, section=format_lazy(_("(Section {number})"), number=number)
            )


class WaitFirstError(AssessmentError):
    """The time between two attempts is not over. `moment` is when it is, `zone` the time zone to tell it in."""

    code = "assessments.quiz.wait_first"

    def __init__(self, moment: datetime, zone: str) -> None:
        self.moment = moment
        super().__init__(moment.isoformat())
        self.text = _told(_("You can begin the next attempt from {time}. Your results are saved."), moment, zone)


class QuizNotYetOpenError(AssessmentError):
    """The opening time of the learner's class has not come."""

    code = "assessments.quiz.not_yet_open"

    def __init__(self, moment: datetime, zone: str) -> None:
        self.moment = moment
        super().__init__(moment.isoformat())
        self.text = _told(_("This quiz opens to your class on {time}. You lose no attempt."), moment, zone)


class QuizClosedError(AssessmentError):
    """The closing time of the learner's class is over."""

    code = "assessments.quiz.closed"

    def __init__(self, moment: datetime, zone: str) -> None:
        self.moment = moment
        super().__init__(moment.isoformat())
        self.text = _told(
            _("This quiz closed to your class on {time}. Your trainer can tell you what to do next."), moment, zone
        )


class QuizNotYoursError(AssessmentError):
    """Somebody changes a quiz, or its opening times, outside the scope of their roles."""

    code = "assessments.quiz.not_yours"
    text = _("This quiz belongs to all countries. You can read it. Nothing was changed.")


class QuizRefusedError(AssessmentError):
    """The rules of a quiz contradict each other, or turn practice into a test; `problems` says what."""

    code = "assessments.quiz.refused"
    text = _("The quiz was not saved. What learners meet has not changed.")

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(self.problems))


class AwaitsMarkingError(AssessmentError):
    """The attempt before waits for a person who marks it, and may pass."""

    code = "assessments.attempt.awaits_marking"
    text = _("Your last attempt is not marked yet. You can begin another one when you know its result.")


class AttemptClosedError(AssessmentError):
    """The attempt is handed in and takes no more answers."""

    code = "assessments.attempt.closed"
    text = _("This attempt is handed in. The answers that you gave before are kept and count; this one does not.")


class RegradeRefusedError(AssessmentError):
    """A question can't be marked anew in this way."""

    code = "assessments.regrade.refused"
    text = _("This question cannot be marked by that key: its choices are not the same. Nothing was changed.")


class NothingToDecideError(AssessmentError):
    """Somebody decides about an attempt that is open, or about which nothing is odd."""

    code = "assessments.attempt.nothing_to_decide"
    text = _("There is nothing to decide about this attempt any more. Nothing was changed.")


def _told(words: "Promise", moment: datetime, zone: str) -> str:
    return str(words).format(time=moment_text(moment, zone))
