"""Who may read and write the questions of the bank."""

from typing import Any

from django.db.models import Q

from accounts.policy import ADMINISTRATOR, COORDINATOR, EDITOR, NOBODY, TRAINER, Policy, in_scope

_WRITERS = (TRAINER, EDITOR, ADMINISTRATOR)


def _readable(login: Any) -> Q:
    roles = (*_WRITERS, COORDINATOR)
    if not login.holds(*roles):
        return NOBODY
    shared = Q(country__isnull=True)
    return shared | _in_any_scope(login, roles)


def _writable(login: Any) -> Q:
    return _in_any_scope(login, _WRITERS)


def _in_any_scope(login: Any, roles: tuple[str, ...]) -> Q:
    allowed = NOBODY
    for role in roles:
        allowed |= in_scope(login, role, "country")
    return allowed


QUESTIONS_READ = Policy("questions-read", _readable)
QUESTIONS_WRITE = Policy("questions-write", _writable)
