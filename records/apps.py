"""The app of the record."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What happened."""

    name = "records"
    default_auto_field = "django.db.models.BigAutoField"
