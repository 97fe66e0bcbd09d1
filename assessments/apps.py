"""The app assessments."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from elearning.lib.navigation import NavEntry, register


class AssessmentsConfig(AppConfig):
    """How it is tested."""

    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what follows from attempts, the quizzes of a course, the files of a pack, and a menu entry."""
        from accounts.acts import register_act  # noqa: PLC0415  # models must be loaded
        from assessments import deriving, granting, offering  # noqa: PLC0415  # the same
        from assessments.packs import parts  # noqa: PLC0415  # the same

        deriving.register()
        granting.register()
        offering.register()
        parts.register()
        register_act("accommodation.changed", _("Changed the extra time or attempts that you have"))
        register(NavEntry(50, _("Questions"), "questions:index", "edit", _writes_questions, "questions"))


def _writes_questions(login: Any) -> bool:
    from assessments.policy import WRITERS  # noqa: PLC0415  # models must be loaded

    return bool(login.holds(*WRITERS))
