"""Which certificates end soon, or ended lately without being renewed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Login, Message
from certificates.awarding.renewals import endings_of
from certificates.awarding.telling import INVITED
from certificates.models import Award, HolderName
from certificates.register import names_on, register_for

DAYS = (30, 60, 90)
# One that ended longer ago is history: the register finds it.
_ENDED_WITHIN_DAYS = 90


@dataclass(frozen=True, slots=True)
class EndingLine:
    """One certificate that ends: whose, in how many days (below 0: it has ended), and what was done about it."""

    award: Award
    name: HolderName | None
    days_left: int
    is_under_way: bool
    invited_at: dt.datetime | None

    @property
    def days_ago(self) -> int:
        """For how many days it has ended."""
        return -self.days_left


def read_days(asked: str) -> int:
    """Return the window that was asked for, else the widest."""
    return next((each for each in DAYS if str(each) == asked), max(DAYS))


def ending_for(login: Login, days: int, today: dt.date) -> QuerySet[Award]:
    """Return the certificates of a login's countries that end within so many days and no later one took over."""
    later = Award.objects.in_force().filter(
        person=OuterRef("person"), award_uuid=OuterRef("award_uuid"), period__gt=OuterRef("period")
    )
    window = (today - dt.timedelta(days=_ENDED_WITHIN_DAYS), today + dt.timedelta(days=days))
    rows = register_for(login).in_force().filter(~Exists(later), valid_until__range=window)  # type: ignore[attr-defined]
    found: QuerySet[Award] = rows.select_related("person", "country", "cohort").order_by("valid_until", "serial")
    return found


def lines_of(awards: Sequence[Award], today: dt.date) -> list[EndingLine]:
    """Return the lines of some certificates. Four queries, however many."""
    names = names_on(awards)
    endings = endings_of(awards)
    invited = _invited(awards)
    return [
        EndingLine(
            each,
            names.get(each.uuid),
            (each.valid_until - today).days,
            ending.has_later_enrolment,
            invited.get(str(each.uuid)),
        )
        for each, ending in zip(awards, endings, strict=True)
        if each.valid_until
    ]


def _invited(awards: Sequence[Any]) -> dict[str, dt.datetime]:
    """Return when the holder of each was last asked to renew it."""
    people = {each.person.pk for each in awards if each.person_id}
    rows = Message.objects.filter(code=INVITED, person__in=people).order_by("created_at")
    return {key.split("/")[1]: at for key, at in rows.values_list("key", "created_at")}
