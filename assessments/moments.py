"""A moment in the words of a place: the local day and time, and the name of the time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

UTC = "UTC"


def moment_text(moment: datetime, zone: str) -> str:
    """Return a moment as a class reads it: "30 November 2026, 14:30 (Africa/Bamako)"."""
    local = moment.astimezone(ZoneInfo(zone or UTC))
    return _("%(day)s, %(time)s (%(zone)s)") % {
        "day": date_format(local, "DATE_FORMAT", use_l10n=True),
        "time": local.strftime("%H:%M"),
        "zone": zone or UTC,
    }
