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
        from courses.glossary import explaining_lessons  # noqa: PLC0415  # the same
        from courses.packs.importing import forget_old_uploads  # noqa: PLC0415  # the same
        from elearning.lib import navigation  # noqa: PLC0415
        from elearning.lib.due import register_due  # noqa: PLC0415
        from library.glossary.explained import register_explaining  # noqa: PLC0415

        deriving.register()
        register_explaining(explaining_lessons)
        register_due("pack-uploads", forget_old_uploads)
        navigation.register(
            navigation.NavEntry(10, _("Home"), "courses:home", "home", lambda _login: True, section="home")
        )
        navigation.register(
            navigation.NavEntry(20, _("Courses"), "courses:catalogue", "course", lambda _login: True, section="courses")
        )
