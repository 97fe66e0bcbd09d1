"""The addresses of the trainer's question area: one list, one picker, a set of views for each kind."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments.admin import views
from assessments.admin.doors import guarded_patterns, strict_policy
from assessments.admin.kinds import AuthoredKind
from assessments.admin.listing import KindPickerView, QuestionListView
from assessments.admin.panels import question_panels
from assessments.admin.review_views import (
    DropProposalView,
    ProposalView,
    ReviewProposalView,
    SendProposalView,
    compare_proposal,
)
from assessments.admin.sorting_views import (
    CategoriesView,
    ChangeCategoryView,
    ChangeTagView,
    TagsView,
    TwinsView,
    WriteCategoryView,
)
from assessments.admin.version_views import VersionsView
from assessments.models import Question


class QuestionMenuItem(MenuItem):
    """The menu entry, for those who may read questions."""

    def is_shown(self, request: Any) -> bool:
        """Tell whether the login reads the bank."""
        return bool(policy_registry.get_by_type(Question).user_has_permission(request.user, "view"))


class QuestionBankViewSet(ViewSet):
    """The list over the base, and the picker. Nothing is ever created on the base."""

    name = "questions"
    icon = "help"
    menu_label = _("Questions")
    menu_order = 210
    add_to_admin_menu = True
    menu_item_class = QuestionMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", strict_policy(QuestionListView.as_view()), name="index"),
            path("results/", strict_policy(QuestionListView.as_view(results_only=True)), name="index_results"),
            path("new/", strict_policy(KindPickerView.as_view()), name="add"),
            path("look-alikes/", strict_policy(TwinsView.as_view()), name="twins"),
            path("categories/", strict_policy(CategoriesView.as_view()), name="categories"),
            path("categories/new/", strict_policy(WriteCategoryView.as_view()), name="category-add"),
            path("categories/<int:pk>/", strict_policy(ChangeCategoryView.as_view()), name="category"),
            path("tags/", strict_policy(TagsView.as_view()), name="tags"),
            path("tags/<int:pk>/", strict_policy(ChangeTagView.as_view()), name="tag"),
            path("drafts/<int:pk>/", strict_policy(ProposalView.as_view()), name="proposal"),
            path("drafts/<int:pk>/send/", strict_policy(SendProposalView.as_view()), name="proposal-send"),
            path("drafts/<int:pk>/drop/", strict_policy(DropProposalView.as_view()), name="proposal-drop"),
            path(
                "drafts/<int:pk>/<slug:action_name>/<int:task_state_id>/",
                strict_policy(ReviewProposalView.as_view()),
                name="workflow_action",
            ),
            path("drafts/<int:pk>/compare/<str:first>/<str:second>/", compare_proposal, name="revisions_compare"),
        ]


class QuestionViewSet(SnippetViewSet):
    """The views of one kind, without Wagtail's chooser, usage and reference index: nothing refers to a question."""

    kind: AuthoredKind

    index_view_class = views.ListOfKindView
    add_view_class = views.WriteQuestionView
    copy_view_class = views.CopyQuestionView
    edit_view_class = views.ChangeQuestionView
    delete_view_class = views.DeleteQuestionView
    history_view_class = views.HistoryOfQuestionView
    inspect_view_class = views.ReadQuestionView
    inspect_view_enabled = True
    add_to_reference_index = False
    # Keeps the kinds out of Wagtail's own list of snippets, which counts the rows of all countries.
    menu_item_is_registered = True

    def __init__(self, kind: AuthoredKind) -> None:
        self.kind = kind
        super().__init__(
            model=kind.model,
            icon=kind.icon,
            admin_url_namespace=kind.namespace,
            base_url_path=f"questions/{kind.name.replace('_', '-')}",
            inspect_template_name="assessments/admin/read.html",
            create_template_name="assessments/admin/write.html",
            edit_template_name="assessments/admin/change.html",
        )
        self.menu_item_is_registered = True

    def get_edit_handler(self) -> Any:
        """Return the layout of the kind's form."""
        return question_panels(self.kind.form, self.kind.keys).bind_to_model(self.model)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Drop the addresses that do not exist, and lead back to the one list."""
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        common["index_url_name"] = "questions:index"
        common["usage_url_name"] = None
        return common

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the known addresses, those of a question behind the door."""
        versions = VersionsView.as_view(model=self.model, kind=self.kind)
        return guarded_patterns(
            [*super().get_urlpatterns(), path("versions/<int:pk>/", versions, name="versions")], self.model
        )

    def register_chooser_viewset(self) -> None:
        """Register none: a chooser asks nobody, and lists every country's questions (ADR 0008)."""

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Offer no permission to groups: roles decide, and a permission would open the site's log."""
        return Permission.objects.none()
