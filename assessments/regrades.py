"""What the pages say of marking anew: the versions to choose from, whose result changes, which awards are at stake."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AuditEvent, Login, Person
from assessments.actions.regrading import KEPT
from assessments.awards_at_stake import AwardAtStake, awards_of
from assessments.models import Attempt, Question, QuestionVersion, Regrade
from assessments.policy import ATTEMPTS_DECIDE
from assessments.previewing import Change, papers_with
from elearning.lib.points import points_text

_MOST_VERSIONS = 20
_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One attempt whose result would change. `person` is None for one whom the viewer can't see."""

    person: Person | None
    before: str
    after: str
    passes_now: bool
    fails_now: bool


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One award whose attempt does not pass any more, and what was decided about it."""

    attempt: UUID
    person: Person | None
    award: AwardAtStake
    is_kept: bool


def versions_to_regrade(question: Question) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the versions that papers hold, and all to take a key from: hash and words, the newest first.

    A query for each of the newest versions.
    """
    rows = list(QuestionVersion.objects.filter(question_uuid=question.uuid).order_by("-number")[:_MOST_VERSIONS])
    asked = [(row.sha256, _version_words(row), papers_with(row.sha256).count()) for row in rows]
    return (
        [(sha256, f"{words}, {_papers_words(papers)}") for sha256, words, papers in asked if papers],
        [(sha256, words) for sha256, words, _papers in asked],
    )


def lines_of(by: Login, changes: Iterable[Change]) -> tuple[list[ChangeLine], int]:
    """Return the attempts whose result changes, by name within the scope of a login, and how many more there are.

    Those that pass or fail by it come first.
    """
    moved = [each for each in changes if each.is_moved]
    attempts = attempts_of(by, [each.attempt for each in moved])
    people = _people(by, attempts.values())
    mine = [each for each in moved if each.attempt in attempts]
    mine.sort(key=lambda each: (not each.fails_now, not each.passes_now, str(each.attempt)))
    lines = [
        ChangeLine(
            people.get(attempts[each.attempt].enrolment.person_id),
            _score_words(each.before.points_milli, each.before.out_of_milli),
            _score_words(each.after.points_milli, each.after.out_of_milli),
            each.passes_now,
            each.fails_now,
        )
        for each in mine[:_MOST_LISTED]
    ]
    return lines, len(moved) - len(lines)


def awards_at_stake(by: Login, regrade: Regrade) -> tuple[list[AwardLine], int]:
    """Return the awards in force of attempts that do not pass any more, within a login's scope; and how many are not.

    One whose learner has passed in another attempt is at no stake.
    """
    lost = [UUID(each) for each in regrade.summary.get("lost", [])]
    failed = list(Attempt.objects.filter(pk__in=lost, is_passed=False).select_related("enrolment"))
    passed = set(
        Attempt.objects.filter(enrolment__in=[row.enrolment_id for row in failed], counts=True).values_list(
            "enrolment_id", "quiz_uuid"
        )
    )
    rows = {row.enrolment_id: row for row in failed if (row.enrolment_id, row.quiz_uuid) not in passed}
    mine = attempts_of(by, [row.pk for row in rows.values()])
    people = _people(by, mine.values())
    decided = AuditEvent.objects.filter(act=KEPT, detail__regrade=str(regrade.pk))
    kept = set(decided.values_list("target_uuid", flat=True))
    awards = awards_of(by, list(rows))
    lines = [
        AwardLine(
            rows[each.enrolment].pk,
            people.get(rows[each.enrolment].enrolment.person_id),
            each,
            rows[each.enrolment].pk in kept,
        )
        for each in awards
        if rows[each.enrolment].pk in mine
    ]
    return lines, len(awards) - len(lines)


def attempts_of(by: Login, attempts: Sequence[UUID]) -> dict[UUID, Attempt]:
    """Return those attempts that a login answers for, with their enrolments. One query."""
    rows = ATTEMPTS_DECIDE.filter(Attempt.objects.filter(pk__in=attempts), by)
    return {row.pk: row for row in rows.select_related("enrolment")}


def _people(by: Login, attempts: Iterable[Attempt]) -> Mapping[UUID, Person]:
    wanted = {row.enrolment.person_id for row in attempts}
    return {each.uuid: each for each in Person.objects.visible_to(by).filter(uuid__in=wanted)}


def _score_words(points: int, out_of: int) -> str:
    return _("%(points)s of %(out_of)s") % {"points": points_text(points), "out_of": points_text(out_of)}


def _version_words(row: Any) -> str:
    day = date_format(row.published_at, "DATE_FORMAT")
    return _("Version %(number)d, %(day)s") % {"number": row.number, "day": day}


def _papers_words(papers: int) -> str:
    return ngettext("on %(count)d paper", "on %(count)d papers", papers) % {"count": papers}
