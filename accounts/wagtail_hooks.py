"""Nobody manages logins or groups in Wagtail's admin: accounts.actions does, with scope and audit."""

from typing import Any

from django.contrib.auth.models import Group
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.models import Login


class NobodyPolicy(BasePermissionPolicy):
    """Refuses every act to everybody, a superuser too: views answer with a refusal, menus leave it out."""

    def user_has_permission(self, user: Any, action: str) -> bool:  # noqa: ARG002
        """Refuse."""
        return False

    def users_with_any_permission(self, actions: Any) -> Any:  # noqa: ARG002
        """Return nobody."""
        return Login.objects.none()


for _model in (Login, Group):
    # An exact class goes before what wagtail.users registers for the class and its heirs, whichever is loaded last.
    register_permission_policy(_model, NobodyPolicy(_model), exact_class=True)
