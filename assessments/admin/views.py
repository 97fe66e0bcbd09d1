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
from assessments.admin.kinds import BY_MODEL_NAME, AuthoredKind
from assessments.admin.listing import LIST, title_of
from assessments.admin.preview import author_pages
from assessments.admin.reading import draft_of
from assessments.admin.saving import delete_question, save_question
from assessments.errors import QuestionIncompleteError
from assessments.models import Question

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
        question = save_question(by=view.request.user, question=view.form.instance, draft=view.form.draft)
        log(
            instance=question,
            action=self.log_action,
            user=view.request.user,
            content_changed=True,
            title=title_of(question),
        )
        return question

    def form_valid(self, form: Any) -> HttpResponse:
        """Save; show what keeps the question from being published beside the form."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # Wagtail's views have it
        except QuestionIncompleteError as error:
            view: Any = self
            for problem in error.problems:
                form.add_error(None, problem)
            view.produced_error_message = error.text
            refused: HttpResponse = view.form_invalid(form)
            return refused
        return response

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
    """Change a question."""

    @cached_property
    def can_delete(self) -> bool:
        """Tell whether the question is a draft that nobody met."""
        return bool(self.user_has_permission_for_instance("delete", self.object))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return the page for reading, in every language with the key."""
        return [HeaderButton(_("View"), url=self.get_inspect_url(), icon_name="view")]

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
        """Add a page for each language."""
        pages = author_pages(self.object, draft_of(self.object))
        copy = reverse(BY_MODEL_NAME[self.model._meta.model_name].address("copy"), args=[self.object.pk])  # noqa: SLF001
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"pages": pages, "question": self.object, "is_mine": self.is_mine, "copy_url": copy}

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
