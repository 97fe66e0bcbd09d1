"""The app accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, roles, places."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
