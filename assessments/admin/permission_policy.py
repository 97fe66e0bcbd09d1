"""Wagtail's questions about permission, answered from the one policy of assessments.policy.

Nobody holds a Django permission on a question model: Wagtail's log of the whole site shows the
entries of every model on which somebody holds one, whatever the country (ADR 0008).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from accounts.models import Login
from accounts.policy import Policy
from assessments.models import Question
from assessments.policy import QUESTIONS_READ, QUESTIONS_WRITE, READERS, WRITERS

WRITING = frozenset({"add", "change", "delete"})


def _deletable(login: Any) -> Q:
    """Return drafts only: what was published once stays, for the attempts that saw it."""
    return QUESTIONS_WRITE.q(login) & Q(version_number=0)


QUESTIONS_DELETE = Policy("questions-delete", _deletable)
POLICIES = {"view": QUESTIONS_READ, "change": QUESTIONS_WRITE, "delete": QUESTIONS_DELETE}


class QuestionPermissionPolicy(BasePermissionPolicy):
    """Who may do what with questions. Any other action of Wagtail's (publish, lock, choose, …): nobody."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Tell whether a login may do this with some question."""
        if not user.is_authenticated or not user.is_active:
            return False
        if action in WRITING:
            return bool(user.holds(*WRITERS))
        return action == "view" and bool(user.holds(*READERS))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """Tell whether a login may do this with one question. One query."""
        policy = POLICIES.get(action)
        return policy is not None and policy.allows(user, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Question]:
        """Return the questions with which a login may do one of these."""
        allowed = Q(pk__in=())
        for action in actions:
            if policy := POLICIES.get(action):
                allowed |= policy.q(user)
        rows: QuerySet[Question] = self.model._default_manager.filter(allowed)  # noqa: SLF001
        return rows

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Login]:
        """Return the logins that may do one of these with some question."""
        wanted = set(actions)
        writers: tuple[str, ...] = WRITERS if wanted & WRITING else ()
        roles = READERS if "view" in wanted else writers
        return Login.objects.filter(
            is_active=True, person__role_grants__role__in=roles, person__role_grants__ended_at__isnull=True
        ).distinct()
