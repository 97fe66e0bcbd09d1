"""The app certificates."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from elearning.lib.navigation import NavEntry, register, register_parts


class CertificatesConfig(AppConfig):
    """What is attested."""

    name = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the derivations, the issuing of awards, the way to them from a result, and two entries of the menu."""
        from assessments.awards_at_stake import register_awards  # noqa: PLC0415  # models are loaded only now
        from assessments.onward import register_onward  # noqa: PLC0415  # the same
        from certificates import actions, at_stake, deriving, onward  # noqa: PLC0415  # the same
        from certificates.cascade import registering  # noqa: PLC0415  # the same
        from certificates.programmes import attending  # noqa: PLC0415  # the same
        from courses.completion import on_completion  # noqa: PLC0415

        deriving.register()
        attending.register()
        registering.register()
        on_completion(actions.issue_award_if_due)
        _add_award_life()
        _add_planning()
        _add_joining()
        _add_figures()
        register_onward(onward.certificate_link)
        register_awards(at_stake.awards_in_force)
        register(NavEntry(30, _("My record"), "certificates:record", "record", _is_signed_in, "record"))
        register(NavEntry(60, _("Overview"), "certificates:desk", "chart", _has_desk, "desk"))


def _add_award_life() -> None:
    """Name the messages about certificates, add their timed work and the register to the desk."""
    from certificates import actions  # noqa: PLC0415  # models are loaded only now
    from certificates.awarding import telling  # noqa: PLC0415  # the same
    from certificates.desk_menu import DeskEntry, register_desk  # noqa: PLC0415
    from elearning.lib.due import register_due  # noqa: PLC0415

    telling.register()
    register_due("certificate-reminders", actions.remind_of_ends)
    register_due("issuing", actions.work_on_open_runs)
    register_desk(DeskEntry(70, _("Certificates"), "certificates:register", "certificates", _runs_certificates))


def _add_joining() -> None:
    """Say how many places a cohort has and what its learners begin; add people to the desk."""
    from certificates import joining  # noqa: PLC0415  # models are loaded only now
    from certificates.desk_menu import DeskEntry, register_desk  # noqa: PLC0415

    joining.register()
    register_desk(DeskEntry(40, _("People"), "accounts:person-list", "people", _has_desk))


def _add_planning() -> None:
    """Add programmes and cohorts to the desk, and say when somebody was at a session since an import."""
    from certificates.desk_menu import DeskEntry, register_desk  # noqa: PLC0415  # models are loaded only now
    from certificates.programmes import traces  # noqa: PLC0415  # the same

    traces.register()
    register_desk(DeskEntry(20, _("Programmes"), "certificates:programme-list", "programmes", _has_desk))
    register_desk(DeskEntry(30, _("Cohorts"), "certificates:cohort-list", "cohorts", _has_desk))


def _add_figures() -> None:
    """Add the overview, freshness and decisions to the desk; count anew from time to time; hear of changed profiles."""
    from accounts.acts import register_act  # noqa: PLC0415  # models are loaded only now
    from accounts.profiles import on_profile_change  # noqa: PLC0415  # the same
    from certificates import decisions, freshness, headcounts, queues, standings  # noqa: PLC0415  # the same
    from certificates.desk_menu import DeskEntry, desk_entries, register_desk  # noqa: PLC0415
    from elearning.lib.due import register_due  # noqa: PLC0415

    register_parts("desk", desk_entries)
    on_profile_change(standings.derive_standings_of)
    queues.register()
    register_due("headcounts", headcounts.count_heads)
    register_due("reporting", freshness.count_reporting)
    register_act("desk.exported", _("Took a table of figures out of the site"))
    register_desk(DeskEntry(10, _("Overview"), "certificates:desk", "overview", _has_desk))
    register_desk(DeskEntry(80, _("Freshness"), "certificates:desk-freshness", "freshness", _has_desk))
    waiting = decisions.count_waiting
    register_desk(DeskEntry(90, _("Decisions"), "certificates:desk-decisions", "decisions", _has_desk, waiting))


def _runs_certificates(login: Any) -> bool:
    from accounts.policy import ADMINISTRATOR, COORDINATOR  # noqa: PLC0415  # models are loaded only now

    return bool(login.holds(COORDINATOR, ADMINISTRATOR))


def _is_signed_in(login: Any) -> bool:
    return bool(login.is_authenticated)


def _has_desk(login: Any) -> bool:
    from certificates.policy import DESK_ROLES  # noqa: PLC0415  # models are loaded only now

    return bool(login.holds(*DESK_ROLES))
