"""Who may read and write the questions of the bank, and who decides about flagged attempts."""

from typing import Any

from django.db.models import Q

from accounts.policy import (
    ADMINISTRATOR,
    COHORTS,
    COORDINATOR,
    EDITOR,
    EVERYTHING,
    NOBODY,
    PEOPLE,
    TRAINER,
    Policy,
    in_scope,
)
from accounts.scopes import Scope
from records.aliases import own

WRITERS = (TRAINER, EDITOR, ADMINISTRATOR)
READERS = (*WRITERS, COORDINATOR)
DECIDERS = (TRAINER, COORDINATOR, ADMINISTRATOR)


def _readable(login: Any) -> Q:
    if not login.holds(*READERS):
        return NOBODY
    shared = Q(country__isnull=True)
    return shared | _in_any_scope(login, READERS)


def _writable(login: Any) -> Q:
    return _in_any_scope(login, WRITERS)


def _quizzes_read(login: Any) -> Q:
    """Return all quizzes: they are those of courses, which all countries share."""
    return EVERYTHING if login.holds(*READERS) else NOBODY


def _quizzes_written(login: Any) -> Q:
    """Return all quizzes for those who write for all countries; nobody else changes what all learn by."""
    return EVERYTHING if writing_scope(login).everywhere else NOBODY


def writing_scope(login: Any) -> Scope:
    """Return where a login may write questions; everywhere includes those that all countries share."""
    scopes = [login.scope_of(role) for role in WRITERS]
    return Scope(
        everywhere=any(scope.everywhere for scope in scopes),
        country_ids=frozenset().union(*(scope.country_ids for scope in scopes)),
    )


def _reviewable(login: Any) -> Q:
    """Return the drafts of questions that one may write oneself; four eyes see more than two, so never one's own."""
    return _in_any_scope(login, WRITERS, "question__country") & ~Q(latest_revision__user=login.pk)


def _in_any_scope(login: Any, roles: tuple[str, ...], field: str = "country") -> Q:
    allowed = NOBODY
    for role in roles:
        allowed |= in_scope(login, role, field)
    return allowed


def _decided_by(login: Any) -> Q:
    """Return the attempts of the cohorts one trains and the countries one runs; one's own never."""
    from accounts.models import Cohort  # noqa: PLC0415  # models import this module

    answered_for = _enrolled_in(login, COORDINATOR) | _enrolled_in(login, ADMINISTRATOR)
    if login.scope_of(TRAINER):
        answered_for |= Q(enrolment__cohort__in=COHORTS.filter(Cohort.objects.all(), login).values("uuid"))
    return answered_for & ~own("enrolment__person", login.person.uuid)


def _accommodated_by(login: Any) -> Q:
    """Return the people of the cohorts one trains and the countries one runs; oneself never."""
    return PEOPLE.q(login) & ~Q(pk=login.person_id) if login.holds(*DECIDERS) else NOBODY


def _regrades(login: Any) -> Q:
    """Return what was done to the questions that one may read. Whose results it changed is asked apart."""
    from assessments.models import Question  # noqa: PLC0415  # models import this module

    return Q(question_uuid__in=QUESTIONS_READ.filter(Question.objects.all(), login).values("uuid"))


def _marked_by(login: Any) -> Q:
    """Return the answers of the attempts one decides about: those one may mark."""
    from assessments.models import Attempt  # noqa: PLC0415  # models import this module

    return Q(attempt__in=Attempt.objects.filter(_decided_by(login)).values("uuid"))


def _enrolled_in(login: Any, role: str) -> Q:
    # An enrolment's country is a key to the code, so the scope's primary keys are compared one step further.
    return in_scope(login, role, "enrolment__country__id")


QUESTIONS_READ = Policy("questions-read", _readable)
QUESTIONS_WRITE = Policy("questions-write", _writable)
PROPOSALS_REVIEW = Policy("proposals-review", _reviewable)
ATTEMPTS_DECIDE = Policy("attempts-decide", _decided_by)
ANSWERS_MARK = Policy("answers-mark", _marked_by)
ACCOMMODATIONS = Policy("accommodations", _accommodated_by)
REGRADES = Policy("regrades", _regrades)
QUIZZES_READ = Policy("quizzes-read", _quizzes_read)
QUIZZES_WRITE = Policy("quizzes-write", _quizzes_written)
