"""What a device keeps of a person's follow-ups, so that they can be answered where there is no connection."""

import datetime as dt
from typing import Any

from accounts.models import Cohort, CohortMember
from certificates.cascade.standing import months_after
from certificates.evaluation.answering import LEARNER, OPEN_FOR_MONTHS, WAVES, opens_on
from certificates.models import FollowUp
from records.aliases import own


def carried_follow_ups(login: Any, today: dt.date) -> list[dict[str, Any]]:
    """Return the follow-ups that are open or still to come, with what was answered. One query, two where there are any.

    Those to come are among them: a device may be away from any connection on the day.
    """
    cohorts = Cohort.objects.filter(
        members__person=login.person_id,
        members__role=CohortMember.Role.LEARNER,
        members__state=CohortMember.State.ACTIVE,
        ends_on__isnull=False,
    )
    ended = list(cohorts.order_by("ends_on", "pk").values_list("uuid", "name", "ends_on").distinct())
    if not ended:
        return []
    answers = FollowUp.objects.filter(own("person", login.person.uuid), by=LEARNER).order_by("at", "pk")
    given = {(each.cohort_uuid, each.months): each.answers for each in answers}
    found = []
    for uuid, name, ended_on in ended:
        if ended_on is None:
            continue
        for months in WAVES:
            opening = opens_on(ended_on, months)
            closing = months_after(opening, OPEN_FOR_MONTHS)
            if today < closing:
                found.append(
                    {
                        "cohort": str(uuid),
                        "name": name,
                        "months": months,
                        "opens_on": opening.isoformat(),
                        "closes_on": closing.isoformat(),
                        "answers": given.get((uuid, months)),
                    }
                )
    return found
