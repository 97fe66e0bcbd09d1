"""The doors to answers that wait to be marked. Anonymous: nothing here says whose an answer is, or from where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Q
from django.http import Http404
from django.utils.translation import get_language

from accounts.models import Login
from assessments.hand_marks import HandMark, response_sha256
from assessments.marking_rows import read_answer
from assessments.models import HandMarking, Quiz
from assessments.policy import ANSWERS_MARK, DECIDERS
from assessments.questions.kind import Shown
from assessments.questions.registry import kind_named
from assessments.showing import show_version
from assessments.versions import Version, find_versions
from records.storage import statements_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_LISTED = 50
_SHORTEST_STEM = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers somebody marks now: of one quiz, of one question, or all."""

    quiz: UUID | None = None
    question: UUID | None = None


@dataclass(frozen=True, slots=True)
class WaitingAnswer:
    """One answer of the queue."""

    marking: UUID
    handed_in_at: datetime | None
    quiz: str
    stem: str
    language: str
    is_second: bool


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """How many answers to one question of one quiz wait, and since when."""

    quiz_uuid: UUID
    question_uuid: UUID
    quiz: str
    stem: str
    language: str
    total: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric: what it says, and the points it gives at most."""

    part: str
    words: str
    points: int


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """One answer as its marker reads it. `own` is what this marker said of it before; others' marks are not here."""

    row: HandMarking
    shown: Shown
    quiz: str
    lines: Sequence[str]
    seen: str
    rubric: Sequence[Criterion]
    model_answer: Sequence[str]
    notes: str
    own: HandMark | None
    is_done: bool


def count_to_mark(login: Login) -> int:
    """Return how many answers wait for a mark of this login. One query."""
    return _waiting(login, Wanted()).count()


def list_waiting(*, by: Login, wanted: Wanted) -> list[WaitingAnswer]:
    """Return the answers that wait for a login, the oldest first; raise PermissionDenied. Five queries at most."""
    rows = list(_waiting(by, wanted).select_related("attempt")[:MOST_LISTED])
    stems = _stems((row.question_uuid, row.version_sha256) for row in rows)
    titles = _titles(row.attempt.quiz_uuid for row in rows)
    return [
        WaitingAnswer(
            row.pk,
            row.attempt.handed_in_at,
            titles.get(row.attempt.quiz_uuid, ""),
            *stems.get(row.question_uuid, ("", "")),
            is_second=row.first_by_uuid is not None,
        )
        for row in rows
    ]


def group_waiting(*, by: Login) -> list[WaitingGroup]:
    """Return what waits by quiz and question, the oldest first; raise PermissionDenied. Five queries at most."""
    columns = ("attempt__quiz_uuid", "question_uuid")
    groups = _waiting(by, Wanted()).order_by().values(*columns)
    found = list(
        groups.annotate(total=Count("pk"), since=Min("attempt__handed_in_at"), version=Min("version_sha256")).order_by(
            "since", *columns
        )
    )
    stems = _stems((each["question_uuid"], each["version"]) for each in found)
    titles = _titles(each["attempt__quiz_uuid"] for each in found)
    return [
        WaitingGroup(
            each["attempt__quiz_uuid"],
            each["question_uuid"],
            titles.get(each["attempt__quiz_uuid"], ""),
            *stems.get(each["question_uuid"], ("", "")),
            each["total"],
            each["since"],
        )
        for each in found
    ]


def next_to_mark(*, by: Login, wanted: Wanted) -> UUID | None:
    """Return the oldest answer that waits; raise PermissionDenied."""
    found: UUID | None = _waiting(by, wanted).values_list("pk", flat=True).first()
    return found


def open_answer(*, by: Login, marking: UUID) -> OpenAnswer:
    """Return one answer that a login may mark; raise Http404, or PermissionDenied without such a role."""
    row = _in_scope(by).filter(pk=marking).select_related("attempt").first()
    version = find_versions([row.version_sha256]).get(row.version_sha256) if row else None
    if row is None or version is None:
        raise Http404
    standing = read_answer(row, statements_of([row.attempt_id]))
    response, marked = standing.response, standing.marked
    if response is None:
        raise Http404
    language = get_language() or "en"
    kind, text = kind_named(version.kind), version.texts[version.language_for(language)]
    own = marked.mark_of(by.person.actor_accounts.values_list("uuid", flat=True))
    return OpenAnswer(
        row,
        show_version(version, standing.item.choices, language),
        _titles([row.attempt.quiz_uuid]).get(row.attempt.quiz_uuid, ""),
        kind.describe_response(version.structure, text, response),
        response_sha256(response),
        criteria_of(version, text),
        kind.describe_key(version.structure, text),
        text["feedback"],
        own,
        is_done=own is None and marked.final_milli is not None,
    )


def criteria_of(version: Version, text: Mapping[str, Any]) -> list[Criterion]:
    """Return the rubric of a version in the words of a language."""
    rubric = version.structure.get("rubric", ())
    return [Criterion(each["id"], text["choices"].get(each["id"], ""), each["points"]) for each in rubric]


def _in_scope(login: Login) -> "QuerySet[HandMarking]":
    if not login.holds(*DECIDERS):
        raise PermissionDenied
    return ANSWERS_MARK.filter(HandMarking.objects.filter(attempt__handed_in_at__isnull=False), login)


def _waiting(login: Login, wanted: Wanted) -> "QuerySet[HandMarking]":
    """Return what waits for this login: nobody marks one answer twice."""
    own = login.person.actor_accounts.values("uuid")
    rows = _in_scope(login).filter(final_milli=None)
    rows = rows.exclude(Q(first_by_uuid__in=own) | Q(second_by_uuid__in=own))
    if wanted.quiz:
        rows = rows.filter(attempt__quiz_uuid=wanted.quiz)
    if wanted.question:
        rows = rows.filter(question_uuid=wanted.question)
    return rows.order_by("attempt__handed_in_at", "uuid")


def _stems(versions: Any) -> dict[UUID, tuple[str, str]]:
    """Return the beginning of each question and its language, by question."""
    named = dict(versions)
    found, language = find_versions(named.values()), get_language() or "en"
    stems = {}
    for question, sha256 in named.items():
        if version := found.get(sha256):
            spoken = version.language_for(language)
            stem = version.texts[spoken]["stem"].strip().rpartition("\n\n")[2]
            stems[question] = (stem if len(stem) <= _SHORTEST_STEM else f"{stem[:_SHORTEST_STEM]}…", spoken)
    return stems


def _titles(quizzes: Any) -> dict[UUID, str]:
    language = get_language() or "en"
    rows: dict[Any, Quiz] = Quiz.objects.in_bulk(set(quizzes), field_name="uuid")
    return {uuid: row.title_in(language) for uuid, row in rows.items()}
