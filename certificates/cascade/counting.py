"""Count the cascade anew: a line for each trainer of each programme."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from certificates.cascade.cohorts import CascadeCohort, cohorts_of, learners_of, parents_of, read_cohorts
from certificates.cascade.facts import facts_of, rules_of
from certificates.cascade.standing import TrainerFacts, judge_trainer, months_before
from certificates.cascade.tree import generations_of, parents_without_rings
from certificates.models import Programme, TrainerLine
from certificates.programmes.attending import attendance_of
from courses.models import Enrolment
from records.aliases import whose_records

_A_YEAR = 12


def count_cascades(now: dt.datetime) -> int:
    """Count every programme, and the cohorts of none; return how many trainers there are. For run_due."""
    programmes = [None, *Programme.objects.filter(is_historic=False)]
    return sum(count_cascade(programme, now) for programme in programmes)


@transaction.atomic
def count_cascade(programme: Programme | None, now: dt.datetime) -> int:
    """Write the lines of one programme's trainers as of now; return how many there are.

    Run twice at once, the later one writes the same lines again: each is found by its key.
    """
    cohorts = read_cohorts(programme)
    whose = whose_records()
    learners = ((pk, whose.get(record, record)) for pk, record in learners_of(cohorts_of(programme)))
    parents, officers = parents_of(cohorts, learners)
    parents = parents_without_rings(parents)
    here = set(Person.objects.filter(uuid__in=parents).values_list("uuid", flat=True))
    trained = _trained(programme, cohorts, now, whose)
    recent = {person for person, day in trained.items() if day > months_before(now.date(), _A_YEAR)}
    generations = generations_of(parents)
    facts, rules = facts_of(programme, cohorts, now), rules_of(programme)
    lines = []
    for person, parent in parents.items():
        if person not in here:
            continue
        known = facts.get(person, TrainerFacts())
        verdict = judge_trainer(rules, known, now.date())
        reached = officers.get(person, set())
        lines.append(
            TrainerLine(
                key=TrainerLine.key_of(programme.uuid if programme else None, person),
                person_id=person,
                programme=programme,
                parent_uuid=parent,
                generation=generations[person],
                state=verdict.state,
                missing=[str(rule) for rule in verdict.missing],
                sessions=known.led + known.co_delivered,
                last_held_on=known.last_held_on,
                officers_reached=len(reached),
                officers_trained=len(reached & trained.keys()),
                officers_recent=len(reached & recent),
                counted_at=now,
            )
        )
    _replace(programme, lines)
    return len(lines)


def _replace(programme: Programme | None, lines: Sequence[TrainerLine]) -> None:
    fields = [field.name for field in TrainerLine._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    TrainerLine.objects.bulk_create(
        sorted(lines, key=lambda line: line.key),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=fields,
    )
    kept = {line.key for line in lines}
    gone = set(TrainerLine.objects.filter(programme=programme).values_list("key", flat=True)) - kept
    for some in _by_hundreds(sorted(gone)):
        TrainerLine.objects.filter(key__in=some).delete()


def _trained(
    programme: Programme | None, cohorts: Sequence[CascadeCohort], now: dt.datetime, whose: Mapping[UUID, UUID]
) -> dict[UUID, dt.date]:
    """Return person -> the day on which they were trained in a cohort of officers.

    Where a cohort has a course: when they completed it. Where it has none, as on paper: whoever attended as
    much of it as the programme asks of its trainers, on the day on which the cohort began.
    """
    found: dict[UUID, dt.date] = {}
    rows = Enrolment.objects.filter(
        cohort__in=cohorts_of(programme).values("uuid"), progress__completed_at__isnull=False
    )
    with_course = set(
        Enrolment.objects.filter(cohort__in=cohorts_of(programme).values("uuid"))
        .values_list("cohort_id", flat=True)
        .distinct()
    )
    for record, moment in rows.values_list("person_id", "progress__completed_at").iterator(chunk_size=5000):
        person = whose.get(record, record)
        day = moment.astimezone(dt.UTC).date()
        found[person] = min(day, found.get(person, day))
    least = rules_of(programme).attendance_percent
    on_paper = {
        each.pk: each
        for each in cohorts
        if not each.is_for_trainers and not each.course and each.uuid not in with_course
    }
    for cohort in cohorts_of(programme).filter(pk__in=on_paper, sessions__isnull=False).distinct():
        for person, each in attendance_of(cohort, at=now).items():
            if each.percent is not None and each.percent >= least and each.minutes:
                found.setdefault(person, cohort.starts_on)
    return found


def _by_hundreds(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]
