"""The list of all kinds, and the picker that starts a new question."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from assessments.admin.filters import QuestionFilterSet, search_questions
from assessments.admin.kinds import AUTHORED_KINDS, BY_MODEL_NAME, AuthoredKind
from assessments.admin.languages import coverage_of
from assessments.admin.quality import ShownHint, hints_of_row
from assessments.models import Question, QuestionProposal
from assessments.policy import QUESTIONS_WRITE

LIST = "questions:index"
PICKER = "questions:add"
LONGEST_TITLE = 120
# Cells that a narrow screen leaves out: what is left says which question it is and how it stands.
WIDE_ONLY = "q-wide"
_YES, _NO = Value(value=True), Value(value=False)


def kind_of_row(row: Question) -> AuthoredKind:
    """Return the kind of a row that was read without its subclass. Content types are cached."""
    return BY_MODEL_NAME[ContentType.objects.get_for_id(row.polymorphic_ctype_id or 0).model]


def title_of(row: Question, most: int = LONGEST_TITLE) -> str:
    """Return the beginning of the question, on one line."""
    line = " ".join(str(row).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


class LanguagesColumn(Column):
    """The languages a question has words in, and whether they are stale."""

    cell_template_name = "assessments/admin/_languages_cell.html"

    def get_value(self, instance: Question) -> list[tuple[str, bool]]:
        """Return the codes in order."""
        return sorted((text.language, text.stale_since is not None) for text in instance.texts.all())


class HintsColumn(Column):
    """How many hints on quality there are, and which."""

    cell_template_name = "assessments/admin/_hints_cell.html"

    def get_value(self, instance: Question) -> list[ShownHint]:
        """Return the hints."""
        return hints_of_row(kind_of_row(instance).name, instance)


class StatusColumn(Column):
    """Draft, published or retired; and whether it is for practice."""

    cell_template_name = "assessments/admin/_status_cell.html"


class QuestionListView(IndexView):
    """All questions this login may read. The number of queries does not grow with the rows."""

    model = Question
    template_name = "assessments/admin/list.html"
    page_title = gettext_lazy("Questions")
    header_icon = "help"
    index_url_name = LIST
    index_results_url_name = "questions:index_results"
    add_url_name = PICKER
    filterset_class = QuestionFilterSet
    is_searchable = True
    default_ordering = "-updated_at"
    paginate_by = 30
    add_item_label = gettext_lazy("New question")

    def get_base_queryset(self) -> QuerySet[Question]:
        """Return the rows of the login's scope, each knowing whether it may be changed."""
        mine = QUESTIONS_WRITE.q(self.request.user)
        readable: Any = Question.objects.visible_to(self.request.user).non_polymorphic()
        waiting = QuestionProposal.objects.filter(question=OuterRef("pk"), has_unpublished_changes=True)
        rows: QuerySet[Question] = (
            readable.select_related("country")
            .prefetch_related("texts")
            .annotate(is_mine=Case(When(mine, then=_YES), default=_NO), has_draft=Exists(waiting))
        )
        return rows

    def search_queryset(self, queryset: QuerySet[Question]) -> QuerySet[Question]:
        """Search the words in every language."""
        return search_questions(queryset, self.search_query) if self.is_searching else queryset

    @cached_property
    def columns(self) -> Sequence[Column]:
        """Return the columns: question, kind, languages, country, status, last change."""
        return [
            self._get_title_column_class(TitleColumn)(
                "title", label=_("Question"), accessor=title_of, get_url=self.get_edit_url
            ),
            Column("kind", label=_("Kind"), accessor=lambda row: kind_of_row(row).label, classname=WIDE_ONLY),
            LanguagesColumn("languages", label=_("Languages"), classname=WIDE_ONLY),
            HintsColumn("hints", label=_("Hints"), classname=WIDE_ONLY),
            Column(
                "country",
                label=_("Country"),
                accessor=lambda row: row.country or _("All"),
                sort_key="country",
                classname=WIDE_ONLY,
            ),
            StatusColumn("status", label=_("Status"), sort_key="status"),
            DateColumn("updated_at", label=_("Updated"), sort_key="updated_at", classname=WIDE_ONLY),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how much of the bank there is in each language."""
        readable: Any = Question.objects.visible_to(self.request.user).non_polymorphic()
        bank = readable.exclude(status=Question.Status.RETIRED)
        return {**super().get_context_data(**kwargs), "coverage": coverage_of(bank)}

    def get_edit_url(self, instance: Question) -> str:
        """Return where a click on the question leads: to the form, or to the page for reading."""
        view = "edit" if instance.is_mine else "inspect"
        return reverse(kind_of_row(instance).address(view), args=[instance.pk])

    def get_list_buttons(self, instance: Question) -> list[Button]:  # noqa: ARG002  # Wagtail's signature
        """Return nothing: the form has the buttons, and a menu for each row weighs more than the row."""
        return []

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return the way to the picker."""
        return [HeaderButton(_("New question"), url=self.add_url, icon_name="plus")] if self.add_url else []


class KindPickerView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What kind of question to write, with what each is for."""

    model = Question
    permission_required = "add"
    template_name = "assessments/admin/kind_picker.html"
    page_title = gettext_lazy("New question")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way back to the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": _("Questions")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the kinds with the address of each one's form."""
        cards = [{"kind": kind, "url": reverse(kind.address("add"))} for kind in AUTHORED_KINDS]
        return super().get_context_data(cards=cards, **kwargs)
