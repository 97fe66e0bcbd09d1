"""The app accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, roles, places."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what people leave behind, and let the timer send e-mail."""
        from accounts.actions import mail_messages  # noqa: PLC0415  # models are ready only now
        from accounts.joining import traces  # noqa: PLC0415  # the same
        from elearning.lib.due import register_due  # noqa: PLC0415

        traces.register()
        register_due("mail", mail_messages)
