"""The site as an app: base templates, tags and commands; it owns no tables."""

from django.apps import AppConfig


class ElearningConfig(AppConfig):
    """The site."""

    name = "elearning"

    def ready(self) -> None:
        """Let the timer publish what editors scheduled."""
        from elearning.lib.due import register_due  # noqa: PLC0415  # after all apps are known
        from elearning.publishing import publish_scheduled  # noqa: PLC0415  # the same

        register_due("publishing", publish_scheduled)
