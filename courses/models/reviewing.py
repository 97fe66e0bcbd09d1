"""The step of Wagtail's workflow in which somebody else looks at a page."""

from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState
from wagtail.permissions import page_permission_policy


class PageReviewTask(Task):
    """One row is the step in which somebody who writes for the same edition approves a page.

    Wagtail's own step asks for a group, the same for all pages. This one asks who may edit the page: those who
    write for its country, and editors for all. Never who wrote the draft.
    """

    class Meta:
        verbose_name = _("review of a page")
        verbose_name_plural = _("reviews of pages")

    @classmethod
    def get_description(cls) -> str:
        """Return what it is, for the list of Wagtail's tasks."""
        return str(_("Somebody else who may edit the page approves it"))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return what a login may do with a draft."""
        if not _may_review(user, obj):
            return []
        return [
            ("reject", _("Ask for changes"), True),
            ("approve", _("Approve and publish"), False),
            ("approve", _("Approve and publish with a comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any) -> QuerySet[TaskState]:
        """Return the reviews that wait for a login, of the pages it may edit only."""
        pages = page_permission_policy.instances_user_has_permission_for(user, "change")
        others = pages.exclude(latest_revision__user=user)
        rows: QuerySet[TaskState] = self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__object_id__in=others.annotate(key=Cast("pk", CharField())).values("key"),
        )
        return rows


def _may_review(user: Any, page: Any) -> bool:
    """Tell whether a login edits the page and did not write the draft: four eyes see more than two."""
    if not isinstance(page, Page) or page.latest_revision is None:
        return False
    edits = page_permission_policy.user_has_permission_for_instance(user, "change", page)
    return bool(edits) and page.latest_revision.user_id != user.pk
