"""Where a question is used: the quizzes that may ask it, and the attempts that met it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from assessments.models import Attempt, Paper, PracticePaper, Question, Quiz
from assessments.planning import kind_key, name_of_tag, parts_of, sections_of
from assessments.questions.registry import kind_of
from assessments.selecting import Candidate, Part


@dataclass(frozen=True, slots=True)
class Use:
    """One quiz, in what way it asks the question, and how many attempts met it. `papers` have no attempt yet."""

    quiz: Quiz | None
    way: str
    papers: int = 0
    open: int = 0
    handed_in: int = 0

    @property
    def title(self) -> str:
        """The title of the quiz in the editor's language."""
        return str(self.quiz) if self.quiz else _("A quiz that is not here any more")

    @property
    def attempts(self) -> int:
        """How many attempts met the question."""
        return self.open + self.handed_in


def uses_of(question: Question) -> list[Use]:
    """Return the quizzes that ask the question, may draw it, or once asked it.

    Looks through all papers: the column is not indexed, so this is for the page of one question.
    """
    met = _attempts_by_quiz(question.uuid)
    quizzes = Quiz.objects.filter(
        Q(course_uuid=question.course_uuid) | Q(sections__slots__question_uuid=question.uuid) | Q(uuid__in=met)
    )
    candidate = _candidate(question)
    uses = []
    for quiz in quizzes.distinct().order_by("pk"):
        way = _way(quiz, question, candidate)
        counts = met.pop(quiz.uuid, {})
        if way or counts:
            uses.append(Use(quiz, way or _("Asked earlier"), **counts))
    return uses + [Use(None, _("Asked earlier"), **counts) for counts in met.values()]


def _way(quiz: Quiz, question: Question, candidate: Candidate) -> str:
    """Return how a quiz asks a question now; "" where it does not."""
    parts = parts_of(sections_of(quiz))
    if any(slot.question == candidate.question for part in parts for slot in part.slots):
        return _("Always asked")
    is_for_practice = quiz.quiz_class == Quiz.Class.PRACTICE
    is_drawable = question.status == Question.Status.PUBLISHED and question.is_practice == is_for_practice
    if not is_drawable or quiz.course_uuid != question.course_uuid:
        return ""
    if is_for_practice:
        return _("Part of the practice") if question.country_id is None else ""
    if parts:
        return _("May be drawn by a filter") if _is_drawn(parts, candidate) else ""
    return _("May be drawn from the course")


def _is_drawn(parts: Iterable[Part], candidate: Candidate) -> bool:
    return any(not slot.question and slot.matches(candidate) for part in parts for slot in part.slots)


def _candidate(question: Question) -> Candidate:
    return Candidate(
        str(question.uuid),
        question.version_sha256,
        str(question.lesson_uuid or ""),
        (),
        kind_key(kind_of(question).name),
        question.difficulty,
        str(question.category_id or ""),
        frozenset(name_of_tag(tag) for tag in question.tags.all()),
    )


def _attempts_by_quiz(question: UUID) -> dict[UUID, dict[str, int]]:
    """Return how many papers and attempts met a question, by quiz. Four queries."""
    asked = Paper.objects.filter(text__contains=str(question))
    practised = PracticePaper.objects.filter(text__contains=str(question)).values_list("quiz_uuid", flat=True)
    # Everybody's practice paper is one and the same, so an attempt at such a quiz met the question.
    attempts = Attempt.objects.filter(Q(pk__in=asked.values("pk")) | Q(quiz_uuid__in=set(practised)))
    by_state = {
        "open": Count("pk", filter=Q(handed_in_at=None)),
        "handed_in": Count("pk", filter=Q(handed_in_at__isnull=False)),
    }
    found: dict[UUID, dict[str, int]] = {}
    for quiz, papers in asked.values_list("quiz_uuid").annotate(count=Count("pk")).order_by():
        found[quiz] = {"papers": papers}
    for quiz, still_open, done in attempts.values_list("quiz_uuid").annotate(**by_state).order_by():
        counts: dict[str, Any] = found.setdefault(quiz, {})
        counts |= {"open": still_open, "handed_in": done}
        counts["papers"] = max(0, counts.get("papers", 0) - still_open - done)
    return found


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change to a published question touches."""

    uses: tuple[Use, ...]
    is_key_changed: bool

    @property
    def open(self) -> int:
        """How many attempts are open that hold an earlier version."""
        return sum(use.open for use in self.uses)

    @property
    def handed_in(self) -> int:
        """How many attempts are handed in."""
        return sum(use.handed_in for use in self.uses)


def touched_by(question: Question, *, is_key_changed: bool) -> Touched | None:
    """Return what a change touches; None where no attempt and no paper holds the question."""
    uses = tuple(use for use in uses_of(question) if use.attempts or use.papers)
    return Touched(uses, is_key_changed) if uses else None
