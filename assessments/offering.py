"""The quizzes of a course as rows of its page, and where a learner stands with one."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.accommodating import standing_accommodation
from assessments.accommodation_words import accommodation_facts, until_text
from assessments.models import Question, Quiz, QuizWindow
from courses.models import Enrolment
from courses.parts import QuizEntry, register_note_provider, register_quiz_provider

_HOUR_S, _DAY_S = 60 * 60, 24 * 60 * 60
# Practice stands before the test that it prepares for.
_ORDER = {each: place for place, each in enumerate(Quiz.Class.values)}


def register() -> None:
    """Offer the quizzes to the course page."""
    register_quiz_provider(quizzes_of_course)
    register_note_provider(granted_notes)


def granted_notes(enrolment: Enrolment) -> list[str]:
    """Return what a learner is granted in every quiz, and until when. One query."""
    row = standing_accommodation(enrolment.person_id, timezone.now().date())
    if row is None:
        return []
    return [*accommodation_facts(row), *([until] if (until := until_text(row)) else [])]


def quizzes_of_course(course_uuid: UUID, language: str) -> list[QuizEntry]:
    """Return the quizzes of a course in a language; practice only where it has questions. One query."""
    practised = Question.objects.practised(course_uuid).order_by().values("course_uuid").annotate(total=Count("pk"))
    quizzes = Quiz.objects.filter(course_uuid=course_uuid).annotate(
        practised=Subquery(practised.values("total")), timed=Exists(QuizWindow.objects.filter(quiz=OuterRef("pk")))
    )
    listed = sorted(quizzes, key=lambda quiz: (_ORDER[quiz.quiz_class], quiz.pk))
    return [_entry(quiz, language) for quiz in listed if quiz.practised or quiz.quiz_class != Quiz.Class.PRACTICE]


def minutes_text(time_limit_s: int) -> str:
    """Return a time limit in words, in whole minutes."""
    minutes = -(-time_limit_s // 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def span_text(seconds: int) -> str:
    """Return a waiting time in words: in whole days or hours where it is such, else in minutes."""
    if seconds % _DAY_S == 0:
        return ngettext("%(count)d day", "%(count)d days", seconds // _DAY_S) % {"count": seconds // _DAY_S}
    if seconds % _HOUR_S == 0:
        return ngettext("%(count)d hour", "%(count)d hours", seconds // _HOUR_S) % {"count": seconds // _HOUR_S}
    return minutes_text(seconds)


def _entry(quiz: Quiz, language: str) -> QuizEntry:
    is_practice, is_exam = quiz.quiz_class == Quiz.Class.PRACTICE, quiz.quiz_class == Quiz.Class.EXAM
    address = "assessments:exam" if is_exam else "assessments:attempt-start"

    def start_url(_enrolment: Enrolment) -> str:
        return reverse(address, args=[quiz.uuid])

    return QuizEntry(
        quiz.uuid,
        quiz.title_in(language),
        " · ".join(_facts(quiz)),
        start_url,
        pass_mark_percent=0 if is_practice else quiz.pass_mark_percent,
        counts=not is_practice,
        is_open_from_start=quiz.opens_after == Quiz.Opens.ENROLMENT,
        asks_first=is_exam,
    )


def _facts(quiz: Quiz) -> Iterator[str]:
    if quiz.quiz_class == Quiz.Class.PRACTICE:
        count: int = quiz.practised  # type: ignore[attr-defined]  # annotated above
        yield ngettext("%(count)d question", "%(count)d questions", count) % {"count": count}
        is_at_end = quiz.behaviour in {Quiz.Behaviour.AT_END, Quiz.Behaviour.CERTAINTY}
        at_once = _("with the right answer at once, as often as you like")
        yield _("with the right answers at the end, as often as you like") if is_at_end else at_once
        return
    yield ngettext(
        "%(count)d question, pass mark %(percent)d%%", "%(count)d questions, pass mark %(percent)d%%", quiz.draw
    ) % {"count": quiz.draw, "percent": quiz.pass_mark_percent}
    if quiz.time_limit_s:
        yield minutes_text(quiz.time_limit_s)
    if quiz.behaviour == Quiz.Behaviour.CERTAINTY:
        yield _("you also say how certain you are")
    if quiz.wait_s and quiz.attempt_limit > 1:
        yield _("%(time)s between two attempts") % {"time": span_text(quiz.wait_s)}
    if quiz.timed:  # type: ignore[attr-defined]  # annotated above
        yield _("your trainer says when it opens and closes")
    if quiz.quiz_class == Quiz.Class.EXAM:
        yield _("on this site, with your trainer’s code")
