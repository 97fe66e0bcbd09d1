"""What the forms do beside saving: say what a change touches, keep it apart as a draft, send it to review."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from assessments.admin.comparing import is_marked_otherwise
from assessments.admin.drafts import QuestionDraft
from assessments.admin.forms import ALSO
from assessments.admin.proposed import read_fields
from assessments.admin.quality import hints_of_draft
from assessments.admin.reading import draft_of
from assessments.admin.reviewing import close_proposal, propose, send_to_review
from assessments.admin.saving import save_question
from assessments.admin.twins import twins_of
from assessments.admin.where_used import Touched, touched_by
from assessments.models import Question, QuestionProposal
from assessments.questions.kind import BaseKind
from assessments.questions.registry import kind_of
from assessments.versions import find_versions

# The buttons beside "Save", and the one that says that its author has read what a change touches.
KEEP_APART, REVIEW, PUBLISH_CHANGE = "action-propose", "action-review", "publish-change"


class ChangeTouchesAttemptsError(Exception):
    """A published question would change that attempts hold, and its author has not been told yet."""

    def __init__(self, touched: Touched) -> None:
        self.touched = touched
        super().__init__("the author is asked first")


def wanted_status(data: Any) -> Any:
    """Return the data of a form with the status that its button asks for: what goes to review must be complete."""
    if REVIEW not in data and KEEP_APART not in data:
        return data
    changed = data.copy()
    changed["status"] = Question.Status.PUBLISHED if REVIEW in data else Question.Status.DRAFT
    return changed


def initial_of(proposal: QuestionProposal | None, request: Any) -> dict[str, Any]:
    """Return how a form begins: with the draft that waits, and the languages that somebody adds."""
    also = {ALSO: request.GET.getlist(ALSO)}
    if proposal is None:
        return also
    fields = read_fields(proposal.proposed)
    tags = proposal.proposed.get("tags")
    return (
        also
        | {name.removesuffix("_id"): value for name, value in fields.items()}
        | ({} if tags is None else {"tags": tags})
    )


def save_knowingly(*, by: Any, question: Question, draft: QuestionDraft, is_known: bool) -> Question:
    """Save a question; raise ChangeTouchesAttemptsError, in the caller's transaction, where its author must know first.

    What waited as a draft is in what was saved, and waits no more.
    """
    before = _in_force(question)
    saved = save_question(by=by, question=question, draft=draft)
    close_proposal(by=by, question=saved)
    after = (saved.status, saved.version_sha256)
    if before and not is_known and before[0] == after[0] == Question.Status.PUBLISHED and before != after:
        touched = touched_by(saved, is_key_changed=_is_key_changed(before[1], after[1]))
        if touched:
            raise ChangeTouchesAttemptsError(touched)
    return saved


def keep_apart(view: Any, form: Any, question: Question) -> HttpResponse:
    """Keep what a form says beside the question, and send it to review where its button says so."""
    proposal = propose(by=view.request.user, question=question, draft=form.draft)
    if REVIEW in view.request.POST:
        send_to_review(by=view.request.user, proposal=proposal)
        said = _("The question is sent to review. Learners meet it as it was until somebody approves it.")
    else:
        said = _("The draft is saved. Learners meet what they met before.")
    messages.success(view.request, said)
    return redirect(reverse(view.edit_url_name, args=[question.pk]))


def problems_for_review(kind: BaseKind, draft: QuestionDraft) -> list[str]:
    """Return what keeps a draft from being reviewed: what would keep it from being published."""
    problems = kind.problems_of(draft.body)
    if not any(kind.has_words(draft.body, words.as_text()) for words in draft.words.values()):
        problems.append(_("No language has words for the question and for every choice."))
    return problems


def notes_on(login: Any, question: Question, form: Any) -> dict[str, Any]:
    """Return what the page of a form says beside it: hints, and questions that look like this one."""
    draft: QuestionDraft | None = form.draft or (draft_of(question) if question.pk else None)
    if draft is None or not draft.words:
        return {}
    hints = hints_of_draft(kind_of(question).name, draft, question.source)
    return {"hints": hints, "twins": twins_of(login, draft, question.pk)}


def regrade_url(question: Question) -> str:
    """Return where a question is marked anew; "" where there is no such page."""
    try:
        return reverse("assessments:regrade-question", args=[question.uuid])
    except NoReverseMatch:
        return ""


def _in_force(question: Question) -> tuple[str, str] | None:
    rows: Any = Question.objects.non_polymorphic()
    if not question.pk:
        return None
    found: tuple[str, str] | None = rows.filter(pk=question.pk).values_list("status", "version_sha256").first()
    return found


def _is_key_changed(before: str, after: str) -> bool:
    versions = find_versions([before, after])
    if len(versions) < 2:  # noqa: PLR2004  # before and after
        return True
    return is_marked_otherwise(versions[before].structure, versions[after].structure)
