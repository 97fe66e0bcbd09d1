"""The awards of enrolments whose attempt does not pass any more, for those who decide about them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.urls import reverse

from assessments.awards_at_stake import AwardAtStake
from certificates.models import Award
from certificates.policy import AWARDS_RUN


def awards_in_force(login: Any, enrolments: Collection[UUID]) -> list[AwardAtStake]:
    """Return the awards in force of these enrolments; with the way to withdraw one for those who may. Two queries."""
    rows = list(Award.objects.in_force().filter(enrolment_uuid__in=enrolments).order_by("serial"))
    mine = AWARDS_RUN.filter(Award.objects.filter(pk__in=[row.pk for row in rows]), login)
    run = set(mine.values_list("pk", flat=True))
    return [
        AwardAtStake(
            row.enrolment_uuid,
            row.serial,
            row.local_title,
            reverse("certificates:award-revoke", args=[row.serial]) if row.pk in run else "",
        )
        for row in rows
    ]
