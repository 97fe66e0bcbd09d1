"""The app library."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """What is looked up."""

    name = "library"
    default_auto_field = "django.db.models.BigAutoField"
