"""What assessments adds to Wagtail's admin. Wagtail looks for a module of this name."""

from typing import Any

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from assessments.admin.bulk import NoBulkDelete
from assessments.admin.kinds import AUTHORED_KINDS
from assessments.admin.permission_policy import QuestionPermissionPolicy
from assessments.admin.viewsets import QuestionBankViewSet, QuestionViewSet
from assessments.models import Question

# First of all, and for the base: every kind inherits it, and Wagtail makes no policy of its own.
register_permission_policy(Question, QuestionPermissionPolicy(Question))

for _kind in AUTHORED_KINDS:
    register_snippet(QuestionViewSet(_kind))

# After Wagtail's own, which it replaces for the questions.
hooks.register("register_bulk_action", NoBulkDelete, order=100)


@hooks.register("register_admin_viewset")
def register_question_bank() -> Any:
    """Add the list, the picker and the menu entry."""
    return QuestionBankViewSet()
