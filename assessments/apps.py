"""The app assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """How it is tested."""

    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what follows from attempts, the quizzes of the course page, and the files of a pack."""
        from assessments import deriving, offering  # noqa: PLC0415  # models must be loaded
        from assessments.packs import parts  # noqa: PLC0415  # the same

        deriving.register()
        offering.register()
        parts.register()
