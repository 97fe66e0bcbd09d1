"""The app certificates."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from elearning.lib.navigation import NavEntry, register


class CertificatesConfig(AppConfig):
    """What is attested."""

    name = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the derivations, the issuing of awards, the way to them from a result, and two entries of the menu."""
        from assessments.awards_at_stake import register_awards  # noqa: PLC0415  # models are loaded only now
        from assessments.onward import register_onward  # noqa: PLC0415  # the same
        from certificates import actions, at_stake, deriving, onward  # noqa: PLC0415  # the same
        from courses.completion import on_completion  # noqa: PLC0415

        deriving.register()
        on_completion(actions.issue_award_if_due)
        register_onward(onward.certificate_link)
        register_awards(at_stake.awards_in_force)
        register(NavEntry(30, _("My record"), "certificates:record", "record", _is_signed_in, "record"))
        register(NavEntry(60, _("Overview"), "certificates:desk", "chart", _has_desk, "desk"))


def _is_signed_in(login: Any) -> bool:
    return bool(login.is_authenticated)


def _has_desk(login: Any) -> bool:
    from certificates.policy import DESK_ROLES  # noqa: PLC0415  # models are loaded only now

    return bool(login.holds(*DESK_ROLES))
