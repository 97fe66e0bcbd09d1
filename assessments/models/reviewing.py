"""What a question may become, before learners meet it: a draft, and its way through Wagtail's workflow."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin, Task, TaskState, Workflow, WorkflowContentType, WorkflowMixin
from wagtail.models import WorkflowTask as TaskOfWorkflow

from assessments import policy
from assessments.models.questions import Question


class QuestionProposal(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """One row is what a question may become: all that its form says, while learners meet what they met before.

    A question is several rows of many kinds, which Wagtail's revisions can't hold; this one row can be
    revised, sent to review and approved. Publishing it writes the question (assessments.admin.reviewing).
    It is open while `has_unpublished_changes`; afterwards the row stays, for the history of its reviews.
    """

    question = models.OneToOneField(Question, models.CASCADE, related_name="proposal", verbose_name=_("question"))
    # What assessments.admin.proposed reads: {"fields", "body", "words", "tags", "still_right"}.
    proposed = models.JSONField(default=dict, editable=False)
    # The version that it would take the place of: after another one it must be looked at again.
    base_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    # Set by assessments.wagtail_hooks: where Wagtail finds the addresses of a draft.
    snippet_viewset: Any = None

    class Meta:
        verbose_name = _("question in draft")
        verbose_name_plural = _("questions in draft")

    def __str__(self) -> str:
        words = self.proposed.get("words", {})
        stems = {language: text.get("stem", "") for language, text in words.items()}
        stem = stems.get(self.question.language) or next(iter(stems.values()), "")
        return " ".join(str(stem or self.question).split())[:120]

    @property
    def is_open(self) -> bool:
        """Tell whether it says something that is not published."""
        return bool(self.has_unpublished_changes)

    @classmethod
    def get_default_workflow(cls) -> Workflow | None:
        """Return the way through review, made when it is first asked for; None where somebody turned it off."""
        workflow: Workflow | None = super().get_default_workflow()
        return workflow or _make_workflow()

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        """Write what a revision says into the question, as somebody who may; raise what save_question raises."""
        from assessments.admin.reviewing import publish_proposal  # noqa: PLC0415  # the admin imports the models

        publish_proposal(by=user, proposal=revision.as_object())
        super().publish(revision, user=user, **{**kwargs, "skip_permission_checks": True})


class QuestionReviewTask(Task):
    """One row is the step of Wagtail's workflow in which somebody else looks at a question.

    Wagtail's own step asks for a group, which knows no country. This one asks the policy: who may write
    the question may review it, never who wrote the draft.
    """

    class Meta:
        verbose_name = _("review of a question")
        verbose_name_plural = _("reviews of questions")

    @classmethod
    def get_description(cls) -> str:
        """Return what it is, for the list of Wagtail's tasks."""
        return str(_("Somebody else who may write questions of the same country approves it"))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return what a login may do with a draft."""
        if not isinstance(obj, QuestionProposal) or not policy.PROPOSALS_REVIEW.allows(user, obj):
            return []
        return [
            ("reject", _("Ask for changes"), True),
            ("approve", _("Approve and publish"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any) -> QuerySet[TaskState]:
        """Return the reviews that wait for a login, of its countries only."""
        drafts = policy.PROPOSALS_REVIEW.filter(QuestionProposal.objects.all(), user)
        ids = drafts.annotate(key=Cast("pk", CharField())).values("key")
        rows: QuerySet[TaskState] = self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=ids
        )
        return rows


def _make_workflow() -> Workflow | None:
    """Make the workflow with its one step, once: where the step is there already, somebody turned the workflow off."""
    if QuestionReviewTask.objects.exists():
        return None
    # Wagtail stores these names once for everybody: in the language of the site.
    with override(settings.LANGUAGE_CODE):
        task = QuestionReviewTask.objects.create(name=gettext("Review of a question"))
        workflow = Workflow.objects.create(name=gettext("Review of questions"))
    TaskOfWorkflow.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(content_type=QuestionProposal.get_content_type(), workflow=workflow)
    return workflow
