"""The app of the record."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What happened."""

    name = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the derivation of aliases, and what shows that a person has done something."""
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from accounts.joining.registry import register_trace  # noqa: PLC0415  # models are loaded only now
        from accounts.people import register_absorbed  # noqa: PLC0415  # the same
        from records import aliases, traces  # noqa: PLC0415  # the same

        aliases.register()
        register_absorbed(aliases.absorbed_records)
        register_trace("statements", _("Something was learnt or recorded since"), traces.people_with_statements)
