"""The app sync."""

from django.apps import AppConfig


class SyncConfig(AppConfig):
    """How it travels: course packs, what devices say, and the pages about both."""

    name = "sync"
    default_auto_field = "django.db.models.BigAutoField"
