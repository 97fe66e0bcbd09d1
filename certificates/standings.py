"""How the standing of each enrolment follows from rows below it, and the totals from standings by difference."""

from collections.abc import Collection, Iterable
from dataclasses import fields
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject

from accounts.models import Person
from certificates.counting import Difference, differences
from certificates.dimensions import Profile, age_band, month_of
from certificates.models import Award, Standing, Tally, Total
from certificates.one_person import is_merged, with_siblings
from certificates.places import NO_COHORT
from courses.models import ActivityState, Enrolment
from records.deriving import derive_keys
from records.storage import hold_log

STANDING = "standing"
_NOBODY = Profile()


def derive_standings(enrolments: set[Any]) -> dict[str, set[Difference]]:
    """Write the standings of these enrolments; return what they add to totals.

    One query, one more where somebody is between the last lesson and the test, one more where a figure changes.
    """
    pairs = list(_standings(enrolments))
    changed = [(before, after) for before, after in pairs if (before and before.facts()) != (after and after.facts())]
    if not changed:
        return {}
    Standing.write([after for _before, after in changed if after])
    if gone := [before.pk for before, after in changed if before and not after]:
        Standing.objects.filter(pk__in=gone).delete()
    found: dict[str, set[Difference]] = {}
    for before, after in changed:
        pk = (before or after).pk  # type: ignore[union-attr]  # one of them is there
        for each in differences(pk, before.counted() if before else None, after.counted() if after else None):
            found.setdefault(each.table, set()).add(each)
    return found


@transaction.atomic
def derive_standings_of(person_uuids: Collection[UUID]) -> None:
    """Derive again what these people add to the totals: something that they say of themselves has changed."""
    hold_log()
    enrolments = set(Enrolment.objects.filter(person__uuid__in=person_uuids).values_list("pk", flat=True))
    if enrolments:
        derive_keys({STANDING: enrolments})


def add_to_totals(changes: set[Any]) -> dict[str, set[Any]]:
    """Add the differences to the cohorts' totals."""
    return _add(Total, changes)


def add_to_tallies(changes: set[Any]) -> dict[str, set[Any]]:
    """Add the differences to the countries' tallies."""
    return _add(Tally, changes)


def _add(table: Any, changes: set[Difference]) -> dict[str, set[Any]]:
    """Add the differences to their rows; a row that reaches nothing goes. Two queries, at most three.

    Read, then write: nobody else derives meanwhile, because a writer of the log holds it.
    """
    rows = table.objects.in_bulk({change.key for change in changes})
    for change in changes:
        row = rows.get(change.key)
        if row is None:
            row = rows[change.key] = table(key=change.key, **dict(zip(table.place, change.place, strict=True)))
        for name, count in zip(table.measures, change.counts, strict=False):
            setattr(row, name, getattr(row, name) + count)
    empty = [key for key, row in rows.items() if not any(getattr(row, name) for name in table.measures)]
    table.write([row for key, row in rows.items() if key not in set(empty)])
    if empty:
        table.objects.filter(pk__in=empty).delete()
    return {}


def _standings(enrolments: Iterable[Any]) -> Iterable[tuple[Standing | None, Standing | None]]:
    """Yield the row there was and the row there is to be, for each enrolment.

    None is to be where the enrolment was taken back, or where another record of the same person counts.
    """
    asked = set(enrolments)
    rows, second = with_siblings(list(_rows(asked)), _rows)
    if missing := asked - {row.pk for row in rows}:
        yield from ((gone, None) for gone in Standing.objects.filter(pk__in=missing))
    lessons = _lessons_done([row.pk for row in rows if _may_have_finished(row)])
    for row in rows:
        person = Profile(**row.profile) if row.profile else _NOBODY
        after = None if row.pk in second else _standing(row, person, lessons)
        yield getattr(row, "standing", None), after


def _rows(enrolments: Iterable[Any]) -> Any:
    mine = Award.objects.filter(enrolment_uuid=OuterRef("pk"))
    in_force = Award.objects.in_force().filter(enrolment_uuid=OuterRef("pk"))
    renewed = Award.objects.in_force().filter(
        person=OuterRef("person"), course_uuid=OuterRef("course_uuid"), period__gt=OuterRef("period")
    )
    rows = Enrolment.objects.filter(pk__in=enrolments).select_related("progress", "standing")
    return rows.annotate(
        is_merged=is_merged(),
        profile=_profile(),
        is_certified=Exists(in_force),
        certified_at=Subquery(mine.order_by("issued_at").values("issued_at")[:1]),
        valid_until=Subquery(in_force.order_by("-period", "-version").values("valid_until")[:1]),
        is_renewed=Exists(renewed),
    )


def _standing(row: Any, person: Profile, lessons: dict[UUID, set[UUID]]) -> Standing:
    progress = getattr(row, "progress", None)
    completed_at = progress.completed_at if progress else None
    outline = {UUID(lesson) for lesson in row.outline.get("lessons", ())}
    is_started = row.is_certified or bool(progress and progress.started_at)
    is_completed = completed_at is not None
    expires = row.valid_until if row.is_certified and not row.is_renewed else None
    return Standing(
        enrolment_id=row.pk,
        country_code=row.country_id,
        cohort_uuid=row.cohort_id or NO_COHORT,
        course_uuid=row.course_uuid,
        month=month_of(row.enrolled_at),
        agency_uuid=row.agency_id,
        rank_band=person.rank_band,
        sex=person.sex,
        age_band=age_band(person.birth_year, row.enrolled_at.year),
        language=row.language,
        duty=person.duty,
        is_started=is_started,
        is_finished=is_completed or bool(outline and outline <= lessons.get(row.pk, set())),
        is_completed=is_completed,
        is_certified=row.is_certified,
        completed_in=month_of(completed_at) if completed_at else None,
        certified_in=month_of(row.certified_at) if row.is_certified else None,
        expires_in=month_of(expires) if expires else None,
    )


def _profile() -> Subquery:
    """Return the annotation of what an enrolment's person says of themselves: None for one who has not arrived yet."""
    said = JSONObject(**{each.name: each.name for each in fields(Profile)})
    return Subquery(Person.objects.filter(uuid=OuterRef("person")).order_by().values_list(said)[:1], JSONField())


def _may_have_finished(row: Any) -> bool:
    """Tell whether all lessons may be read although the course is not complete: then it is worth asking."""
    progress = getattr(row, "progress", None)
    if progress is None or progress.completed_at is not None:
        return False
    return bool(0 < len(row.outline.get("lessons", ())) <= progress.activities_completed)


def _lessons_done(enrolments: list[Any]) -> dict[UUID, set[UUID]]:
    done: dict[UUID, set[UUID]] = {}
    if enrolments:
        states = ActivityState.objects.filter(enrolment__in=enrolments, completed_at__isnull=False)
        for enrolment, activity in states.values_list("enrolment_id", "activity_uuid"):
            done.setdefault(enrolment, set()).add(activity)
    return done
