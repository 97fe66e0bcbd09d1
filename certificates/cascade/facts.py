"""What is known of trainers in one programme: certificates, attendance, sessions held, and evidence."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Cohort, Person
from certificates.cascade.cohorts import TRAINING_PARTS, CascadeCohort, cohorts_of
from certificates.cascade.rules import DEFAULT_RULES, TrainerRules, TrainerRulesError, read_rules
from certificates.cascade.standing import TrainerFacts, TrainerVerdict, judge_trainer
from certificates.models import Award, Evidence, Programme, SessionPart
from certificates.programmes.attending import attendance_of
from records.aliases import whose_records


@dataclass(slots=True)
class _Known:
    base_percent: int | None = None
    attendance_percent: int | None = None
    rubric: tuple[int, ...] = ()
    co_delivered: int = 0
    observed: int = 0
    observed_on: dt.date | None = None
    has_conduct: bool = False
    led: int = 0
    held_on: list[dt.date] = field(default_factory=list)

    def facts(self) -> TrainerFacts:
        return TrainerFacts(
            base_percent=self.base_percent,
            attendance_percent=self.attendance_percent,
            rubric=self.rubric,
            co_delivered=self.co_delivered,
            observed=self.observed,
            observed_on=self.observed_on,
            has_conduct=self.has_conduct,
            led=self.led,
            last_held_on=max(self.held_on, default=None),
        )


class _People(defaultdict[UUID, _Known]):
    """What is known, by person; `of` takes any record of a person."""

    def __init__(self, whose: Mapping[UUID, UUID]) -> None:
        super().__init__(_Known)
        self.whose = whose

    def of(self, record: UUID) -> _Known:
        return self[self.whose.get(record, record)]


def rules_of(programme: Programme | None) -> TrainerRules:
    """Return the rules of a programme; the defaults where it has none, or keeps what is none."""
    try:
        return read_rules(programme.trainer_rules) if programme else DEFAULT_RULES
    except TrainerRulesError:
        # A page must not fall over what an older release wrote; the edit page shows the defaults to save anew.
        return DEFAULT_RULES


def judge_person(
    programme: Programme | None, person: Person, cohorts: Sequence[CascadeCohort], now: dt.datetime
) -> TrainerVerdict:
    """Return where one person stands in a programme at this moment."""
    facts = facts_of(programme, cohorts, now, people=[person.uuid])
    return judge_trainer(rules_of(programme), facts[person.uuid], now.date())


def facts_of(
    programme: Programme | None,
    cohorts: Sequence[CascadeCohort],
    now: dt.datetime,
    people: Collection[UUID] | None = None,
) -> dict[UUID, TrainerFacts]:
    """Return by person what is known of them, under whichever record; of everybody where `people` is None.

    Four queries, and those of attendance for each train-the-trainer cohort.
    """
    known = _People(whose_records(people))
    records = None if people is None else {*people, *(each for each, kept in known.whose.items() if kept in people)}
    only = Q() if records is None else Q(person__in=records)
    _add_base(known, cohorts, only)
    _add_attendance(known, cohorts, now, people)
    _add_sessions(known, cohorts_of(programme), now, records)
    _add_evidence(known, programme, only)
    for person in people or ():
        known[person]  # a defaultdict makes what it is asked for
    return {person: each.facts() for person, each in known.items()}


def _add_base(known: _People, cohorts: Sequence[CascadeCohort], only: Q) -> None:
    """Read the best share on a certificate of a course that the train-the-trainer cohorts took; else of any."""
    courses = {each.course for each in cohorts if each.is_for_trainers and each.course}
    rows = Award.objects.in_force().filter(only, out_of_milli__gt=0)
    if courses:
        rows = rows.filter(course_uuid__in=courses)
    # The stubs take a key to a UUID for a number.
    found: Any = rows.values_list("person_id", "points_milli", "out_of_milli")
    for person, points, out_of in found:
        percent = points * 100 // out_of
        each = known.of(person)
        each.base_percent = max(each.base_percent or 0, percent)


def _add_attendance(
    known: _People, cohorts: Sequence[CascadeCohort], now: dt.datetime, people: Collection[UUID] | None
) -> None:
    trained = {each.pk for each in cohorts if each.is_for_trainers}
    for cohort in Cohort.objects.filter(pk__in=trained):
        for person, each in attendance_of(cohort, at=now, people=people).items():
            if each.percent is not None:
                found = known.of(person)
                found.attendance_percent = max(found.attendance_percent or 0, int(each.percent))


def _add_sessions(
    known: _People, cohorts: QuerySet[Cohort], now: dt.datetime, records: Collection[UUID] | None
) -> None:
    rows = SessionPart.objects.filter(
        session__cohort__in=cohorts,
        session__cancelled_at__isnull=True,
        session__ends_at__lte=now,
        role__in=TRAINING_PARTS,
        person__isnull=False,
    )
    if records is not None:
        rows = rows.filter(person__uuid__in=records)
    for person, role, ends_at in rows.values_list("person__uuid", "role", "session__ends_at"):
        each = known.of(person)
        each.held_on.append(ends_at.astimezone(dt.UTC).date())
        each.led += role == SessionPart.Role.LEAD
        each.co_delivered += role == SessionPart.Role.CO_TRAINER


def _add_evidence(known: _People, programme: Programme | None, only: Q) -> None:
    rows = Evidence.objects.filter(
        only, programme_uuid=programme.uuid if programme else None, retracted_at__isnull=True
    )
    for row in _in_order(rows):
        each = known.of(row.person_id)
        if row.kind == Evidence.Kind.MICRO_TEACHING:
            each.rubric = tuple(row.marks)
        elif row.kind == Evidence.Kind.OBSERVED:
            each.observed += 1
            each.observed_on = row.happened_on
        else:
            each.has_conduct = True


def _in_order(rows: Iterable[Any]) -> list[Any]:
    """Return evidence the oldest first, the same on both databases: the latest micro-teaching counts."""
    return sorted(rows, key=lambda row: (row.happened_on, row.said_at, str(row.pk)))
