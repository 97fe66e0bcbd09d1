"""How rows follow from statements: awards, the standing of each enrolment, and totals by difference."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from certificates.awarded import award_columns, award_enrolments
from certificates.counting import TALLY, TOTAL
from certificates.models import Award, Standing, Tally, Total
from certificates.standings import STANDING, add_to_tallies, add_to_totals, derive_standings
from courses.progress import enrolment_unit
from records.deriving import Rollup, UnitKind, follow, register_rollup, register_unit_kind
from records.statements import Said

AWARD = "award"
_STANDING_ORDER = 300
_TOTAL_ORDER = 400


def register() -> None:
    """Add the derivations of certificates; each course progress that is derived derives its standing."""
    register_unit_kind(UnitKind(AWARD, frozenset({"earned", "revoked", "restored"}), derive_awards, (Award,)))
    register_rollup(Rollup(STANDING, _STANDING_ORDER, derive_standings, (Standing,), late=True))
    register_rollup(Rollup(TOTAL, _TOTAL_ORDER, add_to_totals, (Total,), late=True))
    register_rollup(Rollup(TALLY, _TOTAL_ORDER, add_to_tallies, (Tally,), late=True))
    follow("course-progress", STANDING)


def derive_awards(sets: Mapping[UUID, Sequence[Said]]) -> dict[str, set[UUID]]:
    """Write the awards of these units. One query: what is said of an award nearly always changes its row."""
    derived = [columns for unit, said in sets.items() if (columns := award_columns(unit, said))]
    Award.write([Award(**columns) for columns in derived])
    # Every enrolment that is named: the statement in force so far may have named another than the one that is now.
    named = {each for unit, said in sets.items() for each in award_enrolments(unit, said)}
    return {STANDING: named | _renewed(derived)}


def _renewed(derived: Iterable[Mapping[str, Any]]) -> set[UUID]:
    """Return the enrolments of the period before: a certificate that was renewed does not run out any more."""
    return {
        enrolment_unit(each["person_id"], each["course_uuid"], each["period"] - 1)
        for each in derived
        if each["period"] > 1
    }
