"""Time zones of posts and cohorts."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@cache
def time_zone_names() -> frozenset[str]:
    """Return the IANA names this machine knows."""
    return frozenset(available_timezones())


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone such as Africa/Bamako."""
    if name not in time_zone_names():
        raise ValidationError(_("%(name)s is not a time zone. Write it like Africa/Bamako."), params={"name": name})
