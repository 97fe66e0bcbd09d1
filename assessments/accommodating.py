"""What a learner is granted in every quiz: more time, more attempts, breaks. It belongs to the person.

It is said by statements with the verb `accommodated`, one unit for each person; the latest by (time, id) is
what stands now. No reason is asked or kept. For an attempt counts what stood when it began, and whatever was
granted while it was open: nobody loses by a later change what held when they began, and help that comes in the
middle helps at once. All of it follows from the statements alone, so it is the same whichever arrives first.

Breaks are time: BREAK_S for each hour of the limit, or part of one, is added to it, and the learner takes it
whenever they like. The site, a device without a connection and whoever judges later can all keep that rule
alike; a clock that stops could only be believed where the site sees it stop.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from accounts.models import ActorAccount
from assessments.answering import AttemptLog
from assessments.drawing import Sheet
from assessments.models import Accommodation
from assessments.windows import window_of, with_window
from elearning.lib.ids import derived_uuid
from records.statements import Said
from records.storage import statements_of

ACCOMMODATION = "accommodation"
ACCOMMODATED = "accommodated"
LEAST_TIME_PERCENT, MOST_TIME_PERCENT = 100, 300
MOST_EXTRA_ATTEMPTS = 5
BREAK_S = 15 * 60
_HOUR_S = 60 * 60
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Granted:
    """What holds for one learner: per cent of the usual time, attempts beyond the limit, breaks."""

    time_percent: int = 100
    extra_attempts: int = 0
    may_pause: bool = False

    def time_limit_s(self, limit_s: int | None) -> int | None:
        """Return a time limit in seconds as it holds for this learner, breaks included; None for none.

        >>> Granted(150).time_limit_s(1200), Granted(may_pause=True).time_limit_s(3700), Granted(200).time_limit_s(None)
        (1800, 5500, None)
        """
        if limit_s is None:
            return None
        breaks = -(-limit_s // _HOUR_S) * BREAK_S if self.may_pause else 0
        return limit_s * self.time_percent // 100 + breaks

    def attempt_limit(self, limit: int) -> int:
        """Return how many attempts this learner has at a quiz."""
        return limit + self.extra_attempts


NOTHING_GRANTED = Granted()


@dataclass(frozen=True, slots=True)
class Grant:
    """One statement of what a person is granted: from when on, and up to and with which day."""

    at: datetime
    statement: UUID
    granted: Granted
    ends_on: date | None = None

    def granted_on(self, day: date) -> Granted:
        """Return what it grants on a day."""
        return self.granted if self.ends_on is None or day <= self.ends_on else NOTHING_GRANTED


def accommodation_unit(person: UUID) -> UUID:
    """Return the unit that speaks of a person; everybody derives it alike."""
    return derived_uuid(ACCOMMODATION, person)


def grants_among(statements: Iterable[Said], person: UUID, own: Iterable[UUID] = ()) -> list[Grant]:
    """Return what was granted to a person, in the order of (time, id). What one grants oneself is nothing."""
    unit, selves = accommodation_unit(person), set(own)
    read = [
        grant
        for said in statements
        if said.unit_uuid == unit and said.actor_uuid not in selves and (grant := _read_grant(said, person))
    ]
    return sorted(read, key=lambda each: (each.at, str(each.statement)))


def granted_during(grants: Sequence[Grant], begun: datetime, ended: datetime | None) -> Granted:
    """Return what holds for an attempt: of all that stood while it was open, the most of each. `grants` is in order.

    >>> half = Grant(datetime(2026, 1, 1, tzinfo=UTC), UUID(int=1), Granted(150))
    >>> over = Grant(datetime(2026, 3, 1, tzinfo=UTC), UUID(int=2), NOTHING_GRANTED)
    >>> granted_during([half, over], datetime(2026, 2, 1, tzinfo=UTC), None).time_percent
    150
    >>> granted_during([half, over], datetime(2026, 3, 2, tzinfo=UTC), None).time_percent
    100
    """
    before = [each for each in grants if each.at <= begun][-1:]
    during = [each for each in grants if begun < each.at <= (ended or _FOR_EVER)]
    held = [each.granted_on(begun.date()) for each in (*before, *during)]
    return Granted(
        max((each.time_percent for each in held), default=NOTHING_GRANTED.time_percent),
        max((each.extra_attempts for each in held), default=0),
        any(each.may_pause for each in held),
    )


def as_granted(sheet: Sheet, granted: Granted) -> Sheet:
    """Return a paper with its limits as they hold for a learner. Its text and hash are those of the paper itself."""
    if granted == NOTHING_GRANTED:
        return sheet
    limit = sheet.attempt_limit
    return replace(
        with_window(sheet, window_of(sheet).extended(sheet.time_limit_s, granted)),
        time_limit_s=granted.time_limit_s(sheet.time_limit_s),
        attempt_limit=None if limit is None else granted.attempt_limit(limit),
    )


def granted_in(logs: Mapping[UUID, AttemptLog]) -> dict[UUID, Granted]:
    """Return what held for attempts, by attempt; where nothing did, it is not in it.

    One query; one more where one of the learners was ever granted anything.
    """
    actors = {log.started.actor_uuid for log in logs.values() if log.started}
    if not actors:
        return {}
    known = Accommodation.objects.values("person_uuid")
    whose = dict(
        ActorAccount.objects.filter(uuid__in=actors, person__uuid__in=known).values_list("uuid", "person__uuid")
    )
    if not whose:
        return {}
    said = statements_of({accommodation_unit(person) for person in whose.values()})
    grants = {actor: grants_among(said, person, [actor]) for actor, person in whose.items()}
    return {
        unit: found
        for unit, log in logs.items()
        if log.started
        and (mine := grants.get(log.started.actor_uuid))
        and (found := granted_during(mine, _time(log.started), _time(log.submitted))) != NOTHING_GRANTED
    }


def held_sheet(sheet: Sheet, attempt: UUID, log: AttemptLog) -> Sheet:
    """Return an attempt's paper with its time as it holds for the learner. No query where there is no time limit."""
    if sheet.time_limit_s is None and not sheet.closes_at:
        return sheet
    return as_granted(sheet, granted_in({attempt: log}).get(attempt, NOTHING_GRANTED))


