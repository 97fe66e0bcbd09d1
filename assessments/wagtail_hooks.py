"""What assessments adds to Wagtail's admin. Wagtail looks for a module of this name."""

from typing import Any

from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.models import WorkflowState
from wagtail.permissions import register_permission_policy
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted
from wagtail.snippets.models import register_snippet

from assessments.admin.bulk import NoBulkDelete
from assessments.admin.kinds import AUTHORED_KINDS
from assessments.admin.permission_policy import QuestionPermissionPolicy
from assessments.admin.quizzes.viewsets import QuizViewSet
from assessments.admin.review_views import ProposalURLFinder
from assessments.admin.viewsets import QuestionBankViewSet, QuestionViewSet
from assessments.models import Question, QuestionProposal

# First of all, and for the base: every kind inherits it, and Wagtail makes no policy of its own.
register_permission_policy(Question, QuestionPermissionPolicy(Question))

for _kind in AUTHORED_KINDS:
    register_snippet(QuestionViewSet(_kind))

# After Wagtail's own, which it replaces for the questions.
hooks.register("register_bulk_action", NoBulkDelete, order=100)


register_admin_url_finder(QuestionProposal, ProposalURLFinder)


@hooks.register("register_admin_viewset")
def register_question_bank() -> Any:
    """Add the list, the picker, the drafts and the menu entry."""
    bank = QuestionBankViewSet()
    _send_no_mail()
    # Wagtail's pages ask a row for the addresses of its workflow in this way; drafts are no snippets.
    QuestionProposal.snippet_viewset = bank
    return bank


@hooks.register("register_admin_viewset")
def register_quizzes() -> Any:
    """Add the list of quizzes, the builder and the menu entry."""
    return QuizViewSet()


def _send_no_mail() -> None:
    """Where a review waits is said in the admin; the site sends no mail by itself."""
    for signal, name in (
        (workflow_submitted, "submitted"),
        (workflow_approved, "approved"),
        (workflow_rejected, "rejected"),
    ):
        signal.disconnect(sender=WorkflowState, dispatch_uid=f"workflow_state_{name}_email_notification")
