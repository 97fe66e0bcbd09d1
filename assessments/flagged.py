"""The doors to flagged attempts, for those who decide about them, and what the pages say of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import get_language

from accounts.actions import record_audit
from accounts.models import Login, Person
from assessments.flags import Flag, flags_named
from assessments.models import Attempt, Quiz
from assessments.policy import ATTEMPTS_DECIDE, DECIDERS
from elearning.lib.points import points_text

if TYPE_CHECKING:
    from django.db.models import QuerySet

_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class FlaggedAttempt:
    """One flagged attempt as a trainer reads it. `person` is None for one whom the viewer can't see."""

    attempt: Attempt
    person: Person | None
    quiz: str
    flags: list[Flag]

    @property
    def points(self) -> str:
        """The score in points, or nothing where there is none yet."""
        return "" if self.attempt.points_milli is None else points_text(self.attempt.points_milli)

    @property
    def out_of(self) -> str:
        """The points that could be reached."""
        return "" if self.attempt.out_of_milli is None else points_text(self.attempt.out_of_milli)

    @property
    def minutes(self) -> int | None:
        """The whole minutes it took, begun ones too."""
        return None if self.attempt.elapsed_ms is None else -(-self.attempt.elapsed_ms // 60_000)

    @property
    def waits(self) -> bool:
        """Tell whether something hangs on a decision: it passed, and nobody has decided."""
        return not self.attempt.decision and self.attempt.is_passed is not False


def list_flagged(*, by: Login) -> list[FlaggedAttempt]:
    """Return the flagged attempts that a login answers for, the newest first; audited. Six queries at most."""
    attempts = list(_flagged(by)[:_MOST_LISTED])
    record_audit(by=by, act="attempts.listed", detail={"attempts": len(attempts)})
    return _described(by, attempts)


def open_flagged(*, by: Login, attempt: UUID) -> FlaggedAttempt:
    """Return one flagged attempt that a login answers for; raise Http404, or PermissionDenied without such a role."""
    found = _described(by, _flagged(by).filter(pk=attempt))
    if not found:
        raise Http404
    return found[0]


def count_waiting(login: Login) -> int:
    """Return how many passed attempts wait for a decision of this login. One query."""
    rows = Attempt.objects.filter(is_passed=True, decision="", handed_in_at__isnull=False).exclude(flags="")
    return ATTEMPTS_DECIDE.filter(rows, login).count()


def _flagged(login: Login) -> "QuerySet[Attempt]":
    if not login.holds(*DECIDERS):
        raise PermissionDenied
    rows = ATTEMPTS_DECIDE.filter(Attempt.objects.exclude(flags=""), login).filter(handed_in_at__isnull=False)
    return rows.select_related("enrolment__cohort").order_by("-handed_in_at", "uuid")


def _described(login: Login, attempts: Iterable[Attempt]) -> list[FlaggedAttempt]:
    rows = list(attempts)
    wanted = {row.enrolment.person_id for row in rows}
    people = {each.uuid: each for each in Person.objects.visible_to(login).filter(uuid__in=wanted)} if rows else {}
    quizzes = Quiz.objects.in_bulk({row.quiz_uuid for row in rows}, field_name="uuid") if rows else {}
    return [_describe(row, people, quizzes) for row in rows]


def _describe(row: Attempt, people: Mapping[UUID, Person], quizzes: Mapping[Any, Quiz]) -> FlaggedAttempt:
    quiz = quizzes.get(row.quiz_uuid)
    title = quiz.title_in(get_language() or "en") if quiz else ""
    return FlaggedAttempt(row, people.get(row.enrolment.person_id), title, flags_named(row.flags))
