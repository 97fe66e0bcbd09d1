"""The app courses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    """What is taught."""

    name = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the derivations and the menu entries."""
        from courses import deriving  # noqa: PLC0415  # models are loaded by now
        from elearning.lib import navigation  # noqa: PLC0415

        deriving.register()
        navigation.register(
            navigation.NavEntry(10, _("Home"), "courses:home", "home", lambda _login: True, section="home")
        )
        navigation.register(
            navigation.NavEntry(20, _("Courses"), "courses:catalogue", "course", lambda _login: True, section="courses")
        )
