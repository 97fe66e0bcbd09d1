"""The app assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """How it is tested."""

    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
