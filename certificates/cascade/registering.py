"""What trainers and evaluation add to the site when it starts: derivations, desk entries, timed work, named acts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates.desk_menu import DeskEntry, register_desk


def register() -> None:
    """Add all of it; called once, from AppConfig.ready."""
    from accounts.acts import register_act  # noqa: PLC0415  # models are loaded only now
    from certificates.actions.trainers import count_trainers_if_due  # noqa: PLC0415  # the same
    from certificates.cascade import deriving as trainers  # noqa: PLC0415  # the same
    from certificates.evaluation import asking  # noqa: PLC0415  # the same
    from certificates.evaluation import deriving as follow_ups  # noqa: PLC0415  # the same
    from elearning.lib.due import register_due  # noqa: PLC0415  # beside the others

    trainers.register()
    follow_ups.register()
    asking.register()
    register_due("trainers", count_trainers_if_due)
    register_act("evidence.recorded", _("Wrote down evidence for you as a trainer"))
    register_act("evidence.retracted", _("Took back evidence for you as a trainer"))
    register_act("trainer-profile.updated", _("Changed your profile as a trainer"))
    register_desk(DeskEntry(50, _("Trainers"), "certificates:trainer-list", "trainers", _has_desk))
    register_desk(DeskEntry(60, _("Evaluation"), "certificates:evaluation", "evaluation", _has_desk))


def _has_desk(login: Any) -> bool:
    from certificates.policy import DESK_ROLES  # noqa: PLC0415  # models are loaded only now

    return bool(login.holds(*DESK_ROLES))
