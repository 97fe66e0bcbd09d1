"""What this site knows of a person's learning, for the person's own devices."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from accounts.models import Login
from assessments.accommodating import Granted, granted_to
from assessments.models import Attempt, Quiz
from assessments.results import standing_of
from certificates.access import own_awards
from certificates.evaluation.carrying import carried_follow_ups
from certificates.models import Award
from courses.access import enrolments_of, states_of
from courses.models import ActivityState, Enrolment
from courses.paths.carrying import carried_paths
from courses.progress import lesson_unit, next_ordinal
from elearning.lib.points import points_text
from records.statements import Said, utc_text
from records.storage import statements_of


def state_for(login: Login, now: dt.datetime) -> dict[str, Any]:
    """Return the state of all courses of the login. Eleven queries, however many courses.

    It holds nothing that the person's own pages do not show; no key, no answer.
    """
    person = login.person
    enrolments = enrolments_of(login)
    with translation.override(person.language):
        return {
            "as_of": utc_text(now),
            "person": str(person.uuid),
            "language": person.language,
            "name_initials": person.initials,
            "courses": _courses(login, enrolments, now),
            "follow_ups": carried_follow_ups(login, now.date()),
            "paths": carried_paths(login, person.language, enrolments),
        }


def _courses(login: Login, enrolments: Sequence[Enrolment], now: dt.datetime) -> list[dict[str, Any]]:
    if not enrolments:
        return []
    states = states_of(enrolments)
    ordinals = _ordinals(state for of_one in states.values() for state in of_one.values())
    quizzes = _quizzes({enrolment.course_uuid for enrolment in enrolments})
    attempts = _attempts(enrolments)
    granted = granted_to(login.person.uuid, now.date())
    awards = _awards(own_awards(login).filter(revoked_at=None))
    return [
        {
            "course": str(each.course_uuid),
            "enrolment": str(each.pk),
            "actor": str(each.actor_uuid),
            "language": each.language,
            "outline": each.outline,
            "enrolled_at": utc_text(each.enrolled_at),
            "lessons": _lessons(states[each.pk], ordinals),
            "progress": _progress(each),
            "quizzes": {
                str(quiz.uuid): _quiz(quiz, attempts[each.pk, quiz.uuid], granted) for quiz in quizzes[each.course_uuid]
            },
            "certificates": awards[each.pk],
        }
        for each in enrolments
    ]


def _lessons(states: Mapping[UUID, ActivityState], ordinals: Mapping[UUID, int]) -> dict[str, Any]:
    return {
        str(uuid): {
            "started_at": _time(state.started_at),
            "completed_at": _time(state.completed_at),
            "place": state.place,
            "ordinal": ordinals.get(state.pk, 0),
        }
        for uuid, state in states.items()
        if state.kind == ActivityState.Kind.LESSON
    }


def _ordinals(states: Iterable[ActivityState]) -> dict[UUID, int]:
    """Return the number of the newest place of each lesson that has one: a device counts on from it. One query."""
    placed = [lesson_unit(state.enrolment_id, state.activity_uuid) for state in states if state.place]
    said: dict[UUID, list[Said]] = defaultdict(list)
    for each in statements_of(placed):
        said[each.unit_uuid].append(each)
    return {unit: next_ordinal(statements) - 1 for unit, statements in said.items()}


def _progress(enrolment: Enrolment) -> dict[str, Any]:
    progress = getattr(enrolment, "progress", None)
    return {
        "total": progress.activities_total if progress else 0,
        "completed": progress.activities_completed if progress else 0,
        "completed_at": _time(progress.completed_at) if progress else None,
    }


def _quizzes(courses: Iterable[UUID]) -> dict[UUID, list[Quiz]]:
    found: dict[UUID, list[Quiz]] = defaultdict(list)
    for quiz in Quiz.objects.filter(course_uuid__in=courses).order_by("pk"):
        found[quiz.course_uuid].append(quiz)
    return found


def _attempts(enrolments: Iterable[Enrolment]) -> dict[tuple[UUID, UUID], list[Attempt]]:
    found: dict[tuple[UUID, UUID], list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(enrolment__in=[enrolment.pk for enrolment in enrolments]):
        found[attempt.enrolment_id, attempt.quiz_uuid].append(attempt)
    return found


def _quiz(quiz: Quiz, attempts: Sequence[Attempt], granted: Granted) -> dict[str, Any]:
    is_practice = quiz.quiz_class == Quiz.Class.PRACTICE
    standing = standing_of(attempts, granted.attempt_limit(quiz.attempt_limit), is_practice=is_practice)
    return {
        "class": quiz.quiz_class,
        "attempts_left": None if is_practice else standing.attempts_left,
        "may_start": standing.may_start,
        "is_passed": standing.is_passed,
        "has_open": standing.has_open,
        "attempts": [_attempt(each) for each in attempts],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "uuid": str(attempt.pk),
        "number": attempt.number,
        "started_at": _time(attempt.started_at),
        "handed_in_at": _time(attempt.handed_in_at),
        "is_passed": attempt.is_passed,
        "points": None if attempt.points_milli is None else points_text(attempt.points_milli),
        "out_of": None if attempt.out_of_milli is None else points_text(attempt.out_of_milli),
        "flags": attempt.flags.split(),
        "counts": attempt.counts,
        "decision": attempt.decision,
        "awaits_marking": attempt.awaits_marking,
    }


def _awards(awards: Iterable[Award]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for award in awards:
        found[award.enrolment_uuid].append(
            {
                "serial": award.serial,
                "title": award.local_title,
                "issued_on": award.issued_at.date().isoformat(),
                "url": reverse("certificates:award-pdf", args=[award.serial]),
            }
        )
    return found


def _time(moment: dt.datetime | None) -> str | None:
    return utc_text(moment) if moment else None
