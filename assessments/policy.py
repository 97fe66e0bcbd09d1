"""Who may read and write the questions of the bank."""

from typing import Any

from django.db.models import Q

from accounts.policy import ADMINISTRATOR, COORDINATOR, EDITOR, NOBODY, TRAINER, Policy, in_scope
from accounts.scopes import Scope

WRITERS = (TRAINER, EDITOR, ADMINISTRATOR)
READERS = (*WRITERS, COORDINATOR)


def _readable(login: Any) -> Q:
    if not login.holds(*READERS):
        return NOBODY
    shared = Q(country__isnull=True)
    return shared | _in_any_scope(login, READERS)


def _writable(login: Any) -> Q:
    return _in_any_scope(login, WRITERS)


def writing_scope(login: Any) -> Scope:
    """Return where a login may write questions; everywhere includes those that all countries share."""
    scopes = [login.scope_of(role) for role in WRITERS]
    return Scope(
        everywhere=any(scope.everywhere for scope in scopes),
        country_ids=frozenset().union(*(scope.country_ids for scope in scopes)),
    )


def _in_any_scope(login: Any, roles: tuple[str, ...]) -> Q:
    allowed = NOBODY
    for role in roles:
        allowed |= in_scope(login, role, "country")
    return allowed


QUESTIONS_READ = Policy("questions-read", _readable)
QUESTIONS_WRITE = Policy("questions-write", _writable)
