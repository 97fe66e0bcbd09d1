"""The way of a page through review: one workflow for all catalogues, made when it is first needed."""

from django.conf import settings
from django.utils.translation import gettext, override
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from courses.models import CataloguePage, PageReviewTask


def ensure_page_review() -> None:
    """Let the pages below every catalogue have the review of pages, where no other workflow was chosen for it."""
    workflow = _workflow()
    for page in CataloguePage.objects.filter(workflowpage=None) if workflow else ():
        WorkflowPage.objects.create(page=page, workflow=workflow)


def _workflow() -> Workflow | None:
    """Return the workflow with its one step; None where somebody turned it off."""
    task = PageReviewTask.objects.first()
    if task is not None:
        return Workflow.objects.filter(workflow_tasks__task=task, active=True).first()
    # Wagtail stores these names once for everybody: in the language of the site.
    with override(settings.LANGUAGE_CODE):
        task = PageReviewTask.objects.create(name=gettext("Review of a page"))
        workflow = Workflow.objects.create(name=gettext("Review of pages"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow
