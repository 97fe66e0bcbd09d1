"""Change what a quiz asks and its rules, and when it is open to a class."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import record_audit
from accounts.models import Cohort, Login
from accounts.policy import COHORTS
from assessments.errors import QuizNotYoursError, QuizRefusedError
from assessments.models import Quiz, QuizWindow
from assessments.planning import PlannedSection, sections_of, write_sections
from assessments.policy import QUIZZES_READ, writing_scope
from assessments.rules import problems_of_rules
from assessments.windows import Window

MOST_ASKED = 100
# Practice asks all its questions, as often as somebody likes: what limits a test says nothing there.
_UNLIMITED: Mapping[str, Any] = {
    "time_limit_s": None,
    "wait_s": 0,
    "review": Quiz.Review.AFTERWARDS,
    "late_rule": Quiz.LateRule.DECIDE,
    "has_second_marker": False,
}
_FIELDS = tuple(each.name for each in Quiz._meta.concrete_fields if each.name not in {"id", "uuid"})  # noqa: SLF001


@transaction.atomic
def save_quiz(*, by: Login, quiz: Quiz, sections: Sequence[PlannedSection]) -> Quiz:
    """Save a quiz with its sections, audited; attempts keep the paper that they have.

    With sections the quiz asks what they ask together. Nothing changed: nothing is written. Raise
    QuizNotYoursError, and QuizRefusedError, which says what does not go together.
    """
    if not writing_scope(by).everywhere:
        raise QuizNotYoursError
    before = Quiz.objects.select_for_update().filter(pk=quiz.pk).first() if quiz.pk else None
    planned = () if quiz.quiz_class == Quiz.Class.PRACTICE else tuple(sections)
    _make_whole(quiz, planned)
    if problems := problems_of_quiz(quiz, planned, before):
        raise QuizRefusedError(problems)
    changed = [name for name in _FIELDS if before is None or getattr(before, name) != getattr(quiz, name)]
    has_new_sections = before is None or sections_of(before) != planned
    if not changed and not has_new_sections:
        return quiz
    quiz.save()
    if has_new_sections:
        write_sections(quiz, planned)
    detail = {"course": str(quiz.course_uuid), "changed": changed + (["sections"] if has_new_sections else [])}
    record_audit(by=by, act="quiz.changed" if before else "quiz.written", target=quiz, detail=detail)
    return quiz


@transaction.atomic
def set_window(*, by: Login, quiz: Quiz, cohort: Cohort, window: Window) -> bool:
    """Say when a quiz is open to a class, audited; return whether that was new. None at both ends: always.

    Papers that are drawn keep the times they have. Raise QuizNotYoursError for a class out of scope.
    """
    if not QUIZZES_READ.allows(by, quiz) or not COHORTS.allows(by, cohort):
        raise QuizNotYoursError
    row = QuizWindow.objects.select_for_update().filter(quiz=quiz, cohort=cohort).first()
    times = (window.opens_at, window.closes_at)
    if times == ((row.opens_at, row.closes_at) if row else (None, None)):
        return False
    if any(times):
        QuizWindow.objects.update_or_create(
            quiz=quiz, cohort=cohort, defaults={"opens_at": window.opens_at, "closes_at": window.closes_at}
        )
    elif row:
        row.delete()
    detail = {"quiz": str(quiz.uuid), "opens_at": _text(times[0]), "closes_at": _text(times[1])}
    record_audit(by=by, act="quiz.window", target=cohort, country=cohort.country, detail=detail)
    return True


def problems_of_quiz(quiz: Quiz, sections: Sequence[PlannedSection], before: Quiz | None = None) -> list[str]:
    """Return what keeps a quiz from being saved, in words for its author."""
    problems = problems_of_rules(quiz)
    if before and before.quiz_class != quiz.quiz_class and Quiz.Class.PRACTICE in {before.quiz_class, quiz.quiz_class}:
        problems.append(_("A quiz for practice stays for practice, and a test stays a test. Write a new quiz."))
    if any(not section.slots for section in sections):
        problems.append(_("A section asks nothing. Add a question to it, or remove it."))
    if sum(section.asks for section in sections) > MOST_ASKED:
        problems.append(_("A quiz asks at most %(count)d questions.") % {"count": MOST_ASKED})
    fixed = [slot.question for section in sections for slot in section.slots if slot.question]
    if len(fixed) > len(set(fixed)):
        problems.append(_("One question stands in the quiz twice. Remove it in one place."))
    return problems


def _make_whole(quiz: Quiz, sections: Sequence[PlannedSection]) -> None:
    if sections:
        quiz.draw = sum(section.asks for section in sections)
    if quiz.quiz_class == Quiz.Class.PRACTICE:
        for name, value in _UNLIMITED.items():
            setattr(quiz, name, value)


def _text(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
