"""The app courses."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """What is taught."""

    name = "courses"
    default_auto_field = "django.db.models.BigAutoField"
