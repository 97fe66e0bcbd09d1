"""The app accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, roles, places."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the list of people in the menu of those who have one."""
        from accounts.access import STAFF_WITH_PEOPLE  # noqa: PLC0415  # models are ready only now
        from elearning.lib.navigation import NavEntry, register  # noqa: PLC0415

        register(
            NavEntry(
                order=60,
                label=_("People"),
                url_name="accounts:person-list",
                icon="people",
                shown=lambda login: login.holds(*STAFF_WITH_PEOPLE),
                section="people",
            )
        )
