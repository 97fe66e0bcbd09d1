"""What can go wrong with questions, quizzes and attempts."""

from django.utils.translation import gettext_lazy as _


class AssessmentError(Exception):
    """Anything that assessments refuses. `text` is for the person who asked."""

    code = "assessments.error"
    text = _("This could not be done. Nothing was changed.")


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
    text = _("This answer does not belong to this question. Your earlier answers are safe. Choose again.")


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
    """The bank has fewer published questions than the quiz draws."""

    code = "assessments.quiz.too_few_questions"
    text = _(
        "This quiz is not ready: some of its questions are missing. You lose no attempt. Please tell your trainer."
    )


class AttemptClosedError(AssessmentError):
    """The attempt is handed in and takes no more answers."""

    code = "assessments.attempt.closed"
    text = _("This attempt is handed in. The answers that you gave before are kept and count; this one does not.")


class NothingToDecideError(AssessmentError):
    """Somebody decides about an attempt that is open, or about which nothing is odd."""

    code = "assessments.attempt.nothing_to_decide"
    text = _("There is nothing to decide about this attempt any more. Nothing was changed.")
