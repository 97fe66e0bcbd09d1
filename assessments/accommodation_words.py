"""What a learner is granted, in words for them. In the language of the page."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.accommodating import BREAK_S
from assessments.models import Accommodation

USUAL_PERCENT = 100


def time_text(time_percent: int) -> str:
    """Return how much time there is, against the usual."""
    match time_percent:
        case 100:
            return _("The usual time")
        case 125:
            return _("A quarter more time")
        case 150:
            return _("Half as much time again")
        case 200:
            return _("Twice the time")
        case 300:
            return _("Three times the time")
    return _("%(percent)d%% more time") % {"percent": time_percent - USUAL_PERCENT}


def accommodation_facts(row: Accommodation | None) -> list[str]:
    """Return what is granted, a short line each; nothing where nothing is."""
    return list(_facts(row)) if row else []


def until_text(row: Accommodation) -> str:
    """Return until when it holds; "" where no end is set."""
    return _("Until %(day)s") % {"day": date_format(row.ends_on, "DATE_FORMAT")} if row.ends_on else ""


def _facts(row: Accommodation) -> Iterator[str]:
    if row.time_percent != USUAL_PERCENT:
        yield time_text(row.time_percent)
    if row.may_pause:
        yield _("%(minutes)d minutes more for breaks, for each hour of the time limit or part of one") % {
            "minutes": BREAK_S // 60
        }
    if row.extra_attempts:
        yield ngettext(
            "%(count)d attempt more at each quiz", "%(count)d attempts more at each quiz", row.extra_attempts
        ) % {"count": row.extra_attempts}
