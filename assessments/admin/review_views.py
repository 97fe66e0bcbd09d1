"""The page of a draft that waits, and what can be done with it. Wagtail's own workflow views act; these are its doors.

Wagtail's view takes the draft and the task from two numbers of the address, and never asks whether they belong
together: a reviewer of one country could approve another's draft under the number of an own one. So the door
here asks for both (ADR 0008).
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.models import TaskState, WorkflowState

from assessments.admin.comparing import NOTHING, compare, state_of_draft, state_of_version
from assessments.admin.kinds import BY_MODEL_NAME, AuthoredKind
from assessments.admin.listing import LIST, title_of
from assessments.admin.preview import author_pages
from assessments.admin.proposed import read_draft
from assessments.admin.quality import hints_of_draft
from assessments.admin.reviewing import drop_proposal, send_to_review
from assessments.admin.where_used import touched_by
from assessments.errors import AssessmentError, QuestionIncompleteError
from assessments.models import Question, QuestionProposal, QuestionReviewTask
from assessments.policy import PROPOSALS_REVIEW, QUESTIONS_READ, QUESTIONS_WRITE
from assessments.questions.registry import kind_of
from assessments.versions import find_versions

PROPOSAL = "questions:proposal"


class ProposalURLFinder(ModelAdminURLFinder):
    """Where Wagtail's pages lead that name a draft."""

    edit_url_name = PROPOSAL

    def get_edit_url(self, instance: QuestionProposal) -> str | None:
        """Return the address, for those who may write the question."""
        if not QUESTIONS_WRITE.allows(self.user, instance.question):
            return None
        address: str = self.construct_edit_url(instance)
        return address


def proposal_at_door(login: Any, pk: int) -> QuestionProposal:
    """Return a draft; Http404 where its question may not be seen, PermissionDenied where it may only be read."""
    proposal = QuestionProposal.objects.select_related("latest_revision").filter(pk=pk).first()
    if proposal is None or not QUESTIONS_READ.allows(login, proposal.question):
        raise Http404
    if not QUESTIONS_WRITE.allows(login, proposal.question):
        raise PermissionDenied
    return proposal


class _OfProposal:
    """What the views of a draft have in common: the one door."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def proposal(self) -> QuestionProposal:
        """Return the draft."""
        return proposal_at_door(self.request.user, int(self.kwargs["pk"]))

    @property
    def question(self) -> Question:
        """Return the question, of its kind."""
        question: Question = self.proposal.question
        return question

    @property
    def kind(self) -> AuthoredKind:
        """The kind of the question."""
        return BY_MODEL_NAME[str(self.question._meta.model_name)]  # noqa: SLF001  # Django's public API

    @property
    def edit_url(self) -> str:
        """The form of the question."""
        return reverse(self.kind.address("edit"), args=[self.question.pk])


class ProposalView(_OfProposal, WagtailAdminTemplateMixin, TemplateView):
    """What a draft would change, how learners would meet it, and who decides."""

    template_name = "assessments/admin/proposal.html"
    page_title = gettext_lazy("Draft of a question")
    header_icon = "draft"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way back to the list."""
        label = title_of(self.question, 60)
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": _("Questions")},
            {"url": reverse(self.kind.address("inspect"), args=[self.question.pk]), "label": label},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what changes, the pages, the hints, the review and its history."""
        proposal, question = self.proposal, self.question
        draft = read_draft(proposal.proposed)
        version = find_versions([question.version_sha256]).get(question.version_sha256)
        before = state_of_version(version) if version else NOTHING
        source = proposal.proposed["fields"].get("source", "")
        after = state_of_draft(draft, source)
        task = proposal.current_workflow_task_state
        touches = touched_by(question, is_key_changed=before.structure != after.structure) if version else None
        return {
            **super().get_context_data(**kwargs),
            "proposal": proposal,
            "question": question,
            "edit_url": self.edit_url,
            "difference": compare(kind_of(question), before, after) if version else None,
            "is_outdated": question.version_sha256 != proposal.base_sha256,
            "pages": author_pages(question, draft),
            "hints": hints_of_draft(self.kind.name, draft, source),
            "touched": touches if proposal.is_open else None,
            "task": task,
            "may_review": bool(task) and PROPOSALS_REVIEW.allows(self.request.user, proposal),
            "reviews": _reviews(proposal),
        }


def _reviews(proposal: QuestionProposal) -> list[TaskState]:
    """Return the reviews that are done, the latest first, with who did them and what was said."""
    rows = TaskState.objects.filter(workflow_state__in=proposal.workflow_states, finished_at__isnull=False)
    return list(rows.select_related("finished_by").order_by("-finished_at", "-pk"))


class _Act(_OfProposal, View):
    """One act on a draft, by POST."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Act, and say so."""
        messages.success(request, self.act())
        return redirect(self.edit_url)

    def act(self) -> str:
        """Do it; return what to say."""
        raise NotImplementedError


class SendProposalView(_Act):
    """Send a draft to review."""

    def act(self) -> str:
        """Start the workflow."""
        if self.proposal.is_open:
            send_to_review(by=self.request.user, proposal=self.proposal)  # type: ignore[arg-type]  # behind the door
        return str(_("The question is sent to review. Learners meet it as it was until somebody approves it."))


class DropProposalView(_Act):
    """Take a draft back."""

    def act(self) -> str:
        """Close the draft."""
        drop_proposal(by=self.request.user, proposal=self.proposal)  # type: ignore[arg-type]  # behind the door
        return str(_("The draft is taken back. Learners meet what they met before."))


class ReviewProposalView(_OfProposal, WorkflowAction):
    """Approve a draft or ask for changes: Wagtail's view, behind the door."""

    model = QuestionProposal
    redirect_url_name = PROPOSAL
    submit_url_name = "questions:workflow_action"

    def get_object(self) -> QuestionProposal:
        """Return the draft, by the door's own rule."""
        return self.proposal

    def get_task_state(self) -> TaskState:
        """Return the review of this draft that is under way, and of no other."""
        found = self.proposal.current_workflow_task_state
        if found is None or found.pk != self.task_state_id or not isinstance(found.task.specific, QuestionReviewTask):
            raise Http404
        state: TaskState = found
        return state

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what was decided, and say so; where it can't be published, nothing is decided."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().post(request, *args, **kwargs)
        except AssessmentError as error:
            problems = error.problems if isinstance(error, QuestionIncompleteError) else []
            messages.error(request, " ".join([str(error.text), *problems]))
            return redirect(reverse(PROPOSAL, args=[self.proposal.pk]))
        self._say_what_happened()
        return response

    def _say_what_happened(self) -> None:
        state = WorkflowState.objects.get(pk=self.task_state.workflow_state_id)
        if state.status == WorkflowState.STATUS_APPROVED:
            messages.success(self.request, _("The question is approved. Learners meet it as it is now."))
        elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            messages.success(self.request, _("Its author is asked for changes. Learners meet what they met before."))


def compare_proposal(request: HttpRequest, pk: int, first: str, second: str) -> HttpResponse:
    """Lead from Wagtail's 'compare' to the page of the draft, which shows what changes. Django view."""
    del first, second
    return redirect(reverse(PROPOSAL, args=[proposal_at_door(request.user, pk).pk]))
