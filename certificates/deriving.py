"""How rows follow from statements: awards, the standing of each enrolment, and totals by difference."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from certificates.awarded import award_columns, award_enrolments
from certificates.models import Award, Standing, Total
from certificates.places import NO_COHORT
from courses.models import Enrolment
from records.deriving import Rollup, UnitKind, follow, register_rollup, register_unit_kind
from records.statements import Said

AWARD = "award"
STANDING = "standing"
TOTAL = "total"
_STANDING_ORDER = 300
_TOTAL_ORDER = 400

Place = tuple[str, UUID, UUID]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one enrolment adds to one total, or takes from it; one for each total and enrolment it touches."""

    place: Place
    enrolment: UUID
    enrolled: int
    completed: int
    certified: int


def register() -> None:
    """Add the derivations of certificates; each course progress that is derived derives its standing."""
    register_unit_kind(UnitKind(AWARD, frozenset({"earned", "revoked"}), derive_awards, (Award,)))
    register_rollup(Rollup(STANDING, _STANDING_ORDER, derive_standings, (Standing,), late=True))
    register_rollup(Rollup(TOTAL, _TOTAL_ORDER, add_differences, (Total,), late=True))
    follow("course-progress", STANDING)


def derive_awards(sets: Mapping[UUID, Sequence[Said]]) -> dict[str, set[UUID]]:
    """Write the awards of these units. One query: what is said of an award nearly always changes its row."""
    derived = [columns for unit, said in sets.items() if (columns := award_columns(unit, said))]
    Award.write([Award(**columns) for columns in derived])
    # Every enrolment that is named: the statement in force so far may have named another than the one that is now.
    return {STANDING: {each for unit, said in sets.items() for each in award_enrolments(unit, said)}}


def derive_standings(enrolments: set[Any]) -> dict[str, set[Difference]]:
    """Write the standings of these enrolments. One query, and one more where a figure changes."""
    pairs = list(_standings(enrolments))
    changed = [(before, after) for before, after in pairs if before is None or before.facts() != after.facts()]
    if not changed:
        return {}
    Standing.write([after for _before, after in changed])
    return {TOTAL: {each for before, after in changed for each in differences(before, after)}}


def differences(before: Standing | None, after: Standing) -> list[Difference]:
    """Return what changes in the totals: the old row goes out, the new row comes in. Pure."""
    change: dict[Place, Counter[str]] = {}
    for row, sign in ((before, -1), (after, 1)):
        if row is None:
            continue
        parts = change.setdefault((row.country_code, row.cohort_uuid, row.course_uuid), Counter())
        for name, counts in (("enrolled", True), ("completed", row.is_completed), ("certified", row.is_certified)):
            parts[name] += sign * counts
    return [
        Difference(place, after.pk, parts["enrolled"], parts["completed"], parts["certified"])
        for place, parts in change.items()
        if any(parts.values())
    ]


def add_differences(changes: set[Any]) -> dict[str, set[Any]]:
    """Add the differences to their totals; a total that reaches nothing goes. Two queries, at most three.

    Read, then write: nobody else derives meanwhile, because a writer of the log holds it.
    """
    totals = Total.objects.in_bulk([_key(change.place) for change in changes])
    for change in changes:
        key = _key(change.place)
        country, cohort, course = change.place
        total = totals.setdefault(key, Total(key=key, country_code=country, cohort_uuid=cohort, course_uuid=course))
        total.enrolled += change.enrolled
        total.completed += change.completed
        total.certified += change.certified
    empty = [key for key, total in totals.items() if not total.enrolled]
    Total.write([total for total in totals.values() if total.enrolled])
    if empty:
        Total.objects.filter(pk__in=empty).delete()
    return {}


def _standings(enrolments: Iterable[Any]) -> Iterable[tuple[Standing | None, Standing]]:
    """Yield the row there was and the row there is to be, for each enrolment. One query."""
    in_force = Award.objects.in_force().filter(enrolment_uuid=OuterRef("pk"))
    rows = Enrolment.objects.filter(pk__in=enrolments).select_related("progress", "standing")
    for row in rows.annotate(is_certified=Exists(in_force)):
        progress = getattr(row, "progress", None)
        after = Standing(
            enrolment_id=row.pk,
            country_code=row.country_id,
            cohort_uuid=row.cohort_id or NO_COHORT,
            course_uuid=row.course_uuid,
            is_completed=progress is not None and progress.completed_at is not None,
            is_certified=row.is_certified,
        )
        yield getattr(row, "standing", None), after


def _key(place: Place) -> str:
    country, cohort, course = place
    return f"{country}/{cohort}/{course}"
