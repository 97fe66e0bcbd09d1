"""The views of one question: write, change, copy, read, delete. Each stands behind assessments.admin.doors."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import RedirectView
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log
from wagtail.snippets.views import snippets

from assessments.admin.doors import question_at_door
from assessments.admin.editing import (
    KEEP_APART,
    PUBLISH_CHANGE,
    REVIEW,
    ChangeTouchesAttemptsError,
    initial_of,
    keep_apart,
    notes_on,
    problems_for_review,
    regrade_url,
    save_knowingly,
    wanted_status,
)
from assessments.admin.kinds import BY_MODEL_NAME, AuthoredKind
from assessments.admin.listing import LIST, title_of
from assessments.admin.preview import author_pages
from assessments.admin.proposed import show_proposed
from assessments.admin.quality import hints_of_draft
from assessments.admin.reading import draft_of
from assessments.admin.reviewing import open_proposal
from assessments.admin.saving import delete_question
from assessments.admin.twins import twins_of
from assessments.admin.where_used import uses_of
from assessments.errors import QuestionIncompleteError
from assessments.models import Question, QuestionProposal
from assessments.questions.registry import kind_of

LONGEST_HEADING = 60


class ListOfKindView(RedirectView):
    """Leads to the one list, narrowed to a kind: one list means one place where scope can leak."""

    model: Any = None
    permanent = False

    def get_redirect_url(self, *_args: Any, **_kwargs: Any) -> str:
        """Return the address."""
        kind: AuthoredKind = BY_MODEL_NAME[self.model._meta.model_name]  # noqa: SLF001
        return f"{reverse(LIST)}?kind={kind.name}"


class _SavesQuestion:
    """What the views that save have in common: one action writes, and its refusals become errors of the form."""

    index_url_name = LIST
    log_action = "wagtail.edit"
    error_message = gettext_lazy(
        "The question is not saved: learners meet what they met before. Correct the fields marked below."
    )

    def save_instance(self) -> Question:
        """Save through the action, and tell Wagtail's history."""
        view: Any = self
        is_known = PUBLISH_CHANGE in view.request.POST
        form = view.form
        question = save_knowingly(by=view.request.user, question=form.instance, draft=form.draft, is_known=is_known)
        log(
            instance=question,
            action=self.log_action,
            user=view.request.user,
            content_changed=True,
            title=title_of(question),
        )
        return question

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add what waits as a draft, and hold what is sent to review to the rules of publishing."""
        view: Any = self
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]  # Wagtail's views have it
        initial = {**(kwargs.get("initial") or {}), **initial_of(getattr(view, "proposal", None), view.request)}
        return {**kwargs, "initial": initial, **({"data": wanted_status(kwargs["data"])} if "data" in kwargs else {})}

    def form_valid(self, form: Any) -> HttpResponse:
        """Save; show what keeps the question from being published, or what a change touches, beside the form."""
        view: Any = self
        if REVIEW in view.request.POST and (problems := problems_for_review(kind_of(form.instance), form.draft)):
            return self._refuse(form, problems, self.error_message)
        try:
            with transaction.atomic():
                return self.save_or_keep(form)
        except QuestionIncompleteError as error:
            return self._refuse(form, error.problems, error.text)
        except ChangeTouchesAttemptsError as error:
            view.form = form
            page = {"touched": error.touched, "regrade_url": regrade_url(form.instance)}
            asked: HttpResponse = view.render_to_response(view.get_context_data(form=form, **page))
            return asked

    def save_or_keep(self, form: Any) -> HttpResponse:
        """Save the question."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # Wagtail's views have it
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the errors, with the status that the author had chosen."""
        view: Any = self
        form.data = view.request.POST
        refused: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # Wagtail's views have it
        return refused

    def _refuse(self, form: Any, problems: list[str], message: Any) -> HttpResponse:
        for problem in problems:
            form.add_error(None, problem)
        view: Any = self
        view.produced_error_message = message
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add hints, questions that look like this one, and what waits."""
        view: Any = self
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # Wagtail's views have it
        form = context["form"]
        return {
            **notes_on(view.request.user, form.instance, form),
            "proposal": getattr(view, "proposal", None),
            "may_keep_apart": view.object is not None and view.object.status == Question.Status.PUBLISHED,
            "keep_apart": KEEP_APART,
            "review": REVIEW,
            "publish_change": PUBLISH_CHANGE,
            **context,
        }

    def get_page_subtitle(self) -> str:
        """Return the beginning of the question."""
        view: Any = self
        if view.object and view.object.pk:
            return title_of(view.object, LONGEST_HEADING)
        return str(BY_MODEL_NAME[view.model._meta.model_name].label)  # noqa: SLF001

    def get_side_panels(self) -> MediaContainer:
        """Leave out Wagtail's checks: they look for the user bar of a page, which a question has not."""
        panels = super().get_side_panels()  # type: ignore[misc]  # Wagtail's views have it
        return MediaContainer([panel for panel in panels if not isinstance(panel, ChecksSidePanel)])

    def get_success_url(self) -> str:
        """Stay on the question: a trainer looks at it once more."""
        view: Any = self
        return str(view.get_edit_url())

    def get_success_buttons(self) -> list[Any]:
        """Return nothing: the page is the question itself."""
        return []


class WriteQuestionView(_SavesQuestion, snippets.CreateView):
    """Write a question of one kind."""

    log_action = "wagtail.create"
    success_message = gettext_lazy("The question is saved.")

    def get_success_message(self, instance: Question | None = None) -> str:  # noqa: ARG002  # Wagtail's signature
        """Say what happened."""
        return str(_("The question is saved."))

    def save_or_keep(self, form: Any) -> HttpResponse:
        """Save the question; where it goes to review, first as a draft of its own."""
        if REVIEW not in self.request.POST:
            return super().save_or_keep(form)
        form.instance.status = Question.Status.DRAFT
        self.form = form
        self.object = self.save_instance()
        return keep_apart(self, form, self.object)


