"""The app sync."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SyncConfig(AppConfig):
    """How it travels: course packs, what devices say, and the pages about both."""

    name = "sync"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the audited acts, and tell the desk of devices and of what is held back."""
        from accounts.acts import register_act  # noqa: PLC0415  # models are loaded by now
        from assessments.contact import register_contact  # noqa: PLC0415  # the same
        from certificates.desk_menu import DeskEntry, register_desk  # noqa: PLC0415
        from courses.editions.previewing import register_offline  # noqa: PLC0415
        from sync import reporting  # noqa: PLC0415  # the same
        from sync.contact import contacts  # noqa: PLC0415  # the same

        register_offline(_offline_preview)
        register_contact(contacts)
        register_act("device.revoked", _("Revoked a device of yours"))
        register_act("held-work.accepted", _("Accepted work of yours that was held back"))
        register_act("held-work.set-aside", _("Set aside work of yours that was held back"))
        reporting.register()
        register_desk(DeskEntry(85, _("Devices"), "sync:device-list", "devices", _has_desk))


def _offline_preview(request: Any, context: dict[str, Any]) -> Any:
    from sync.views.preview import offline_preview  # noqa: PLC0415  # its forms need apps that are ready

    return offline_preview(request, context)


def _has_desk(login: Any) -> bool:
    from sync.policy import DESK_ROLES  # noqa: PLC0415  # models must be loaded

    return bool(login.holds(*DESK_ROLES))
