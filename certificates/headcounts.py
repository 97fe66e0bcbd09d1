"""Counting what no statement says: who stands on a list without an enrolment, and who has trained others since."""

import datetime as dt
from collections import Counter
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import CohortMember
from certificates.dimensions import month_of
from certificates.models import Headcount, SessionPart, Standing
from courses.models import Enrolment

_TRAINING = (SessionPart.Role.LEAD, SessionPart.Role.CO_TRAINER)
_Place = tuple[str, UUID, int]


@transaction.atomic
def count_heads(now: dt.datetime) -> int:
    """Count all anew and keep it; return how many rows there are. Timed work: two queries over all people."""
    pending, trained = _pending(), _trained(now)
    rows = [
        Headcount(
            country_code=country,
            cohort_uuid=cohort,
            month=month,
            pending=pending[country, cohort, month],
            trained_others=trained[country, cohort, month],
            counted_at=now,
        )
        for country, cohort, month in sorted({*pending, *trained}, key=str)
    ]
    Headcount.objects.all().delete()
    Headcount.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _pending() -> Counter[_Place]:
    """Count learners on a list, active or waiting, who have no enrolment in its cohort, by the month of joining."""
    states = (CohortMember.State.ACTIVE, CohortMember.State.WAITING)
    enrolled = Enrolment.objects.filter(person=OuterRef("person__uuid"), cohort=OuterRef("cohort__uuid"))
    members = CohortMember.objects.filter(~Exists(enrolled), role=CohortMember.Role.LEARNER, state__in=states)
    rows = members.values_list("person__country__code", "cohort__uuid", "joined_at")
    return Counter((country, cohort, month_of(at)) for country, cohort, at in rows.iterator(chunk_size=2000))


def _trained(now: dt.datetime) -> Counter[_Place]:
    """Count certified enrolments of people who have led or shared a session that is over."""
    held = SessionPart.objects.filter(
        person__uuid=OuterRef("enrolment__person"),
        role__in=_TRAINING,
        session__ends_at__lte=now,
        session__cancelled_at__isnull=True,
    )
    certified = Standing.objects.filter(Exists(held), is_certified=True)
    return Counter(certified.values_list("country_code", "cohort_uuid", "month"))