class CopyQuestionView(WriteQuestionView):
    """Write a question that begins as a copy of one that may be read.

    Wagtail's copy view takes a POST, and saves it over the original. This one only fills the form;
    the form is sent to the address for new questions.
    """

    http_method_names = ("get", "head")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the words, the key and the place of the original; never its ids, status or country."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        original = question_at_door(self.request.user, self.model, self.kwargs["pk"], "view")
        return {**kwargs, "initial": self.form_class.fields_to_copy(original)}


class ChangeQuestionView(_SavesQuestion, snippets.EditView):
    """Change a question, or what it may become where a draft waits."""

    proposal: QuestionProposal | None = None

    def get_object(self, queryset: Any = None) -> Question:
        """Return the question, with the words of the draft that waits."""
        question: Question = super().get_object(queryset)
        self.proposal = open_proposal(question)
        return show_proposed(question, self.proposal.proposed) if self.proposal else question

    def save_or_keep(self, form: Any) -> HttpResponse:
        """Save the question, or keep the change apart; a draft that nobody met is saved and then reviewed."""
        posted = self.request.POST
        if REVIEW not in posted and KEEP_APART not in posted:
            return super().save_or_keep(form)
        rows: Any = Question.objects.non_polymorphic()
        status = rows.values_list("status", flat=True).get(pk=form.instance.pk)
        if status == Question.Status.DRAFT:
            form.instance.status = status
            self.form = form
            self.object = self.save_instance()
        return keep_apart(self, form, form.instance)

    @cached_property
    def can_delete(self) -> bool:
        """Tell whether the question is a draft that nobody met."""
        return bool(self.user_has_permission_for_instance("delete", self.object))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return the page for reading, in every language with the key, and the one of the versions."""
        kind = BY_MODEL_NAME[self.model._meta.model_name]  # noqa: SLF001  # Django's public API
        versions = reverse(kind.address("versions"), args=[self.object.pk])
        return [
            HeaderButton(_("View"), url=self.get_inspect_url(), icon_name="view"),
            HeaderButton(_("Versions"), url=versions, icon_name="history"),
        ]

    def get_success_message(self, instance: Question | None = None) -> str:  # noqa: ARG002  # Wagtail's signature
        """Say what happened, and what learners meet now."""
        if self.object.status == Question.Status.PUBLISHED:
            return str(
                _("The question is saved. Learners meet version %(number)d.") % {"number": self.object.version_number}
            )
        return str(_("The question is saved. Learners do not meet it."))

    def get_success_json(self) -> dict[str, Any]:
        """Refuse to answer as JSON: nothing saves by itself here."""
        raise NotImplementedError


class ReadQuestionView(snippets.InspectView):
    """Read a question as learners meet it, in every language, with its key and feedback below."""

    template_name = "assessments/admin/read.html"
    page_title = gettext_lazy("Question")
    header_icon = "help"

    def get_object(self, queryset: Any = None) -> Question:  # noqa: ARG002  # Wagtail's signature
        """Return the question, by the door's own rule."""
        return question_at_door(self.request.user, self.model, int(self.pk), "view")

    def get_page_subtitle(self) -> str:
        """Return the beginning of the question."""
        return title_of(self.object, LONGEST_HEADING)

    @cached_property
    def is_mine(self) -> bool:
        """Tell whether this login may change it."""
        return bool(self.user_has_permission_for_instance("change", self.object))

    def get_edit_url(self) -> str | None:
        """Return the address of the form, for those who may."""
        return reverse(self.edit_url_name, args=[self.object.pk]) if self.is_mine else None

    def get_delete_url(self) -> None:
        """Return nothing: deleting starts from the form."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Edit, for those who may."""
        url = self.get_edit_url()
        return [HeaderButton(_("Edit"), url=url, icon_name="edit")] if url else []

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Nothing more."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page for each language, and what else is known of the question."""
        kind = BY_MODEL_NAME[self.model._meta.model_name]  # noqa: SLF001  # Django's public API
        draft, pk = draft_of(self.object), [self.object.pk]
        return {
            **super().get_context_data(**kwargs),
            "pages": author_pages(self.object, draft),
            "question": self.object,
            "is_mine": self.is_mine,
            "copy_url": reverse(kind.address("copy"), args=pk),
            "versions_url": reverse(kind.address("versions"), args=pk),
            "proposal": open_proposal(self.object) if self.is_mine else None,
            "uses": uses_of(self.object),
            "hints": hints_of_draft(kind.name, draft, self.object.source),
            "twins": twins_of(self.request.user, draft, self.object.pk),
            "tags": self.object.tags.all(),
            "stale": {text.language: text.stale_since for text in self.object.texts.all() if text.stale_since},
        }

    def get_fields_context(self) -> list[Any]:
        """Return nothing: the template shows what matters."""
        return []


class HistoryOfQuestionView(snippets.HistoryView):
    """Who changed a question and when. Without filters: their date picker is an inline script."""

    filterset_class = None


class DeleteQuestionView(snippets.DeleteView):
    """Delete a draft that was never published."""

    index_url_name = LIST

    def get_success_message(self) -> str:
        """Say what happened; the words went with the row."""
        return str(_("The draft is deleted."))

    def delete_action(self) -> None:
        """Delete through the action, and tell Wagtail's history."""
        log(instance=self.object, action="wagtail.delete", user=self.request.user, deleted=True)
        delete_question(by=self.request.user, question=self.object)
