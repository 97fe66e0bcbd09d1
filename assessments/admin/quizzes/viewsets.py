"""The addresses of the quiz area, and its menu entry."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from assessments.admin.doors import strict_policy
from assessments.admin.quizzes.views import BuildQuizView, NewQuizView, PaperView, QuizListView, TimesView
from assessments.policy import READERS


class QuizMenuItem(MenuItem):
    """The menu entry, for those who may read quizzes."""

    def is_shown(self, request: Any) -> bool:
        """Tell whether the login reads quizzes."""
        return bool(request.user.holds(*READERS))


class QuizViewSet(ViewSet):
    """The list by course, the builder, a paper to look at, the opening times."""

    name = "quizzes"
    icon = "clipboard-list"
    menu_label = _("Quizzes")
    menu_order = 215
    add_to_admin_menu = True
    menu_item_class = QuizMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", strict_policy(QuizListView.as_view()), name="index"),
            path("new/", strict_policy(NewQuizView.as_view()), name="add"),
            path("<int:pk>/", strict_policy(BuildQuizView.as_view()), name="edit"),
            path("<int:pk>/paper/", strict_policy(PaperView.as_view()), name="paper"),
            path("<int:pk>/times/", strict_policy(TimesView.as_view()), name="times"),
        ]