def standing_accommodation(person_uuid: UUID, on: date) -> Accommodation | None:
    """Return what a person is granted on a day; None where that is nothing. One query."""
    row = Accommodation.objects.filter(person_uuid=person_uuid).first()
    return row if row and granted_by(row, on) != NOTHING_GRANTED else None


def granted_by(row: Accommodation | None, on: date) -> Granted:
    """Return what a row grants on a day."""
    if row is None or (row.ends_on is not None and row.ends_on < on):
        return NOTHING_GRANTED
    return Granted(row.time_percent, row.extra_attempts, row.may_pause)


def granted_to(person_uuid: UUID, on: date) -> Granted:
    """Return what holds for a person on a day. One query."""
    return granted_among([person_uuid], on).get(person_uuid, NOTHING_GRANTED)


def granted_among(people: Iterable[UUID], on: date) -> dict[UUID, Granted]:
    """Return what holds on a day, by person; who is granted nothing is not in it. One query."""
    rows = Accommodation.objects.filter(person_uuid__in=set(people))
    return {row.person_uuid: found for row in rows if (found := granted_by(row, on)) != NOTHING_GRANTED}


def attempt_limit_for(person_uuid: UUID, limit: int, tried: int, on: date) -> int:
    """Return how many attempts a person has. No query while the usual ones are not used up."""
    return limit if tried < limit else granted_to(person_uuid, on).attempt_limit(limit)


def _read_grant(said: Said, person: UUID) -> Grant | None:
    """Return what a statement grants; None where it can't be read: it stays in the log and changes no row."""
    facts = said.facts
    if said.verb != ACCOMMODATED or facts.get("person") != str(person):
        return None
    percent: Any = facts.get("time_percent")
    extra: Any = facts.get("extra_attempts")
    pause: Any = facts.get("may_pause")
    is_read = _is_whole(percent, LEAST_TIME_PERCENT, MOST_TIME_PERCENT) and _is_whole(extra, 0, MOST_EXTRA_ATTEMPTS)
    try:
        ends_on = None if facts.get("ends_on") is None else date.fromisoformat(facts["ends_on"])
    except (TypeError, ValueError):
        return None
    if not is_read or type(pause) is not bool:
        return None
    return Grant(datetime.fromisoformat(said.timestamp), said.id, Granted(percent, extra, pause), ends_on)


def _is_whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _time(said: Said | None) -> Any:
    return datetime.fromisoformat(said.timestamp) if said else None
