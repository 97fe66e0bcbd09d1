"""Remind holders of certificates that end. For run_due."""

import datetime as dt

from django.db.models import Exists, OuterRef

from accounts.actions import send_messages
from certificates.awarding.reminding import THRESHOLDS, threshold_on
from certificates.awarding.telling import ENDS, telling
from certificates.models import Award

_AT_A_TIME = 500


def remind_of_ends(now: dt.datetime) -> int:
    """Tell each holder 90, 60, 30 and 7 days before the end, once each; return how many were told.

    A certificate that was withdrawn, replaced or renewed is not spoken of. Told by key, so that two runs at once,
    or a run each minute, tell nobody twice. Three queries for each 500 that end soon.
    """
    today = now.date()
    later = Award.objects.in_force().filter(
        person=OuterRef("person"), award_uuid=OuterRef("award_uuid"), period__gt=OuterRef("period")
    )
    ending = Award.objects.in_force().filter(
        ~Exists(later), valid_until__range=(today, today + dt.timedelta(days=max(THRESHOLDS))), person__pk__isnull=False
    )
    ids = list(ending.order_by("valid_until", "pk").values_list("pk", flat=True))
    told = 0
    for start in range(0, len(ids), _AT_A_TIME):
        rows = Award.objects.filter(pk__in=ids[start : start + _AT_A_TIME]).select_related("person")
        told += send_messages(
            [
                telling(each, ENDS, str(threshold))
                for each in rows
                if each.valid_until and (threshold := threshold_on(today, each.valid_until)) is not None
            ]
        )
    return told
