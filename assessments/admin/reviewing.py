"""Keep a change apart from what learners meet, send it to review, publish it: the acts behind Wagtail's workflow."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from accounts.actions import record_audit
from accounts.models import Login
from assessments.admin.drafts import QuestionDraft
from assessments.admin.proposed import as_json, read_draft, read_fields
from assessments.admin.saving import save_question
from assessments.errors import ProposalOutdatedError, QuestionNotYoursError
from assessments.models import Question, QuestionCategory, QuestionProposal
from assessments.policy import QUESTIONS_WRITE


def open_proposal(question: Question) -> QuestionProposal | None:
    """Return what a question may become, where something waits. One query."""
    if not question.pk:
        return None
    return QuestionProposal.objects.filter(question=question, has_unpublished_changes=True).first()


@transaction.atomic
def propose(*, by: Login, question: Question, draft: QuestionDraft) -> QuestionProposal:
    """Keep what a form says beside a stored question; raise QuestionNotYoursError. The question stays as it is.

    A review that is under way ends: it was about other words.
    """
    stored = _writable_row(by, question)
    proposal = QuestionProposal.objects.filter(question=stored).first() or QuestionProposal(question=stored)
    _end_review(proposal, by)
    proposal.proposed = as_json(question, draft)
    proposal.base_sha256 = stored.version_sha256
    proposal.live = stored.status == Question.Status.PUBLISHED
    proposal.has_unpublished_changes = True
    proposal.save()
    proposal.save_revision(user=by, clean=False)
    record_audit(by=by, act="question.proposed", target=stored, country=stored.country)
    return proposal


@transaction.atomic
def send_to_review(*, by: Login, proposal: QuestionProposal) -> None:
    """Start Wagtail's workflow; raise QuestionNotYoursError."""
    stored = _writable_row(by, proposal.question)
    workflow = proposal.get_workflow()
    if workflow is None or proposal.workflow_in_progress:
        return
    _end_review(proposal, by)
    workflow.start(proposal, by)
    record_audit(by=by, act="question.sent_to_review", target=stored, country=stored.country)


@transaction.atomic
def drop_proposal(*, by: Login, proposal: QuestionProposal) -> None:
    """Take a draft back; learners go on meeting what they meet. Raise QuestionNotYoursError."""
    stored = _writable_row(by, proposal.question)
    close_proposal(by=by, question=stored)
    record_audit(by=by, act="question.proposal_dropped", target=stored, country=stored.country)


def close_proposal(*, by: Login, question: Question) -> None:
    """Note that nothing waits for a question any more: it was published otherwise, or taken back."""
    if proposal := open_proposal(question):
        _end_review(proposal, by)
        proposal.has_unpublished_changes = False
        proposal.save(update_fields=["has_unpublished_changes", "updated_at"])


@transaction.atomic
def publish_proposal(*, by: Login, proposal: QuestionProposal) -> Question:
    """Write what a proposal says into its question, and publish it.

    Raise ProposalOutdatedError where the question has changed since, and what save_question raises: the scope of
    who approves is asked before and after the change.
    """
    question: Question = Question.objects.get(pk=proposal.question_id)
    if question.version_sha256 != proposal.base_sha256:
        raise ProposalOutdatedError
    for name, value in read_fields(proposal.proposed).items():
        setattr(question, name, value)
    if question.category_id and not QuestionCategory.objects.filter(pk=question.category_id).exists():
        question.category = None
    question.status = Question.Status.PUBLISHED
    save_question(by=by, question=question, draft=read_draft(proposal.proposed))
    log(instance=question, action="wagtail.publish", user=by, content_changed=True, title=str(question)[:120])
    return question


def _writable_row(by: Login, question: Question) -> Any:
    stored = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if not QUESTIONS_WRITE.allows(by, stored):
        raise QuestionNotYoursError
    return stored


def _end_review(proposal: QuestionProposal, by: Login) -> None:
    if proposal.pk and (state := proposal.current_workflow_state):
        state.cancel(user=by)
